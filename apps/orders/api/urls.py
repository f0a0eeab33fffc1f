"""Where orders and what becomes of them are found in the API."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from apps.orders.api import changes, channels, views
from apps.orders.api.guidance import FloorLimitViewSet, OutboundRuleViewSet, WaveTemplateViewSet
from apps.orders.api.loads import OrderLoadViewSet
from apps.orders.api.pace import MyPaceView
from apps.orders.api.packing import EmptyCartonView, OrderShipmentViewSet, PackCartonView, ScanIntoCartonView
from apps.orders.api.rounds import BringTogetherView, PickRoundViewSet, PickViewSet, WaveRoundsView
from apps.orders.api.waves import WaveBoardView, WavePreviewView, WaveReleaseView

router = SimpleRouter(trailing_slash=False)
router.register("channels", channels.ChannelViewSet)
router.register("channel-listings", channels.ListingViewSet)
router.register("routing-rules", channels.RoutingRuleViewSet)
router.register("sales-orders", views.SalesOrderViewSet)
router.register("order-holds", changes.OrderHoldViewSet)
router.register("put-backs", changes.PutBackViewSet)
router.register("waves", views.WaveViewSet)
router.register("outbound-rules", OutboundRuleViewSet)
router.register("wave-templates", WaveTemplateViewSet)
router.register("floor-limits", FloorLimitViewSet)
router.register("picks", PickViewSet)
router.register("pick-rounds", PickRoundViewSet)
router.register("shipments", OrderShipmentViewSet)
router.register("loads", OrderLoadViewSet)
urlpatterns = [
    path("me/pace", MyPaceView.as_view(), name="me-pace"),
    path("picks/<str:number>/put-back", changes.PutBackView.as_view(), name="pick-put-back"),
    path("cartons/<str:sscc>/pack", PackCartonView.as_view(), name="carton-pack"),
    path("waves/<str:number>/rounds", WaveRoundsView.as_view(), name="wave-rounds"),
    path("consolidations", BringTogetherView.as_view(), name="consolidations"),
    path("cartons/<str:sscc>/scan", ScanIntoCartonView.as_view(), name="carton-scan"),
    path("cartons/<str:sscc>/empty", EmptyCartonView.as_view(), name="carton-empty"),
    path("wave-preview", WavePreviewView.as_view(), name="wave-preview"),
    path("wave-releases", WaveReleaseView.as_view(), name="wave-releases"),
    path("wave-board", WaveBoardView.as_view(), name="wave-board"),
    *router.urls,
]
