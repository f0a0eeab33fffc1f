"""Items as a channel names them: by our number, its own listing code, a GTIN or another barcode."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from django.db.models import F

from apps.catalog.models import Barcode, Item, Packaging
from apps.catalog.queries import Asked
from apps.core.querysets import storable
from apps.orders.models import ChannelListing

GTIN = 14
"""Digits, as it is stored."""


def named_by_code(asked: Sequence[Asked], *, channel: str = "") -> list[Asked]:
    """Each line by its item's number: our number goes before the channel's code, and that before a barcode.

    A GTIN or barcode of a packaging counts in it, where the line names no unit. What nothing is called stays as it is,
    for whoever looks the items up to refuse. Four queries.
    """
    known = codes_of([line.item for line in asked], channel=channel)
    found = []
    for line in asked:
        number, unit = known.get(line.item, (line.item, ""))
        found.append(replace(line, item=number, unit=line.unit or unit))
    return found


def codes_of(codes: Collection[str], *, channel: str = "") -> dict[str, tuple[str, str]]:
    """The item's number, and the unit that the code counts in, of each code that is no item's number."""
    wanted = {storable(code) for code in codes}
    numbers = set(Item.objects.filter(number__in=wanted).values_list("number", flat=True))
    rest = wanted - numbers
    if not rest:
        return {}
    found: dict[str, tuple[str, str]] = {}
    by_gtin = {code.zfill(GTIN): code for code in rest if code.isdigit() and len(code) <= GTIN}
    own = ChannelListing.objects.filter(channel__code=storable(channel), code__in=rest)
    for listing in own.select_related("item"):
        found[listing.code] = (listing.item.number, "")
    packs = Packaging.objects.filter(gtin__in=by_gtin).values_list("gtin", "item__number", "unit__code")
    for gtin, number, unit in packs:
        found.setdefault(by_gtin[str(gtin)], (number, unit))
    barcodes = Barcode.objects.filter(code__in=rest).values_list("code", "item__number", "packaging__unit__code")
    for code, number, unit in barcodes:
        found.setdefault(code, (number, unit or ""))
    return found


def items_by_code(codes: Collection[str]) -> dict[str, Item]:
    """The items of those codes that mean one base unit: numbers, GTINs, barcodes, and codes that channels agree on."""
    wanted = {storable(code) for code in codes}
    found = {item.number: item for item in Item.objects.filter(number__in=wanted).select_related("unit")}
    rest = wanted - set(found)
    if not rest:
        return found
    by_gtin = {code.zfill(GTIN): code for code in rest if code.isdigit() and len(code) <= GTIN}
    single = Packaging.objects.filter(gtin__in=by_gtin, numerator=F("denominator")).select_related("item__unit")
    for pack in single:
        found[by_gtin[str(pack.gtin)]] = pack.item
    for barcode in Barcode.objects.filter(code__in=rest, packaging=None).select_related("item__unit"):
        found.setdefault(barcode.code, barcode.item)
    listed: dict[str, dict[int, Item]] = {}
    for listing in ChannelListing.objects.filter(code__in=rest).select_related("item__unit"):
        listed.setdefault(listing.code, {})[listing.item_id] = listing.item
    for code, items in listed.items():
        if len(items) == 1:
            found.setdefault(code, *items.values())
    return found
