"""Where stock is found in the API."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from apps.ledger.api import views
from apps.ledger.api.as_of import StockAsOfView

router = SimpleRouter(trailing_slash=False)
router.register("lots", views.LotViewSet)
router.register("balances", views.BalanceViewSet)
router.register("moves", views.MoveViewSet)
router.register("transactions", views.TransactionViewSet)
router.register("holds", views.HoldViewSet)
router.register("reservations", views.ReservationViewSet)
urlpatterns = [
    path("ledger/head", views.HeadView.as_view(), name="ledger-head"),
    path("stock-as-of", StockAsOfView.as_view(), name="stock-as-of"),
    *router.urls,
]
