"""Goods that were scanned in a count out of reach: read when they are told, as the scan would have been answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from apps.accounts.models import User
from apps.catalog.models import Item
from apps.core.errors import DomainError
from apps.ledger.states import StockStatus
from apps.scanner.queries import Meant, resolve

ONE = Decimal(1)


def told_apart(
    lines: Sequence[dict[str, Any]], scans: Sequence[dict[str, Any]], *, user: User, today: date
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The lines with those of the scans whose goods are known here, and the scans that a person must look at.

    A scan is of goods when its code names one item, with the lot and serial number that the item needs, and when it
    is said how many; a serial number is one. A case's code with a number stays: cases or pieces, nobody can tell.
    Goods that are on a line already, in good condition, are added to it.
    """
    known, unknown = [dict(line) for line in lines], []
    for scan in scans:
        goods = _goods(scan, user, today)
        if goods is None:
            unknown.append(scan)
            continue
        same = next((line for line in known if _key(line) == _key(goods)), None)
        if same is None:
            known.append(goods)
        elif goods["serial"]:
            continue  # one unit, scanned and listed: it is there once
        else:
            same["quantity"] += goods["quantity"]
    return known, unknown


def _goods(scan: dict[str, Any], user: User, today: date) -> dict[str, Any] | None:
    try:
        found = resolve(scan["text"], user=user, task=None, today=today)
    except DomainError:
        return None
    items = {_item_of(each) for each in found.meant} - {""}
    if len(items) != 1:
        return None
    (number,) = items
    item = Item.objects.for_user(user).filter(number=number).first()
    if item is None:
        return None
    lot = found.parsed["lot"] or _only(found.meant, "lot") or _lot_of_serial(found.meant)
    serial = found.parsed["serial"] or _only(found.meant, "serial")
    lot, serial = lot if item.has_lots else "", serial if item.has_serials else ""
    if (item.has_lots and not lot) or (item.has_serials and not serial):
        return None
    quantity = ONE if serial else scan.get("quantity")
    if quantity is None or any(each.candidate.detail.get("base_units", "1") != "1" for each in found.meant):
        return None
    return {
        "item": number,
        "lot": lot,
        "serial": serial,
        "status": StockStatus.AVAILABLE,
        "quantity": quantity,
        "seconds_ago": scan.get("seconds_ago", 0),
    }


def _item_of(meant: Meant) -> str:
    candidate = meant.candidate
    return candidate.number if candidate.kind == "item" else str(candidate.detail.get("item") or "")


def _only(meant: Sequence[Meant], kind: str) -> str:
    """The one of this kind, if the scan names one."""
    numbers = {each.candidate.number for each in meant if each.candidate.kind == kind}
    return numbers.pop() if len(numbers) == 1 else ""


def _lot_of_serial(meant: Sequence[Meant]) -> str:
    lots = {str(each.candidate.detail.get("lot") or "") for each in meant if each.candidate.kind == "serial"}
    return lots.pop() if len(lots) == 1 else ""


def _key(line: dict[str, Any]) -> tuple[str, str, str, str]:
    return line["item"], line.get("lot") or "", line.get("serial") or "", line["status"]
