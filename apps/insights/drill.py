"""From a figure of the stock position to exactly the rows that add up to it, at the desk and in the API."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from apps.insights.navigation import address_of
from apps.insights.position import Part, Split, Subject

API = "/api/v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Drill:
    """The list behind a figure: its model at the desk, its resource in the API, and the filters of each."""

    model: str
    resource: str
    desk: dict[str, str]
    api: dict[str, str]
    item: str = "item__id__exact"
    site: str = "warehouse__id__exact"


def _balances(stock: str) -> Drill:
    return Drill(model="ledger.StockBalance", resource="balances", desk={"stock": stock}, api={"stock": stock})


DRILLS = {
    "on_hand": _balances("standing"),
    "reserved": _balances("reserved"),
    "available": _balances("available"),
    "in_transit": _balances("transit"),
    "inbound": Drill(
        model="supply.ExpectedReceipt", resource="expected-receipts", desk={"open": "yes"}, api={"open": "true"}
    ),
    "promised": Drill(model="supply.Promise", resource="promises", desk={"open": "yes"}, api={"open": "true"}),
    "back_ordered": Drill(
        model="supply.Promise", resource="promises", desk={"open": "back"}, api={"back_ordered": "true"}
    ),
    "picked": Drill(
        model="orders.Pick",
        resource="picks",
        desk={"goods": "out"},
        api={"on_its_way_out": "true"},
        item="task__item__id__exact",
        site="wave__warehouse__id__exact",
    ),
}
OUTBOUND = ("promised", "reserved", "picked")
"""The figures that outbound is the sum of: it leads to a page with the rows of each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Whose figure it is: an item at a site, or a part of its stock."""

    subject: Subject
    by: Split | None = None
    part: Part | None = None

    def desk(self, figure: str) -> str:
        """The address of the admin's list; of outbound, the page with its three."""
        if figure == "outbound":
            whose = {"item": self.subject.item, "warehouse": self.subject.warehouse}
            return f"{reverse('desk-outbound')}?{urlencode(whose)}"
        drill = DRILLS[figure]
        whose = {drill.item: str(self.subject.item_id), drill.site: str(self.subject.warehouse_id)}
        return f"{address_of(drill.model)}?{urlencode(drill.desk | whose | self._part_at_desk())}"

    def api(self, figure: str) -> str:
        """The address of the API's list."""
        drill = DRILLS[figure]
        whose = {"item": self.subject.item, "warehouse": self.subject.warehouse}
        return f"{API}/{drill.resource}?{urlencode(drill.api | whose | self._part_in_api())}"

    def _part_at_desk(self) -> dict[str, str]:
        if self.part is None or self.by is None:
            return {}
        match self.by:
            case Split.LOT | Split.OWNER if self.part.pk is None:
                return {f"{self.by.value}__isnull": "True"}
            case Split.LOT | Split.OWNER:
                return {f"{self.by.value}__id__exact": str(self.part.pk)}
            case Split.STATUS:
                return {"status__exact": self.part.key}
        return {"hold": self.part.key or "none"}

    def _part_in_api(self) -> dict[str, str]:
        if self.part is None or self.by is None:
            return {}
        if self.part.key:
            return {self.by.value: self.part.key}
        return {"hold": "none"} if self.by == Split.HOLD else {f"without_{self.by.value}": "true"}
