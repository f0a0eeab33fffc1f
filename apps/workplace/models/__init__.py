"""Tables of the workplace."""

from apps.workplace.models.certificates import CERTIFICATE_NUMBERS, Certificate, CertificateKind, CertificateReminder
from apps.workplace.models.checklists import AssetKind, Checklist, ChecklistLine, InspectionSchedule, SiteAsset
from apps.workplace.models.inspections import (
    ACTION_NUMBERS,
    CHECK_NUMBERS,
    PHOTO_NUMBERS,
    CheckPhoto,
    CheckResult,
    ClosedPlace,
    CorrectiveAction,
    WorkplaceInspection,
)

__all__ = [
    "ACTION_NUMBERS",
    "CERTIFICATE_NUMBERS",
    "CHECK_NUMBERS",
    "PHOTO_NUMBERS",
    "AssetKind",
    "Certificate",
    "CertificateKind",
    "CertificateReminder",
    "CheckPhoto",
    "CheckResult",
    "Checklist",
    "ChecklistLine",
    "ClosedPlace",
    "CorrectiveAction",
    "InspectionSchedule",
    "SiteAsset",
    "WorkplaceInspection",
]
