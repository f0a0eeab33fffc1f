"""Where items, parties, reasons and bills are found in the API."""

from rest_framework.routers import SimpleRouter

from apps.catalog.api.bills import BillViewSet
from apps.catalog.api.sheets import SafetySheetViewSet
from apps.catalog.api.views import ItemViewSet, PartyViewSet, ReasonCodeViewSet

router = SimpleRouter(trailing_slash=False)
router.register("items", ItemViewSet)
router.register("parties", PartyViewSet)
router.register("reason-codes", ReasonCodeViewSet)
router.register("bills-of-materials", BillViewSet)
router.register("safety-sheets", SafetySheetViewSet)

urlpatterns = router.urls
