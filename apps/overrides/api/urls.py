"""The resources of overrides."""

from rest_framework.routers import SimpleRouter

from apps.overrides.api.views import HazardOverrideViewSet

router = SimpleRouter(trailing_slash=False)
router.register("hazard-overrides", HazardOverrideViewSet)

urlpatterns = router.urls
