"""What was received, made and shipped of listed foods, with what each event must tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, Q, QuerySet, Sum

from apps.assembly.models import AssemblyGenealogy, AssemblyOutput
from apps.catalog.models import Item
from apps.compliance.models import SupplierReturn
from apps.food.queries.asked import Asked
from apps.food.queries.codes import codes_of
from apps.food.queries.listed import Listed
from apps.food.queries.places import Places
from apps.food.rules.codes import LotCode
from apps.food.rules.events import FoodRecords, Received, Shipped, Spot, Traced, Transformed, Used
from apps.ledger.models import StockMove
from apps.ledger.states import TransactionKind
from apps.locations.choices import LocationKind
from apps.locations.models import Warehouse
from apps.purchasing.models import ReceiptLine
from apps.returns.models import CustomerReturn, ReturnToSupplier
from apps.shipping.models import Carton
from apps.traceability.queries.genealogy import goods_of, made_of, reach
from apps.traceability.queries.links import Goods
from apps.transfers.models import Transfer

LEFT = (TransactionKind.SHIP, TransactionKind.DISPATCH)
NO_CODE = LotCode()


def records_of(asked: Asked) -> FoodRecords:
    """The records asked for, in the order of their days; a fixed number of queries however many there are."""
    return _Records(asked).all()


def lots_with(lot_id: int) -> list[int]:
    """A lot with all that it was made of and all that was made of it, certainly or possibly."""
    above = reach(lot_ids=[lot_id])
    below = made_of(goods_of([lot_id]))
    parts = {node.id for node in (*below.certain, *below.possible) if node.goods == Goods.LOT}
    return sorted({lot_id, *above.certain_lots, *above.possible_lots, *parts})


class _Records:
    """Rows are read first, of all kinds; then the codes of all their lots; then records are made of them."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self._places = Places()
        self._listed = Listed()
        self._items = self._listed.items
        self._receipts = [] if asked.shipment else list(self._bought())
        self._moves = list(self._moved())
        self._outputs = [] if asked.shipment else list(self._made())
        self._held = self._went_in()
        lots = {row.lot_id for row in self._receipts} | {row.lot_id for row in self._outputs}
        lots |= {row["lot"] for row in self._moves}
        lots |= {held.issue.lot_id for rows in self._held.values() for held in rows}
        self._codes = codes_of([pk for pk in lots if pk is not None], self._places)
        self._sites = {site.pk: site for site in Warehouse.objects.all()}
        self._named = Item.objects.select_related("unit").in_bulk({row["item"] for row in self._moves})

    def all(self) -> FoodRecords:
        """Of each event those that are asked for."""
        received = [*self._from_suppliers(), *self._from_sites(), *self._from_customers()]
        shipped = [*self._in_cartons(), *self._to_suppliers()]
        return FoodRecords(
            received=tuple(sorted(filter(self._asked_for, received), key=_order)),
            transformed=tuple(sorted(filter(self._asked_for, self._transformed()), key=_order)),
            shipped=tuple(sorted(filter(self._asked_for, shipped), key=_order)),
        )

    # --- rows -------------------------------------------------------------------------------------------------------

    def _bought(self) -> QuerySet[ReceiptLine]:
        rows = self._asked.of(
            ReceiptLine.objects.counted().filter(quantity__gt=F("rejected")),
            items=self._items,
            at="transaction__recorded_at",
            site="receipt__warehouse",
        )
        return rows.select_related("receipt__supplier", "receipt__warehouse", "item__unit", "transaction")

    def _moved(self) -> QuerySet[Any, dict[str, Any]]:
        """Of goods that went or came other than from a supplier: by posting, lot and the carton that they were in."""
        away = Q(transaction__kind__in=LEFT) | Q(
            transaction__kind=TransactionKind.RETURN, target__kind=LocationKind.SUPPLIER
        )
        came = Q(transaction__kind=TransactionKind.ARRIVE) | Q(
            transaction__kind=TransactionKind.RETURN, source__kind=LocationKind.CUSTOMER
        )
        chosen = StockMove.objects.filter(away | came, transaction__reversed_by=None)
        if self._asked.shipment is not None:
            cartons = Carton.objects.filter(shipment=self._asked.shipment)
            chosen = chosen.filter(transaction__kind__in=LEFT, source_unit__in=cartons.values("unit"))
        rows = self._asked.of(chosen, items=self._items, at="recorded_at", site="warehouse")
        told = rows.order_by().values(
            "transaction",
            "warehouse",
            "item",
            "lot",
            "source_unit",
            "recorded_at",
            kind=F("transaction__kind"),
            document=F("transaction__document"),
            to=F("target__kind"),
        )
        summed: QuerySet[Any, dict[str, Any]] = told.annotate(total=Sum("quantity"))
        return summed

    def _made(self) -> QuerySet[AssemblyOutput]:
        """What was made of what is asked for is told as well as that itself."""
        chosen = self._asked.when(
            AssemblyOutput.objects.filter(move__transaction__reversed_by=None),
            at="made_at",
            site="line__order__warehouse",
        )
        goods = self._asked.goods(self._items)
        into = AssemblyGenealogy.objects.filter(**{f"issue__{name}": keys for name, keys in goods.items()})
        made = Q(**{f"move__{name}": keys for name, keys in goods.items()})
        chosen = chosen.filter(made | Q(pk__in=into.values("output")))
        return chosen.select_related("line__order__warehouse", "line__item__unit").order_by("pk")

    def _went_in(self) -> dict[int, list[AssemblyGenealogy]]:
        rows = AssemblyGenealogy.objects.filter(output__among=[each.pk for each in self._outputs])
        found: defaultdict[int, list[AssemblyGenealogy]] = defaultdict(list)
        for row in rows.select_related("issue__item__unit").order_by("pk"):
            found[row.output_id].append(row)
        return found

    # --- records ----------------------------------------------------------------------------------------------------

    def _from_suppliers(self) -> Iterator[Received]:
        for row in self._receipts:
            receipt = row.receipt
            on = receipt.warehouse.local_date(row.transaction.recorded_at)
            yield Received(
                traced=self._traced(row.lot_id, row.item, row.kept, on),
                on=on,
                document_kind="Delivery note" if receipt.delivery_note else "Goods receipt",
                document=receipt.delivery_note or receipt.number,
                source=self._places.party(receipt.supplier),
                at=self._places.site(receipt.warehouse),
            )

    def _from_sites(self) -> Iterator[Received]:
        rows = [row for row in self._moves if row["kind"] == TransactionKind.ARRIVE]
        sent = Transfer.objects.filter(number__in={row["document"] for row in rows}).select_related("origin")
        origins = {transfer.number: self._places.site(transfer.origin) for transfer in sent}
        for row in rows:
            yield self._came(row, "Transfer", origins.get(row["document"]))

    def _from_customers(self) -> Iterator[Received]:
        rows = [row for row in self._moves if row["kind"] == TransactionKind.RETURN and not _is_sent_back(row)]
        back = CustomerReturn.objects.filter(number__in={row["document"] for row in rows}).select_related("customer")
        customers = {each.number: self._places.party(each.customer) for each in back}
        for row in rows:
            yield self._came(row, "Customer return", customers.get(row["document"]))

    def _came(self, row: dict[str, Any], kind: str, source: Spot | None) -> Received:
        site = self._sites[row["warehouse"]]
        on = site.local_date(row["recorded_at"])
        return Received(
            traced=self._traced(row["lot"], self._named[row["item"]], row["total"], on),
            on=on,
            document_kind=kind,
            document=row["document"],
            source=source or Spot(key="unknown", business=""),
            at=self._places.site(site),
        )

    def _in_cartons(self) -> Iterator[Shipped]:
        rows = [row for row in self._moves if row["kind"] in LEFT]
        units = {row["source_unit"] for row in rows if row["source_unit"] is not None}
        cartons = Carton.objects.filter(unit__among=list(units)).select_related(
            "shipment__party", "shipment__destination"
        )
        shipments = {carton.unit_id: carton.shipment for carton in cartons}
        for row in rows:
            shipment = shipments.get(row["source_unit"])
            to = self._places.recipient(shipment) if shipment is not None else Spot(key="unknown", business="")
            yield self._went(row, "Shipment", to, shipment.number if shipment is not None else row["document"])

    def _to_suppliers(self) -> Iterator[Shipped]:
        rows = [row for row in self._moves if row["kind"] == TransactionKind.RETURN and _is_sent_back(row)]
        numbers = {row["document"] for row in rows}
        asked = ReturnToSupplier.objects.filter(number__in=numbers).select_related("supplier")
        parties: dict[Any, Any] = {each.number: each.supplier for each in asked}
        rejected = SupplierReturn.objects.filter(transaction__among=[row["transaction"] for row in rows])
        for sent in rejected.select_related("inspection__supplier"):
            parties[sent.transaction_id] = sent.inspection.supplier
        for row in rows:
            party = parties.get(row["document"]) or parties.get(row["transaction"])
            to = self._places.party(party) if party is not None else Spot(key="unknown", business="")
            yield self._went(row, "Return to supplier", to, row["document"])

    def _went(self, row: dict[str, Any], kind: str, to: Spot, document: str) -> Shipped:
        site = self._sites[row["warehouse"]]
        on = site.local_date(row["recorded_at"])
        return Shipped(
            traced=self._traced(row["lot"], self._named[row["item"]], row["total"], on),
            on=on,
            document_kind=kind,
            document=document,
            source=self._places.site(site),
            to=to,
        )

    def _transformed(self) -> Iterator[Transformed]:
        for row in self._outputs:
            order = row.line.order
            on = order.warehouse.local_date(row.made_at)
            yield Transformed(
                traced=self._traced(row.lot_id, row.line.item, row.quantity, on),
                on=on,
                document_kind="Assembly order",
                document=order.number,
                at=self._places.site(order.warehouse),
                used=tuple(
                    Used(
                        traced=self._traced(held.issue.lot_id, held.issue.item, held.quantity, on),
                        is_certain=held.is_certain,
                    )
                    for held in self._held.get(row.pk, ())
                ),
            )

    def _traced(self, lot_id: int | None, item: Item, quantity: Decimal, on: date) -> Traced:
        return Traced(
            lot_id=lot_id,
            code=self._codes.get(lot_id, NO_CODE) if lot_id is not None else NO_CODE,
            food=self._listed.food(item.pk, on),
            item=item.number,
            name=item.name,
            quantity=quantity,
            unit=item.unit.code,
        )

    def _asked_for(self, record: Received | Shipped | Transformed) -> bool:
        listed = any(each.food for each in (record.traced, *(used.traced for used in record.went_in())))
        return self._asked.holds(on=record.on, is_listed=listed)


def _is_sent_back(row: dict[str, Any]) -> bool:
    return bool(row["to"] == LocationKind.SUPPLIER)


def _order(record: Received | Shipped | Transformed) -> tuple[date, str, str, str]:
    return (record.on, record.document, record.traced.item, record.traced.code.code)
