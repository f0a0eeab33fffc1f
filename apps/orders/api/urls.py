"""Where orders and what becomes of them are found in the API."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from apps.orders.api import views
from apps.orders.api.packing import EmptyCartonView, OrderShipmentViewSet, PackCartonView
from apps.orders.api.rounds import BringTogetherView, PickRoundViewSet, PickViewSet, WaveRoundsView

router = SimpleRouter(trailing_slash=False)
router.register("channels", views.ChannelViewSet)
router.register("sales-orders", views.SalesOrderViewSet)
router.register("waves", views.WaveViewSet)
router.register("picks", PickViewSet)
router.register("pick-rounds", PickRoundViewSet)
router.register("shipments", OrderShipmentViewSet)
urlpatterns = [
    path("cartons/<str:sscc>/pack", PackCartonView.as_view(), name="carton-pack"),
    path("waves/<str:number>/rounds", WaveRoundsView.as_view(), name="wave-rounds"),
    path("consolidations", BringTogetherView.as_view(), name="consolidations"),
    path("cartons/<str:sscc>/empty", EmptyCartonView.as_view(), name="carton-empty"),
    *router.urls,
]
