"""The resources of assembly."""

from rest_framework.routers import SimpleRouter

from apps.assembly.api.views import AssemblyOrderViewSet, BillPaperViewSet

router = SimpleRouter(trailing_slash=False)
router.register("assembly-orders", AssemblyOrderViewSet)
router.register("bill-papers", BillPaperViewSet, basename="bill-paper")

urlpatterns = router.urls
