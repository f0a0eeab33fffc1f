"""The resources of loss prevention."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from apps.losses.api.cases import LossCaseViewSet
from apps.losses.api.odd import AccessLogFileView, AccessLogView, OddAdjustmentsView, OddDismissalViewSet
from apps.losses.api.views import CameraViewSet, DoorEventViewSet, DoorViewSet, LossesView, ShrinkageView

router = SimpleRouter(trailing_slash=False)
router.register("cameras", CameraViewSet)
router.register("doors", DoorViewSet)
router.register("door-events", DoorEventViewSet)
router.register("loss-cases", LossCaseViewSet)
router.register("odd-dismissals", OddDismissalViewSet)

urlpatterns = [
    path("losses", LossesView.as_view(), name="losses"),
    path("shrinkage", ShrinkageView.as_view(), name="shrinkage"),
    path("odd-adjustments", OddAdjustmentsView.as_view(), name="odd-adjustments"),
    path("access-log", AccessLogView.as_view(), name="access-log"),
    path("access-log-file", AccessLogFileView.as_view(), name="access-log-file"),
    *router.urls,
]
