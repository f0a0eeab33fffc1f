"""Where buying and receiving are found in the API."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from apps.purchasing.api import notices, parked, receipts, views
from apps.purchasing.api.scorecard import SupplierScorecardView

router = SimpleRouter(trailing_slash=False)
router.register("purchase-orders", views.PurchaseOrderViewSet)
router.register("receipts", receipts.ReceiptViewSet)
router.register("shipping-notices", notices.ShippingNoticeViewSet)
router.register("parked-goods", parked.ParkedGoodsViewSet)
urlpatterns = [
    path("suppliers/<str:number>/scorecard", SupplierScorecardView.as_view(), name="supplier-scorecard"),
    *router.urls,
]
