"""The ledger's enumerations and the life of a reservation."""

from __future__ import annotations

from django.db import models

from apps.core.flows import Flow


class StockStatus(models.TextChoices):
    """The condition of a quantity, part of the balance's key; changed by a move that stays in place."""

    AVAILABLE = "available", "Available"
    INSPECTION = "inspection", "In inspection"
    DAMAGED = "damaged", "Damaged"
    RETURNED = "returned", "Returned"
    BLOCKED = "blocked", "Blocked"


class TransactionKind(models.TextChoices):
    """What was done to stock."""

    RECEIVE = "receive", "Receive"
    PUTAWAY = "putaway", "Put away"
    MOVE = "move", "Move"
    REPLENISH = "replenish", "Replenish"
    PICK = "pick", "Pick"
    PACK = "pack", "Pack"
    LOAD = "load", "Load"
    SHIP = "ship", "Ship"
    RETURN = "return", "Return"
    ADJUST = "adjust", "Adjust"
    SCRAP = "scrap", "Scrap"
    STATUS = "status", "Change of status"
    CONSUME = "consume", "Consume in production"
    PRODUCE = "produce", "Produce"
    DISPATCH = "dispatch", "Dispatch to another site"
    TRANSIT = "transit", "On the road from another site"
    ARRIVE = "arrive", "Arrive from another site"
    OPENING = "opening", "Opening stock"
    REVERSAL = "reversal", "Reversal"


class ReservationState(models.TextChoices):
    """A reservation ends exactly once."""

    PENDING = "pending", "Pending"
    CONSUMED = "consumed", "Consumed"
    RELEASED = "released", "Released"


RESERVATION_FLOW = Flow(
    {
        ReservationState.PENDING: {ReservationState.CONSUMED, ReservationState.RELEASED},
        ReservationState.CONSUMED: set(),
        ReservationState.RELEASED: set(),
    }
)


class HoldReason(models.TextChoices):
    """Why a lot may not leave."""

    QUALITY = "quality", "Waiting for quality"
    RECALL = "recall", "Recalled"
    DAMAGE = "damage", "Suspected damage"
    TEMPERATURE = "temperature", "Temperature excursion"
    REGULATORY = "regulatory", "Regulatory"
    OTHER = "other", "Other"


class UnitKind(models.TextChoices):
    """What a handling unit is."""

    PALLET = "pallet", "Pallet"
    CARTON = "carton", "Carton"
    TOTE = "tote", "Tote"
    CONTAINER = "container", "Container"
