"""What returns refuse."""

from apps.returns.errors.customer import (
    AlreadyInspected,
    AnothersSerial,
    BeyondPolicy,
    EvidenceNeeded,
    MoreThanAnnounced,
    MoreThanReceived,
    NoReturnsPlace,
    NoteNeeded,
    NothingToReturn,
    NotInspected,
    NotShipped,
    ReturnOver,
    ReturnUnclear,
)
from apps.returns.errors.disposal import BeneficiaryNeeded, GradeTooPoor, WitnessIsTheSame

__all__ = [
    "AlreadyInspected",
    "AnothersSerial",
    "BeneficiaryNeeded",
    "BeyondPolicy",
    "EvidenceNeeded",
    "GradeTooPoor",
    "MoreThanAnnounced",
    "MoreThanReceived",
    "NoReturnsPlace",
    "NotInspected",
    "NotShipped",
    "NoteNeeded",
    "NothingToReturn",
    "ReturnOver",
    "ReturnUnclear",
    "WitnessIsTheSame",
]
