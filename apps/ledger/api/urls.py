"""Where stock is found in the API."""

from rest_framework.routers import SimpleRouter

from apps.ledger.api import units, views

router = SimpleRouter(trailing_slash=False)
router.register("lots", views.LotViewSet)
router.register("balances", views.BalanceViewSet)
router.register("moves", views.MoveViewSet)
router.register("transactions", views.TransactionViewSet)
router.register("holds", views.HoldViewSet)
router.register("reservations", views.ReservationViewSet)
router.register("handling-units", units.HandlingUnitViewSet)
urlpatterns = router.urls
