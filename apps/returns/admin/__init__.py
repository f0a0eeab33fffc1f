"""Returns at the desk."""

from apps.returns.admin.claims import CustomerClaimAdmin
from apps.returns.admin.customer import CustomerReturnAdmin
from apps.returns.admin.disposal import DisposalCertificateAdmin
from apps.returns.admin.terms import ReturnPolicyAdmin, ReturnReasonAdmin
from apps.returns.admin.to_supplier import ReturnToSupplierAdmin

__all__ = [
    "CustomerClaimAdmin",
    "CustomerReturnAdmin",
    "DisposalCertificateAdmin",
    "ReturnPolicyAdmin",
    "ReturnReasonAdmin",
    "ReturnToSupplierAdmin",
]
