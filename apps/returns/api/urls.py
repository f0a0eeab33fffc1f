"""The resources of returns."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from apps.returns.api.claims import CustomerClaimViewSet, OrderAccuracyView
from apps.returns.api.figures import ReturnCreditViewSet, ReturnRatesView
from apps.returns.api.terms import DisposalCertificateViewSet, ReturnPolicyViewSet, ReturnReasonViewSet
from apps.returns.api.to_supplier import ReturnToSupplierViewSet
from apps.returns.api.views import CustomerReturnViewSet

router = SimpleRouter(trailing_slash=False)
router.register("customer-claims", CustomerClaimViewSet)
router.register("customer-returns", CustomerReturnViewSet)
router.register("disposal-certificates", DisposalCertificateViewSet)
router.register("return-credits", ReturnCreditViewSet)
router.register("return-policies", ReturnPolicyViewSet)
router.register("return-reasons", ReturnReasonViewSet)
router.register("returns-to-supplier", ReturnToSupplierViewSet)

urlpatterns = [
    path("order-accuracy", OrderAccuracyView.as_view(), name="order-accuracy"),
    path("return-rates", ReturnRatesView.as_view(), name="return-rates"),
    *router.urls,
]
