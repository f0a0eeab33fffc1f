"""Returns: on what terms, what came back, what left for good."""

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

__all__ = [
    "CUSTOMER_RETURN_NUMBERS",
    "DISPOSAL_NUMBERS",
    "CustomerReturn",
    "CustomerReturnLine",
    "DisposalCertificate",
    "ReturnArrival",
    "ReturnInspection",
    "ReturnPolicy",
    "ReturnReason",
    "ReturnRefusal",
]
