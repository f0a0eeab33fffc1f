"""The resources of counting."""

from rest_framework.routers import SimpleRouter

from apps.counting.api.views import CountViewSet

router = SimpleRouter(trailing_slash=False)
router.register("cycle-counts", CountViewSet)

urlpatterns = router.urls
