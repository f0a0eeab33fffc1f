"""The resources of counting."""

from rest_framework.routers import SimpleRouter

from apps.counting.api.views import CountPlanViewSet, CountViewSet

router = SimpleRouter(trailing_slash=False)
router.register("cycle-counts", CountViewSet)
router.register("count-plans", CountPlanViewSet)

urlpatterns = router.urls
