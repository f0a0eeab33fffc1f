"""What a code on goods at the packing bench stands for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from apps.catalog.models import Barcode, Item, Packaging
from apps.core.codes import MalformedCode, parse_code
from apps.core.errors import NotFound
from apps.core.querysets import storable


@dataclass(frozen=True, slots=True, kw_only=True)
class ScannedGoods:
    """The item, and the lot, the serial number and how many base units as far as the code says."""

    item: Item
    quantity: Decimal
    lot: str = ""
    serial: str = ""


def scanned_goods(code: str, *, today: date) -> ScannedGoods:
    """By GTIN, our item number or another code of the item; a pack's code counts what is in it. Raises `NotFound`."""
    try:
        parsed = parse_code(code, today=today)
    except MalformedCode:
        raise NotFound(kind="item", number=code) from None
    gtin = parsed.gtin or parsed.content_gtin
    pack = Packaging.objects.filter(gtin=gtin).select_related("item").first() if gtin else None
    if pack is not None:
        return ScannedGoods(
            item=pack.item, quantity=_units(pack, parsed.quantity), lot=parsed.lot, serial=parsed.serial
        )
    number = storable(parsed.item_number or parsed.text)
    item = Item.objects.filter(number=number).first()
    if item is not None:
        return ScannedGoods(item=item, quantity=parsed.quantity or Decimal(1), lot=parsed.lot, serial=parsed.serial)
    known = Barcode.objects.filter(code=number).select_related("item", "packaging").first()
    if known is None:
        raise NotFound(kind="item", number=code)
    units = _units(known.packaging, None) if known.packaging is not None else Decimal(1)
    return ScannedGoods(item=known.item, quantity=units)


def _units(pack: Packaging, count: Decimal | None) -> Decimal:
    return Decimal(pack.numerator) / Decimal(pack.denominator) * (count or Decimal(1))
