"""What the inspection of goods refuses, and the watch over how they are kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from apps.core.errors import DomainError


@dataclass(kw_only=True, eq=False)
class MustBeInspected(DomainError):
    """Goods that are to be inspected wait where goods of that status may: at the dock, in quarantine, in staging."""

    code = "must_be_inspected"
    message = "%(item)s is to be inspected first and cannot go straight to %(location)s."
    recover = ("other_place", "leave_at_dock")

    item: str
    location: str


@dataclass(kw_only=True, eq=False)
class InspectionOver(DomainError):
    """What was decided, skipped or cancelled is inspected no more."""

    code = "inspection_over"
    message = "%(inspection)s is %(state)s."
    recover = ("refresh",)

    inspection: str
    state: str


@dataclass(kw_only=True, eq=False)
class InspectionBegun(DomainError):
    """Goods of which somebody recorded results, or decided, are not taken out of their inspection."""

    code = "inspection_begun"
    message = "%(inspection)s has begun: what came in is decided there, not undone."
    recover = ("ask_quality",)

    inspection: str


@dataclass(kw_only=True, eq=False)
class GoodsStillThere(DomainError):
    """An inspection is given up only when none of its goods stand under inspection any more."""

    code = "goods_still_there"
    message = "%(quantity)s of %(inspection)s stand under inspection still: decide what becomes of them."
    recover = ("refresh",)

    inspection: str
    quantity: Decimal


@dataclass(kw_only=True, eq=False)
class ResultUnclear(DomainError):
    """A result names a characteristic and a unit of the sample, with a value or a verdict as its kind asks."""

    code = "result_unclear"
    message = "The result for characteristic %(characteristic)s of %(inspection)s is not clear: %(problem)s."
    status = 400
    recover = ("reenter",)

    inspection: str
    characteristic: int
    problem: str


@dataclass(kw_only=True, eq=False)
class ResultsMissing(DomainError):
    """Nothing is accepted before all of the sample was looked at."""

    code = "results_missing"
    message = "%(inspection)s has %(recorded)s of %(needed)s results; nothing can be accepted yet."
    recover = ("record_results",)

    inspection: str
    recorded: int
    needed: int


@dataclass(kw_only=True, eq=False)
class NotAcceptable(DomainError):
    """No more is accepted than the results allow; the rest is rejected, reworked, or used as is by a concession."""

    code = "not_acceptable"
    message = "At most %(most)s of %(inspection)s can be accepted with %(defectives)s defective; %(asked)s asked."
    recover = ("reenter", "ask_supervisor")

    inspection: str
    defectives: int
    most: Decimal
    asked: Decimal


@dataclass(kw_only=True, eq=False)
class DecisionUnclear(DomainError):
    """A decision says of all that is under inspection what becomes of it: by quantity, or by serial number."""

    code = "decision_unclear"
    message = "The decision on %(inspection)s is not clear: %(problem)s."
    status = 400
    recover = ("reenter",)

    inspection: str
    problem: str


@dataclass(kw_only=True, eq=False)
class OwnConcession(DomainError):
    """Whoever recorded results, or asked for a concession, does not decide about it, whatever their role."""

    code = "own_concession"
    message = "%(who)s had a part in %(inspection)s and cannot decide about its concession."
    recover = ("ask_supervisor",)

    inspection: str
    who: str


@dataclass(kw_only=True, eq=False)
class MoreThanRejected(DomainError):
    """Only what was rejected and is still here goes back to the supplier."""

    code = "more_than_rejected"
    message = "%(inspection)s has %(left)s rejected that is still here; %(asked)s asked."
    recover = ("reenter",)

    inspection: str
    left: Decimal
    asked: Decimal


@dataclass(kw_only=True, eq=False)
class NothingToHold(DomainError):
    """A hold is on a lot; what has no lot is held by its quantity."""

    code = "nothing_to_hold"
    message = "%(inspection)s: %(problem)s."

    inspection: str
    problem: str


@dataclass(kw_only=True, eq=False)
class GoodsUnnamed(DomainError):
    """What is held in stock is named as its item is tracked."""

    code = "goods_unnamed"
    message = "%(item)s cannot be held like this: %(problem)s."
    status = 400
    recover = ("reenter",)

    item: str
    problem: str


@dataclass(kw_only=True, eq=False)
class SensorOff(DomainError):
    """A sensor that was taken out of use tells nothing."""

    code = "sensor_off"
    message = "Sensor %(sensor)s is out of use."
    recover = ("ask_supervisor",)

    sensor: str


@dataclass(kw_only=True, eq=False)
class NotYourSensor(DomainError):
    """What a sensor with a device of its own read is told by that device alone."""

    code = "not_your_sensor"
    message = "Sensor %(sensor)s is told by device %(device)s."
    status = 403
    recover = ("ask_supervisor",)

    sensor: str
    device: str


@dataclass(kw_only=True, eq=False)
class ReadingAhead(DomainError):
    """Nothing is read in the future: the sensor's clock is wrong, and its readings say nothing about when."""

    code = "reading_ahead"
    message = "Sensor %(sensor)s says %(read_at)s, and it is %(at)s: set its clock."
    recover = ("set_clock",)

    sensor: str
    read_at: datetime
    at: datetime


@dataclass(kw_only=True, eq=False)
class ExcursionOngoing(DomainError):
    """Goods are not released while nothing within the band was read again."""

    code = "excursion_ongoing"
    message = "%(excursion)s has not ended: sensor %(sensor)s last read %(last_at)s, beyond its band."
    recover = ("refresh",)

    excursion: str
    sensor: str
    last_at: datetime


@dataclass(kw_only=True, eq=False)
class OwnRelease(DomainError):
    """Whoever asks for the release of goods does not approve it, whatever their role."""

    code = "own_release"
    message = "%(who)s asked for the release of %(excursion)s and cannot approve it."
    recover = ("ask_supervisor",)

    excursion: str
    who: str
