"""Where buying and receiving are found in the API."""

from rest_framework.routers import SimpleRouter

from apps.purchasing.api import views

router = SimpleRouter(trailing_slash=False)
router.register("purchase-orders", views.PurchaseOrderViewSet)
router.register("receipts", views.ReceiptViewSet)
urlpatterns = router.urls
