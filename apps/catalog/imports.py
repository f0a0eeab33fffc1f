"""Items and parties from other systems' files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from apps.catalog.choices import ItemKind, Lifecycle, Tracking
from apps.catalog.models import Category, Item, Party, Unit
from apps.catalog.models.item import COLDEST
from apps.core.codes import is_valid_gtin
from apps.core.imports import Column, Plan, Reference, Upsert, cells
from apps.core.querysets import Viewer
from apps.journal.actor import Actor
from apps.journal.imports import write
from apps.safety.models import HazardClass, ShippingDescription, StorageCondition

GLN_DIGITS = 13


def _check_item(item: Item) -> Iterator[tuple[str, str]]:
    """The rules that the database would refuse by, told with their column."""
    if item.expires and not item.has_lots:
        yield "expires", "an item that expires is tracked by lot"
    if item.expires_with_parts and not item.expires:
        yield "expires_with_parts", "what expires with its parts expires"
    if item.scale and item.has_serials:
        yield "scale", "an item with serial numbers is counted in whole units"
    if item.litres_per_unit is not None and item.litres_per_unit <= 0:
        yield "litres_per_unit", "a unit holds more than nought litres"
    for point in ("flash_point_c", "boiling_point_c"):
        celsius = getattr(item, point)
        if celsius is not None and celsius < COLDEST:
            yield point, "no temperature is below -273.15 °C"


def _check_party(party: Party) -> Iterator[tuple[str, str]]:
    if party.gln and not (len(party.gln) == GLN_DIGITS and is_valid_gtin(party.gln)):
        yield "gln", "the check digit is wrong"
    if not (party.is_supplier or party.is_customer or party.is_owner or party.is_carrier):
        yield "supplier", "a party is at least one of supplier, customer, owner, carrier"


ITEMS = Upsert(
    model=Item,
    columns=(
        Column(name="number", meaning="our number; the key", required=True),
        Column(name="name", meaning="what it is called", required=True),
        Column(
            name="unit",
            meaning="code of the base unit",
            required=True,
            refers=Reference(model=Unit, field="code"),
            fixed=True,
        ),
        Column(name="scale", meaning="decimals of a quantity, 0 to 6", read=cells.whole, blank=0, fixed=True),
        Column(name="description", meaning="text of several lines", read=cells.paragraph),
        Column(
            name="kind",
            meaning="raw, component, finished, packaging or consumable; empty: finished",
            read=cells.choice(ItemKind),
            blank=ItemKind.FINISHED.value,
        ),
        Column(
            name="lifecycle",
            meaning="draft, active, phasing_out or retired; empty: active",
            read=cells.choice(Lifecycle),
            blank=Lifecycle.ACTIVE.value,
        ),
        Column(
            name="tracking",
            meaning="none, lot, serial or both; empty: none",
            read=cells.choice(Tracking),
            blank=Tracking.NONE.value,
            fixed=True,
        ),
        Column(name="expires", meaning="whether its lots expire", read=cells.yes_no, blank=False),
        Column(name="shelf_life_days", meaning="from making to expiry", read=cells.whole, blank=None),
        Column(
            name="expires_with_parts",
            meaning="where it is assembled: its lots expire with the part that expires first",
            read=cells.yes_no,
            blank=False,
        ),
        Column(
            name="min_remaining_days",
            meaning="shelf life that must be left when it comes in",
            read=cells.whole,
            blank=None,
        ),
        Column(
            name="category", meaning="code of a category", refers=Reference(model=Category, field="code"), blank=None
        ),
        Column(
            name="hazard_class",
            meaning="class or division, as 3 or 5.1",
            refers=Reference(model=HazardClass, field="code"),
            blank=None,
        ),
        Column(
            name="storage_condition",
            meaning="code of a storage condition",
            refers=Reference(model=StorageCondition, field="code"),
            blank=None,
        ),
        Column(
            name="shipping_description",
            meaning="code of a shipping description of dangerous goods",
            refers=Reference(model=ShippingDescription, field="code"),
            blank=None,
        ),
        Column(name="flash_point_c", meaning="of a liquid, in °C", read=cells.number, blank=None),
        Column(name="boiling_point_c", meaning="of a liquid, in °C", read=cells.number, blank=None),
        Column(name="litres_per_unit", meaning="litres of liquid in one base unit", read=cells.number, blank=None),
        Column(name="hs_code", meaning="customs tariff number, 6 to 12 digits"),
        Column(name="origin", meaning="country it was made in, two letters"),
        Column(name="ships_alone", meaning="whether it is packed with nothing else", read=cells.yes_no, blank=False),
        Column(name="colour", meaning="text"),
        Column(name="size", meaning="text"),
        Column(name="length_mm", meaning="of one base unit", read=cells.whole, blank=None),
        Column(name="width_mm", meaning="a whole number", read=cells.whole, blank=None),
        Column(name="height_mm", meaning="a whole number", read=cells.whole, blank=None),
        Column(name="weight_g", meaning="of one base unit", read=cells.number, blank=None),
        Column(name="standard_cost", meaning="company currency, a base unit", read=cells.number, blank=None),
    ),
    check=_check_item,
)

PARTIES = Upsert(
    model=Party,
    columns=(
        Column(name="number", meaning="our number; the key", required=True),
        Column(name="name", meaning="text", required=True),
        Column(name="supplier", meaning="yes or no", read=cells.yes_no, blank=False, attribute="is_supplier"),
        Column(name="customer", meaning="yes or no", read=cells.yes_no, blank=False, attribute="is_customer"),
        Column(
            name="owner",
            meaning="yes or no: owns stock that we keep",
            read=cells.yes_no,
            blank=False,
            attribute="is_owner",
        ),
        Column(name="carrier", meaning="yes or no", read=cells.yes_no, blank=False, attribute="is_carrier"),
        Column(name="contact", meaning="a person"),
        Column(name="email", meaning="text"),
        Column(name="phone", meaning="may begin with +", read=cells.phone),
        Column(name="gln", meaning="13 digits"),
        Column(name="currency", meaning="three letters; empty: the company's"),
        Column(name="street", meaning="text"),
        Column(name="city", meaning="text"),
        Column(name="region", meaning="text"),
        Column(name="postal_code", meaning="text"),
        Column(name="country", meaning="text"),
        Column(name="latitude", meaning="degrees north, -90 to 90", read=cells.number, blank=None),
        Column(name="longitude", meaning="degrees east, -180 to 180", read=cells.number, blank=None),
        Column(
            name="min_remaining_days",
            meaning="shelf life that must be left at the customer's",
            read=cells.whole,
            blank=0,
        ),
        Column(name="active", meaning="yes or no", read=cells.yes_no, blank=True, attribute="is_active"),
    ),
    check=_check_party,
)


def preview_items(text: str, viewer: Viewer | None = None) -> Plan:
    """What the file would do, whoever brings it in: every warehouse shares the items."""
    del viewer
    return ITEMS.plan(text)


def preview_parties(text: str, viewer: Viewer | None = None) -> Plan:
    """What the file would do, whoever brings it in: every warehouse shares the parties."""
    del viewer
    return PARTIES.plan(text)


def import_items(*, text: str, by: Actor, at: datetime) -> Plan:
    """Create and change items as the file says, all or nothing."""
    return write(ITEMS.plan(text, lock=True), kind="items", by=by, at=at)


def import_parties(*, text: str, by: Actor, at: datetime) -> Plan:
    """Create and change parties as the file says, all or nothing."""
    return write(PARTIES.plan(text, lock=True), kind="parties", by=by, at=at)
