"""The life of a recall case, and what is said of one."""

from __future__ import annotations

from django.db import models

from apps.core.flows import Flow


class RecallState(models.TextChoices):
    """Where a recall stands."""

    OPEN = "open", "Open"
    CLOSING = "closing", "Closure asked for"
    CLOSED = "closed", "Closed"


RECALL_FLOW = Flow(
    {
        RecallState.OPEN: {RecallState.CLOSING},
        RecallState.CLOSING: {RecallState.OPEN, RecallState.CLOSED},
        RecallState.CLOSED: set(),
    }
)


class RecallSource(models.TextChoices):
    """Who found it."""

    OURS = "ours", "Found by ourselves"
    SUPPLIER = "supplier", "Told by a supplier"
    CUSTOMER = "customer", "A customer's complaint"
    REGULATOR = "regulator", "Asked for by a regulator"


class RecallClass(models.TextChoices):
    """How grave the danger is, as a regulator classes it (21 CFR 7.3(m)); empty until somebody has."""

    I = "I", "Class I: serious harm or death is reasonably probable"  # noqa: E741 - the regulation's own name
    II = "II", "Class II: temporary or reversible harm, or serious harm is remote"
    III = "III", "Class III: harm is not likely"


class RecallDepth(models.TextChoices):
    """How far down the chain it goes (21 CFR 7.42(b)(1))."""

    CONSUMER = "consumer", "Consumer or user"
    RETAIL = "retail", "Retail"
    WHOLESALE = "wholesale", "Wholesale"


class LotOrigin(models.TextChoices):
    """How a lot came into a case."""

    NAMED = "named", "Named"
    CERTAIN = "certain", "Made from a named lot"
    POSSIBLE = "possible", "Perhaps made from a named lot"


class ContactMethod(models.TextChoices):
    """How a consignee was told, or asked again."""

    LETTER = "letter", "Letter"
    EMAIL = "email", "Email"
    PHONE = "phone", "Telephone"
    VISIT = "visit", "Visit"


class EffectivenessLevel(models.TextChoices):
    """How many consignees are checked (21 CFR 7.42(b)(3))."""

    A = "A", "A: all consignees"
    B = "B", "B: more than 10 and less than 100 per cent"
    C = "C", "C: 10 per cent"
    D = "D", "D: 2 per cent"
    E = "E", "E: none"


class CheckResult(models.TextChoices):
    """What a check of a consignee found."""

    EFFECTIVE = "effective", "Was told and has acted"
    INEFFECTIVE = "ineffective", "Was not told, or has not acted"
    UNREACHED = "unreached", "Could not be reached"


class Authenticity(models.TextChoices):
    """What is answered to whoever asks about one unit."""

    GENUINE = "genuine", "Genuine"
    UNKNOWN = "unknown", "Unknown"
    DUPLICATE = "duplicate", "Duplicate"
    RECALLED = "recalled", "Recalled"
    SUSPECT = "suspect", "Suspect"


class SuspectState(models.TextChoices):
    """Where the doubt about goods stands."""

    OPEN = "open", "Under investigation"
    JUDGED = "judged", "Verdict asked for"
    CLEARED = "cleared", "Cleared"
    ILLEGITIMATE = "illegitimate", "Illegitimate"


SUSPECT_FLOW = Flow(
    {
        SuspectState.OPEN: {SuspectState.JUDGED},
        SuspectState.JUDGED: {SuspectState.OPEN, SuspectState.CLEARED, SuspectState.ILLEGITIMATE},
        SuspectState.CLEARED: set(),
        SuspectState.ILLEGITIMATE: set(),
    }
)


class SuspectSource(models.TextChoices):
    """Who doubts."""

    OURS = "ours", "Found by ourselves"
    VERIFICATION = "verification", "A unit was verified and is not genuine"
    CUSTOMER = "customer", "A customer doubts it"
    SUPPLIER = "supplier", "A supplier told us"
    REGULATOR = "regulator", "A regulator asked for it"


class SuspectVerdict(models.TextChoices):
    """What an investigation finds."""

    CLEARED = "cleared", "Cleared: it is what it says it is"
    ILLEGITIMATE = "illegitimate", "Illegitimate: counterfeit, diverted, stolen or tampered with"


class SuspectStepKind(models.TextChoices):
    """What was done about a doubt."""

    ASKED = "asked", "Verification asked for"
    ANSWERED = "answered", "Verification answered"
    EXAMINED = "examined", "Goods or papers examined"
    REGULATOR = "regulator", "Regulator notified"


class PartnerRole(models.TextChoices):
    """What somebody is to suspect goods."""

    SUPPLIER = "supplier", "Supplied them"
    CUSTOMER = "customer", "Was sent some"
