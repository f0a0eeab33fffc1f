"""Where orders and what becomes of them are found in the API."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from apps.orders.api import views
from apps.orders.api.guidance import FloorLimitViewSet, OutboundRuleViewSet, WaveTemplateViewSet
from apps.orders.api.packing import EmptyCartonView, OrderShipmentViewSet, PackCartonView
from apps.orders.api.waves import WaveBoardView, WavePreviewView, WaveReleaseView

router = SimpleRouter(trailing_slash=False)
router.register("channels", views.ChannelViewSet)
router.register("sales-orders", views.SalesOrderViewSet)
router.register("waves", views.WaveViewSet)
router.register("picks", views.PickViewSet)
router.register("outbound-rules", OutboundRuleViewSet)
router.register("wave-templates", WaveTemplateViewSet)
router.register("floor-limits", FloorLimitViewSet)
router.register("shipments", OrderShipmentViewSet)
urlpatterns = [
    path("cartons/<str:sscc>/pack", PackCartonView.as_view(), name="carton-pack"),
    path("cartons/<str:sscc>/empty", EmptyCartonView.as_view(), name="carton-empty"),
    path("wave-preview", WavePreviewView.as_view(), name="wave-preview"),
    path("wave-releases", WaveReleaseView.as_view(), name="wave-releases"),
    path("wave-board", WaveBoardView.as_view(), name="wave-board"),
    *router.urls,
]
