"""What RFID refuses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from apps.core.errors import DomainError


@dataclass(kw_only=True, eq=False)
class ReaderOff(DomainError):
    """A reader that was taken out of use tells nothing."""

    code = "reader_off"
    message = "Reader %(reader)s is out of use."
    recover = ("ask_supervisor",)

    reader: str


@dataclass(kw_only=True, eq=False)
class NotYourReader(DomainError):
    """What a reader with a device of its own read is told by that device alone."""

    code = "not_your_reader"
    message = "Reader %(reader)s is told by device %(device)s."
    status = 403
    recover = ("ask_supervisor",)

    reader: str
    device: str


@dataclass(kw_only=True, eq=False)
class ReadAhead(DomainError):
    """Nothing is read in the future: the reader's clock is wrong, and its reads say nothing about when."""

    code = "read_ahead"
    message = "Reader %(reader)s says %(read_at)s, and it is %(at)s: set its clock."
    recover = ("set_clock",)

    reader: str
    read_at: datetime
    at: datetime


@dataclass(kw_only=True, eq=False)
class PlaceNeeded(DomainError):
    """A unit that was found stands somewhere; one that was not found is confirmed by none and a reason."""

    code = "place_needed"
    message = "Say where %(unit)s stands, or that it was not found and where you looked."
    status = 400
    recover = ("rescan", "reason")

    task: str
    unit: str
