"""Which figures of a warehouse's day the admin's home shows, in which order, and the lists that they lead to."""

from __future__ import annotations

from dataclasses import dataclass

from apps.core.admin.cells import Tone


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure of the day: its words, the list behind it and the filters that show exactly its rows."""

    name: str
    title: str
    meaning: str
    model: str
    tone: Tone
    filters: dict[str, str]
    site: str = "warehouse__id__exact"

    @property
    def is_wrong(self) -> bool:
        """Whether more than none of it needs somebody now."""
        return self.tone in {Tone.LATE, Tone.BLOCKED, Tone.HELD}


FIGURES = (
    Figure(
        name="orders_late",
        title="Orders late",
        meaning="should have left before today",
        model="orders.SalesOrder",
        tone=Tone.LATE,
        filters={"due": "late"},
    ),
    Figure(
        name="purchases_late",
        title="Deliveries late",
        meaning="suppliers owe us these",
        model="purchasing.PurchaseOrder",
        tone=Tone.LATE,
        filters={"due": "late"},
    ),
    Figure(
        name="transfers_late",
        title="Transfers late",
        meaning="on the road, should have come before today",
        model="transfers.Transfer",
        tone=Tone.LATE,
        filters={"road": "late"},
        site="destination__id__exact",
    ),
    Figure(
        name="trucks_late",
        title="Trucks late",
        meaning="booked, and not here yet",
        model="locations.DockAppointment",
        tone=Tone.LATE,
        filters={"when": "late"},
    ),
    Figure(
        name="expired",
        title="Lots expired",
        meaning="in stock, may not leave",
        model="ledger.Lot",
        tone=Tone.BLOCKED,
        filters={"condition": "expired"},
        site="at",
    ),
    Figure(
        name="held",
        title="Lots on hold",
        meaning="in stock, waiting for quality",
        model="ledger.Lot",
        tone=Tone.HELD,
        filters={"condition": "held"},
        site="at",
    ),
    Figure(
        name="conflicts",
        title="Conflicts",
        meaning="done out of reach, refused when told",
        model="tasks.Conflict",
        tone=Tone.BLOCKED,
        filters={"state__exact": "open"},
    ),
    Figure(
        name="low_stock",
        title="Low stock",
        meaning="less available than the minimum",
        model="planning.StockingPolicy",
        tone=Tone.LATE,
        filters={"low": "yes"},
    ),
    Figure(
        name="due_today",
        title="Orders due today",
        meaning="to leave before the day ends",
        model="orders.SalesOrder",
        tone=Tone.PROGRESS,
        filters={"due": "today"},
    ),
    Figure(
        name="to_approve",
        title="Purchases to approve",
        meaning="by someone who did not raise or change them",
        model="purchasing.PurchaseOrder",
        tone=Tone.READY,
        filters={"state__in": "submitted,amended"},
    ),
    Figure(
        name="transfers_to_approve",
        title="Transfers to approve",
        meaning="another of our sites asks for goods",
        model="transfers.Transfer",
        tone=Tone.READY,
        filters={"state__exact": "requested"},
        site="origin__id__exact",
    ),
    Figure(
        name="reorders",
        title="Reorders proposed",
        meaning="to be ordered or dismissed",
        model="planning.ReorderProposal",
        tone=Tone.READY,
        filters={"state__exact": "proposed"},
    ),
    Figure(
        name="trucks_waiting",
        title="Trucks in the yard",
        meaning="came, wait for their door",
        model="locations.DockAppointment",
        tone=Tone.READY,
        filters={"state__exact": "arrived"},
    ),
    Figure(
        name="receipts",
        title="Receipts open",
        meaning="trucks at the dock",
        model="purchasing.Receipt",
        tone=Tone.PROGRESS,
        filters={"state__exact": "open"},
    ),
    Figure(
        name="set_aside",
        title="Set aside at the dock",
        meaning="nobody knows the code on them",
        model="purchasing.ParkedGoods",
        tone=Tone.LATE,
        filters={"state__exact": "parked"},
        site="receipt__warehouse__id__exact",
    ),
    Figure(
        name="to_inspect",
        title="Lots to inspect",
        meaning="came in or were held, may not be used yet",
        model="compliance.Inspection",
        tone=Tone.READY,
        filters={"state__exact": "open"},
    ),
    Figure(
        name="concessions",
        title="Concessions to approve",
        meaning="by someone who neither asked nor inspected",
        model="compliance.Inspection",
        tone=Tone.READY,
        filters={"state__exact": "waiting"},
    ),
    Figure(
        name="putaways",
        title="Putaways to do",
        meaning="goods on the dock or in staging",
        model="tasks.WarehouseTask",
        tone=Tone.READY,
        filters={"kind__exact": "putaway", "state__in": "ready,assigned"},
    ),
    Figure(
        name="homeless",
        title="Goods without a bin",
        meaning="no bin takes them; a place in staging at most",
        model="storage.Putaway",
        tone=Tone.LATE,
        filters={"home": "none"},
        site="task__warehouse__id__exact",
    ),
    Figure(
        name="replenishments",
        title="Pick faces to fill up",
        meaning="below their minimum, goods in the reserve",
        model="tasks.WarehouseTask",
        tone=Tone.READY,
        filters={"kind__exact": "replenish", "state__in": "ready,assigned"},
    ),
    Figure(
        name="to_allocate",
        title="Orders to allocate",
        meaning="confirmed, no stock reserved yet",
        model="orders.SalesOrder",
        tone=Tone.READY,
        filters={"state__exact": "confirmed"},
    ),
    Figure(
        name="to_release",
        title="Orders to release",
        meaning="reserved, waiting for a wave",
        model="orders.SalesOrder",
        tone=Tone.READY,
        filters={"state__exact": "allocated"},
    ),
    Figure(
        name="picks",
        title="Picks to do",
        meaning="released to the floor",
        model="tasks.WarehouseTask",
        tone=Tone.READY,
        filters={"kind__exact": "pick", "state__in": "ready,assigned"},
    ),
    Figure(
        name="counts_to_approve",
        title="Counts to approve",
        meaning="differ from the book, by another than the counter",
        model="counting.CycleCount",
        tone=Tone.READY,
        filters={"state__exact": "counted"},
    ),
    Figure(
        name="counts_to_do",
        title="Counts to do",
        meaning="places to be counted, or again",
        model="counting.CycleCount",
        tone=Tone.READY,
        filters={"state__in": "open,recount"},
    ),
    Figure(
        name="to_load",
        title="Shipments to load",
        meaning="packed, waiting for the door",
        model="shipping.Shipment",
        tone=Tone.READY,
        filters={"state__exact": "packed"},
    ),
    Figure(
        name="to_ship",
        title="Shipments to send off",
        meaning="loaded, not yet gone",
        model="shipping.Shipment",
        tone=Tone.READY,
        filters={"state__exact": "loaded"},
    ),
    Figure(
        name="expiring",
        title="Lots expire soon",
        meaning="in stock, within 30 days",
        model="ledger.Lot",
        tone=Tone.PROGRESS,
        filters={"condition": "soon"},
        site="at",
    ),
)
