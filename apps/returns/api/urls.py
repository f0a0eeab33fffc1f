"""The resources of returns."""

from rest_framework.routers import SimpleRouter

from apps.returns.api.terms import DisposalCertificateViewSet, ReturnPolicyViewSet, ReturnReasonViewSet
from apps.returns.api.views import CustomerReturnViewSet

router = SimpleRouter(trailing_slash=False)
router.register("customer-returns", CustomerReturnViewSet)
router.register("disposal-certificates", DisposalCertificateViewSet)
router.register("return-policies", ReturnPolicyViewSet)
router.register("return-reasons", ReturnReasonViewSet)

urlpatterns = router.urls
