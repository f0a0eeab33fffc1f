"""The day's figures: one grouped query each, however many warehouses and rows there are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from apps.compliance.models import Inspection
from apps.compliance.states import InspectionState
from apps.core.admin import today_at
from apps.counting.models import CycleCount
from apps.counting.states import CountState
from apps.journal.models import AuditEntry, OutboxMessage
from apps.ledger.models import Block, Hold, StockBalance, StockMove
from apps.locations.models import DockAppointment
from apps.locations.states import AppointmentState
from apps.orders.models import SalesOrder
from apps.orders.states import SalesOrderState
from apps.planning.models import ReorderProposal, StockingPolicy
from apps.purchasing.models import ParkedGoods, PurchaseOrder, Receipt
from apps.purchasing.states import TO_APPROVE, TO_COME
from apps.shipping.models import Shipment
from apps.shipping.states import ShipmentState
from apps.tasks.models import Conflict, WarehouseTask
from apps.tasks.states import TaskKind
from apps.transfers.models import Transfer
from apps.transfers.queries import late
from apps.transfers.states import TransferState

if TYPE_CHECKING:
    from apps.accounts.models import User

SOON = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class LedgerVerdict:
    """What the last check of the ledger found."""

    at: datetime
    broken: int
    flags: int
    first: str = ""
    """The first row that breaks a rule, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerSeal:
    """How far history is sealed, what is not yet, and what the last proof of it found."""

    head: Block | None
    unsealed_moves: int
    fault: str


def inbound_figures(user: User, at: datetime) -> dict[str, dict[int, int]]:
    """What is coming in, by figure and warehouse."""
    today = today_at("warehouse__timezone", at)
    orders = _grouped(
        PurchaseOrder.objects.for_user(user),
        to_approve=Q(state__in=TO_APPROVE),
        purchases_late=Q(state__in=TO_COME, due_on__lt=today),
    )
    inspections = _grouped(
        Inspection.objects.for_user(user),
        to_inspect=Q(state=InspectionState.OPEN),
        concessions=Q(state=InspectionState.WAITING),
    )
    trucks = _grouped(
        DockAppointment.objects.for_user(user).taking_doors(),
        trucks_late=Q(state=AppointmentState.BOOKED, starts_at__lt=at),
        trucks_waiting=Q(state=AppointmentState.ARRIVED),
    )
    receipts = _grouped(Receipt.objects.for_user(user).open(), receipts=Q())
    parked = ParkedGoods.objects.for_user(user).open().annotate(warehouse_id=F("receipt__warehouse"))
    return orders | inspections | trucks | receipts | _grouped(parked, set_aside=Q())


def outbound_figures(user: User, at: datetime) -> dict[str, dict[int, int]]:
    """What is going out, by figure and warehouse."""
    today = today_at("warehouse__timezone", at)
    open_states = open_order_states()
    orders = _grouped(
        SalesOrder.objects.for_user(user),
        to_allocate=Q(state=SalesOrderState.CONFIRMED),
        to_release=Q(state=SalesOrderState.ALLOCATED),
        due_today=Q(state__in=open_states, due_on=today),
        orders_late=Q(state__in=open_states, due_on__lt=today),
    )
    transfers = _grouped(
        Transfer.objects.from_sites_of(user).annotate(warehouse_id=F("origin")),
        transfers_to_approve=Q(state=TransferState.REQUESTED),
    )
    coming = Transfer.objects.to_sites_of(user).annotate(warehouse_id=F("destination"))
    transfers |= _grouped(late(coming, at), transfers_late=Q())
    return (
        orders
        | transfers
        | _grouped(
            Shipment.objects.for_user(user),
            to_load=Q(state=ShipmentState.PACKED),
            to_ship=Q(state=ShipmentState.LOADED),
        )
    )


def floor_figures(user: User) -> dict[str, dict[int, int]]:
    """What is to be done on the floor, by figure and warehouse."""
    return _grouped(Conflict.objects.for_user(user).open(), conflicts=Q()) | _grouped(
        WarehouseTask.objects.for_user(user).open(),
        putaways=Q(kind=TaskKind.PUTAWAY),
        homeless=Q(putaway__isnull=False) & (Q(target=None) | Q(putaway__parks=True)),
        replenishments=Q(kind=TaskKind.REPLENISH),
        picks=Q(kind=TaskKind.PICK),
    )


def planning_figures(user: User, at: datetime) -> dict[str, dict[int, int]]:
    """What runs short and what is to be counted, by figure and warehouse."""
    return (
        _grouped(StockingPolicy.objects.for_user(user).low(at), low_stock=Q())
        | _grouped(ReorderProposal.objects.for_user(user).open(), reorders=Q())
        | _grouped(
            CycleCount.objects.for_user(user),
            counts_to_approve=Q(state=CountState.COUNTED),
            counts_to_do=Q(state__in=(CountState.OPEN, CountState.RECOUNT)),
        )
    )


def lot_figures(user: User, at: datetime) -> dict[str, dict[int, int]]:
    """Lots in stock that need a decision, by figure and warehouse; a lot counts once in each."""
    today = at.date()  # a lot is the same in every warehouse, so its list goes by one calendar
    held = StockBalance.objects.for_user(user).on_hand().filter(Exists(Hold.objects.open().filter(lot=OuterRef("lot"))))
    stocked = StockBalance.objects.for_user(user).on_hand().exclude(lot=None)
    return _grouped(held, "lot", held=Q()) | _grouped(
        stocked,
        "lot",
        expired=Q(lot__expires_on__lte=today),
        expiring=Q(lot__expires_on__gt=today, lot__expires_on__lte=today + SOON),
    )


def outbox_failures() -> tuple[int, int]:
    """Effects that were given up, and those that failed and will be tried again."""
    counts = OutboxMessage.objects.filter(delivered_at=None).aggregate(
        dead=Count("pk", filter=Q(dead_at__isnull=False)),
        failing=Count("pk", filter=Q(dead_at=None, attempts__gt=0)),
    )
    return counts["dead"], counts["failing"]


def ledger_verdict() -> LedgerVerdict | None:
    """The last check of the ledger, None when it was never checked."""
    entry = AuditEntry.objects.filter(kind="ledger", verb="checked").order_by("-pk").first()
    if entry is None:
        return None
    return LedgerVerdict(
        entry.at, len(entry.detail.get("broken", ())), len(entry.detail.get("flags", ())), entry.detail.get("first", "")
    )


def ledger_seal() -> LedgerSeal:
    """The newest block, the moves after it, and the fault that the last nightly proof found; empty for none."""
    proof = AuditEntry.objects.filter(kind="ledger", verb="verified").order_by("-pk").first()
    return LedgerSeal(
        head=Block.objects.head(),
        unsealed_moves=StockMove.objects.filter(transaction__in=Block.objects.unsealed()).count(),
        fault=proof.detail["fault"] if proof else "",
    )


def open_order_states() -> tuple[str, ...]:
    """Sales orders that somebody still waits for."""
    closed = {SalesOrderState.DRAFT, SalesOrderState.SHIPPED, SalesOrderState.CANCELLED}
    return tuple(state.value for state in SalesOrderState if state not in closed)


def _grouped(rows: QuerySet[Any], counted: str = "pk", **figures: Q) -> dict[str, dict[int, int]]:
    """Each figure's count in each warehouse."""
    found = list(
        rows.order_by()
        .values("warehouse_id")
        .annotate(**{name: Count(counted, filter=rule, distinct=True) for name, rule in figures.items()})
    )
    return {name: {row["warehouse_id"]: row[name] for row in found} for name in figures}
