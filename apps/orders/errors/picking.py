"""What picking, in rounds or one by one, and putting back refuse."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from apps.core.errors import DomainError


@dataclass(kw_only=True, eq=False)
class OverPick(DomainError):
    """A pick takes no more than its task asks for."""

    code = "over_pick"
    message = "Pick %(pick)s asks for %(asked)s; %(quantity)s is too much."
    recover = ("reenter",)

    pick: str
    asked: Decimal
    quantity: Decimal


@dataclass(kw_only=True, eq=False)
class ShortNeedsReason(DomainError):
    """Whoever picks less than was asked says why."""

    code = "short_needs_reason"
    message = "Pick %(pick)s asks for %(asked)s; say why only %(quantity)s was picked."
    recover = ("short", "reenter")

    pick: str
    asked: Decimal
    quantity: Decimal


@dataclass(kw_only=True, eq=False)
class ToteNeeded(DomainError):
    """Picked goods go into a tote, a staging place or onto the bench of the same warehouse."""

    code = "tote_needed"
    message = "%(location)s is nothing to pick into at %(warehouse)s."
    recover = ("rescan",)

    location: str
    warehouse: str


@dataclass(kw_only=True, eq=False)
class NotAPick(DomainError):
    """The task is of another kind."""

    code = "not_a_pick"
    message = "Task %(task)s is no pick."
    recover = ("refresh",)

    task: str


@dataclass(kw_only=True, eq=False)
class PickNotOpen(DomainError):
    """Only a pick that is still to be done is skipped, changed or found damaged."""

    code = "pick_not_open"
    message = "%(pick)s is %(state)s."
    recover = ("refresh",)

    pick: str
    state: str


@dataclass(kw_only=True, eq=False)
class NoSubstitute(DomainError):
    """Other goods take the place of what a pick asks for only when they are free, keep long enough and are enough."""

    code = "no_substitute"
    message = "%(location)s has %(free)s of %(item)s that %(pick)s can take instead; %(needed)s are needed."
    recover = ("rescan", "short")

    pick: str
    item: str
    location: str
    free: Decimal
    needed: Decimal


@dataclass(kw_only=True, eq=False)
class NotSplit(DomainError):
    """A pick is split into a part that is taken now and a part that stays open."""

    code = "not_split"
    message = "Pick %(pick)s asks for %(asked)s; %(quantity)s is no part of it."
    recover = ("reenter",)

    pick: str
    asked: Decimal
    quantity: Decimal


@dataclass(kw_only=True, eq=False)
class NoRoomOnCart(DomainError):
    """A cart takes at least one tote."""

    code = "no_room_on_cart"
    message = "A cart that takes %(totes)s totes carries nothing."
    status = 400
    recover = ("reenter",)

    totes: int


@dataclass(kw_only=True, eq=False)
class NothingToPlan(DomainError):
    """A pick round is made of picks that nobody has begun and that are in no round."""

    code = "nothing_to_plan"
    message = "No pick of %(wave)s waits for a round."
    recover = ("refresh",)

    wave: str


@dataclass(kw_only=True, eq=False)
class RoundTaken(DomainError):
    """A pick round is walked by one picker, until they hand it back or their lease ends."""

    code = "round_taken"
    message = "%(round)s is in the hands of %(worker)s."
    recover = ("next_task",)

    round: str
    worker: str


@dataclass(kw_only=True, eq=False)
class RoundNotClaimed(DomainError):
    """Picks of a round are confirmed by whoever has claimed it, with its totes."""

    code = "round_not_claimed"
    message = "Claim %(round)s before its picks are confirmed."
    recover = ("claim",)

    round: str


@dataclass(kw_only=True, eq=False)
class RoundOpen(DomainError):
    """A pick round is done when no pick of it is open: finish them or hand it back."""

    code = "round_open"
    message = "%(round)s has %(open)s open picks."
    recover = ("pick", "hand_back")

    round: str
    open: int


@dataclass(kw_only=True, eq=False)
class NoSlot(DomainError):
    """A cart has only the slots that its round was planned with."""

    code = "no_slot"
    message = "%(round)s has no slot %(slot)s."
    recover = ("reenter",)

    round: str
    slot: int


@dataclass(kw_only=True, eq=False)
class ToteInUse(DomainError):
    """A tote that holds goods, or stands on another cart, is no empty tote."""

    code = "tote_in_use"
    message = "%(tote)s is in use: %(used)s."
    recover = ("rescan",)

    tote: str
    used: str


@dataclass(kw_only=True, eq=False)
class ToteMissing(DomainError):
    """Goods go into the tote of their slot, which is scanned before the first pick."""

    code = "tote_missing"
    message = "Slot %(slot)s of %(round)s has no tote yet."
    recover = ("scan_tote",)

    round: str
    slot: int


@dataclass(kw_only=True, eq=False)
class WrongTote(DomainError):
    """Goods of a round go into the tote of their slot and no other."""

    code = "wrong_tote"
    message = "%(pick)s goes into slot %(slot)s, tote %(expected)s; %(scanned)s was scanned."
    recover = ("rescan",)

    pick: str
    slot: int
    expected: str
    scanned: str


@dataclass(kw_only=True, eq=False)
class ToteOfOtherOrder(DomainError):
    """Goods are sorted into a tote that holds goods of their own order alone."""

    code = "tote_of_other_order"
    message = "%(tote)s holds goods of %(order)s."
    recover = ("rescan",)

    tote: str
    order: str


@dataclass(kw_only=True, eq=False)
class OtherPlace(DomainError):
    """All parts of an order come together at one place."""

    code = "other_place"
    message = "%(order)s is put together at %(place)s, not at %(scanned)s."
    recover = ("rescan",)

    order: str
    place: str
    scanned: str


@dataclass(kw_only=True, eq=False)
class NothingInTote(DomainError):
    """Only a tote with picked goods is brought to where orders are put together."""

    code = "nothing_in_tote"
    message = "Nothing picked is in %(tote)s."
    recover = ("rescan",)

    tote: str


@dataclass(kw_only=True, eq=False)
class NothingToUnpick(DomainError):
    """Only what is picked and in no carton goes back to a bin."""

    code = "nothing_to_unpick"
    message = "%(unpacked)s of %(pick)s are picked and in no carton; %(quantity)s cannot go back."
    recover = ("refresh",)

    pick: str
    unpacked: Decimal
    quantity: Decimal


@dataclass(kw_only=True, eq=False)
class NotABin(DomainError):
    """Goods go back to a storage place or a pick face of the same warehouse."""

    code = "not_a_bin"
    message = "%(location)s is no bin of %(warehouse)s."
    recover = ("rescan",)

    location: str
    warehouse: str


@dataclass(kw_only=True, eq=False)
class NothingToPutBack(DomainError):
    """Only goods that were picked and are wanted no more go back to a bin, and no more than that."""

    code = "nothing_to_put_back"
    message = "%(left)s of %(pick)s are to be put back; %(quantity)s is too much."
    recover = ("refresh",)

    pick: str
    left: Decimal
    quantity: Decimal


@dataclass(kw_only=True, eq=False)
class NotAPutBack(DomainError):
    """The task brings no goods back to a bin."""

    code = "not_a_put_back"
    message = "%(task)s is no put-back."
    recover = ("refresh",)

    task: str


@dataclass(kw_only=True, eq=False)
class PutBackElsewhere(DomainError):
    """Goods go back to a bin of the same warehouse that is in use."""

    code = "put_back_elsewhere"
    message = "%(location)s is no bin of %(warehouse)s."
    recover = ("rescan",)

    location: str
    warehouse: str
