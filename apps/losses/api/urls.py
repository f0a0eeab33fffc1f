"""The resources of loss prevention."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from apps.losses.api.views import CameraViewSet, DoorEventViewSet, DoorViewSet, LossesView, ShrinkageView

router = SimpleRouter(trailing_slash=False)
router.register("cameras", CameraViewSet)
router.register("doors", DoorViewSet)
router.register("door-events", DoorEventViewSet)

urlpatterns = [
    path("losses", LossesView.as_view(), name="losses"),
    path("shrinkage", ShrinkageView.as_view(), name="shrinkage"),
    *router.urls,
]
