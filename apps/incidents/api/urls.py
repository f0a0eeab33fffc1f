"""The resources of incidents."""

from rest_framework.routers import SimpleRouter

from apps.incidents.api import cases, incidents, logs

router = SimpleRouter(trailing_slash=False)
router.register("incidents", incidents.IncidentViewSet)
router.register("injury-cases", cases.InjuryCaseViewSet)
router.register("injury-logs", logs.InjuryLogViewSet, basename="injurylog")

urlpatterns = router.urls
