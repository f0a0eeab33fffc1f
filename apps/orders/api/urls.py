"""Where orders and what becomes of them are found in the API."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from apps.orders.api import views
from apps.orders.api.loads import OrderLoadViewSet
from apps.orders.api.packing import EmptyCartonView, OrderShipmentViewSet, PackCartonView, ScanIntoCartonView

router = SimpleRouter(trailing_slash=False)
router.register("channels", views.ChannelViewSet)
router.register("sales-orders", views.SalesOrderViewSet)
router.register("waves", views.WaveViewSet)
router.register("picks", views.PickViewSet)
router.register("shipments", OrderShipmentViewSet)
router.register("loads", OrderLoadViewSet)
urlpatterns = [
    path("cartons/<str:sscc>/pack", PackCartonView.as_view(), name="carton-pack"),
    path("cartons/<str:sscc>/scan", ScanIntoCartonView.as_view(), name="carton-scan"),
    path("cartons/<str:sscc>/empty", EmptyCartonView.as_view(), name="carton-empty"),
    *router.urls,
]
