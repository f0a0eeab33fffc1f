"""Where orders and what becomes of them are found in the API."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from apps.orders.api import changes, channels, views
from apps.orders.api.packing import EmptyCartonView, OrderShipmentViewSet, PackCartonView

router = SimpleRouter(trailing_slash=False)
router.register("channels", channels.ChannelViewSet)
router.register("channel-listings", channels.ListingViewSet)
router.register("routing-rules", channels.RoutingRuleViewSet)
router.register("sales-orders", views.SalesOrderViewSet)
router.register("order-holds", changes.OrderHoldViewSet)
router.register("put-backs", changes.PutBackViewSet)
router.register("waves", views.WaveViewSet)
router.register("picks", views.PickViewSet)
router.register("shipments", OrderShipmentViewSet)
urlpatterns = [
    path("picks/<str:number>/put-back", changes.PutBackView.as_view(), name="pick-put-back"),
    path("cartons/<str:sscc>/pack", PackCartonView.as_view(), name="carton-pack"),
    path("cartons/<str:sscc>/empty", EmptyCartonView.as_view(), name="carton-empty"),
    *router.urls,
]
