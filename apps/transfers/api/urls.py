"""The resources of transfers."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from apps.transfers.api.views import InTransitSheetView, InTransitView, TransferViewSet

router = SimpleRouter(trailing_slash=False)
router.register("transfers", TransferViewSet)

urlpatterns = [
    *router.urls,
    path("in-transit", InTransitView.as_view(), name="in-transit"),
    path("in-transit/csv", InTransitSheetView.as_view(), name="in-transit-csv"),
]
