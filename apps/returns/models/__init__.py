"""Returns: on what terms, what came back, what left for good."""

from apps.returns.models.claim import CUSTOMER_CLAIM_NUMBERS, CustomerClaim
from apps.returns.models.customer import (
    CUSTOMER_RETURN_NUMBERS,
    CustomerReturn,
    CustomerReturnLine,
    ReturnArrival,
    ReturnInspection,
    ReturnRefusal,
)
from apps.returns.models.disposal import DISPOSAL_NUMBERS, DisposalCertificate
from apps.returns.models.policy import ReturnPolicy, ReturnReason
from apps.returns.models.supplier import (
    RETURN_TO_SUPPLIER_NUMBERS,
    ReturnToSupplier,
    ReturnToSupplierLine,
    ReturnToSupplierPick,
)

__all__ = [
    "CUSTOMER_CLAIM_NUMBERS",
    "CUSTOMER_RETURN_NUMBERS",
    "DISPOSAL_NUMBERS",
    "RETURN_TO_SUPPLIER_NUMBERS",
    "CustomerClaim",
    "CustomerReturn",
    "CustomerReturnLine",
    "DisposalCertificate",
    "ReturnArrival",
    "ReturnInspection",
    "ReturnPolicy",
    "ReturnReason",
    "ReturnRefusal",
    "ReturnToSupplier",
    "ReturnToSupplierLine",
    "ReturnToSupplierPick",
]
