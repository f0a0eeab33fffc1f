"""What inspections of the workplace and certificates refuse."""

from __future__ import annotations

from dataclasses import dataclass

from apps.core.errors import DomainError


@dataclass(kw_only=True, eq=False)
class CertificateDates(DomainError):
    """A training comes before its evaluation, and neither lies in the future."""

    code = "certificate_dates"
    message = "Trained on %(trained_on)s, evaluated on %(evaluated_on)s: training comes first, and both have been."
    status = 400
    recover = ("reenter",)

    trained_on: str
    evaluated_on: str


@dataclass(kw_only=True, eq=False)
class OwnCertificate(DomainError):
    """Nobody certifies themselves."""

    code = "own_certificate"
    message = "%(person)s cannot enter their own certificate."
    recover = ("ask_other",)

    person: str


@dataclass(kw_only=True, eq=False)
class CertificateRevoked(DomainError):
    """It was revoked before."""

    code = "certificate_revoked"
    message = "Certificate %(certificate)s was revoked already."
    recover = ("refresh",)

    certificate: str


@dataclass(kw_only=True, eq=False)
class ResultsMissing(DomainError):
    """Every line of the checklist has one answer, of its kind."""

    code = "check_results_missing"
    message = "%(inspection)s: these lines lack an answer: %(lines)s."
    status = 400
    recover = ("reenter",)

    inspection: str
    lines: str


@dataclass(kw_only=True, eq=False)
class LineUnknown(DomainError):
    """An answer to a line that the checklist does not have, or a second one to the same line."""

    code = "check_line_unknown"
    message = "%(inspection)s: line %(line)s is not on the checklist, or answered twice."
    status = 400
    recover = ("reenter",)

    inspection: str
    line: int


@dataclass(kw_only=True, eq=False)
class NotOnChecklist(DomainError):
    """A checklist is for one kind of thing."""

    code = "not_on_checklist"
    message = "Checklist %(checklist)s is not for %(asset)s, or one of the two is not in use."
    recover = ("reenter",)

    checklist: str
    asset: str


@dataclass(kw_only=True, eq=False)
class ClosedByOwner(DomainError):
    """A corrective action is closed by another than the one who was to do it."""

    code = "action_closed_by_owner"
    message = "%(action)s is %(owner)s's own; another person looks and closes it."
    recover = ("ask_other",)

    action: str
    owner: str


@dataclass(kw_only=True, eq=False)
class PhotoNotWanted(DomainError):
    """A photo shows a line of an inspection that is done, and of one line there are only so many."""

    code = "photo_not_wanted"
    message = "%(inspection)s takes no photo of line %(line)s: it is not done, or has %(most)s of it."
    recover = ("refresh",)

    inspection: str
    line: int
    most: int
