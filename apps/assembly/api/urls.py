"""The resources of assembly."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from apps.assembly.api.views import AssemblyOrderViewSet, BillPaperView

router = SimpleRouter(trailing_slash=False)
router.register("assembly-orders", AssemblyOrderViewSet)

urlpatterns = [
    *router.urls,
    # Here and not in the catalog: the letterhead is the company's, which stands above the items.
    path("bills-of-materials/<str:number>/paper", BillPaperView.as_view(), name="bill-paper"),
]
