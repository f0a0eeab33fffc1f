"""Returns at the desk."""

from apps.returns.admin.customer import CustomerReturnAdmin
from apps.returns.admin.disposal import DisposalCertificateAdmin
from apps.returns.admin.terms import ReturnPolicyAdmin, ReturnReasonAdmin

__all__ = ["CustomerReturnAdmin", "DisposalCertificateAdmin", "ReturnPolicyAdmin", "ReturnReasonAdmin"]
