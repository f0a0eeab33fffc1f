"""The resources of EPCIS."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from apps.epcis.api.views import CaptureViewSet, EventViewSet, ExportView

router = SimpleRouter(trailing_slash=False)
router.register("epcis-captures", CaptureViewSet)
router.register("epcis-events", EventViewSet)

urlpatterns = [path("epcis", ExportView.as_view(), name="epcis"), *router.urls]
