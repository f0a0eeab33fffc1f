"""What returns refuse."""

from apps.returns.errors.claims import ClaimBeyondShipped
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
from apps.returns.errors.disposal import BeneficiaryNeeded, GradeNeeded, GradeTooPoor, WitnessIsTheSame
from apps.returns.errors.supplier import (
    ApprovesOwnReturn,
    MoreThanSupplied,
    NoReceiptBehind,
    NoStagingPlace,
    NotForSupplier,
    NotReadyToReturn,
    SeveralSuppliers,
    StagedElsewhere,
)

__all__ = [
    "AlreadyInspected",
    "AnothersSerial",
    "ApprovesOwnReturn",
    "BeneficiaryNeeded",
    "BeyondPolicy",
    "ClaimBeyondShipped",
    "EvidenceNeeded",
    "GradeNeeded",
    "GradeTooPoor",
    "MoreThanAnnounced",
    "MoreThanReceived",
    "MoreThanSupplied",
    "NoReceiptBehind",
    "NoReturnsPlace",
    "NoStagingPlace",
    "NotForSupplier",
    "NotInspected",
    "NotReadyToReturn",
    "NotShipped",
    "NoteNeeded",
    "NothingToReturn",
    "ReturnOver",
    "ReturnUnclear",
    "SeveralSuppliers",
    "StagedElsewhere",
    "WitnessIsTheSame",
]
