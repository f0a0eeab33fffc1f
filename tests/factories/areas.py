"""Control areas, and liquids to fill them with."""

from datetime import date
from decimal import Decimal

from apps.safety.models import HazardClass
from apps.storage.models import AreaLimit, AreaPlace, AreaZone, ControlArea
from tests.factories.catalog import ItemFactory


def an_area(warehouse, *, code="FLAM", kind="other", places=(), zones=(), **more):
    """A control area of these places and zones."""
    area = ControlArea.objects.create(warehouse=warehouse, code=code, name=f"Area {code}", kind=kind, **more)
    for place in places:
        AreaPlace.objects.create(area=area, location=place)
    for zone in zones:
        AreaZone.objects.create(area=area, zone=zone)
    return area


def a_limit(area, litres, *categories, **more):
    """The site's own limit of an area."""
    facts = {"source": "Local code, edition 2021", "effective_on": date(2021, 1, 1)} | more
    return AreaLimit.objects.create(area=area, categories=list(categories), litres=Decimal(litres), **facts)


def a_liquid(*, flash="-20", boiling="56", litres="5", **more):
    """A liquid of class 3 by its points in °C: of category 2, unless told otherwise."""
    facts = {
        "hazard_class": HazardClass.objects.get(code="3"),
        "flash_point_c": flash and Decimal(flash),
        "boiling_point_c": boiling and Decimal(boiling),
        "litres_per_unit": litres and Decimal(litres),
    }
    return ItemFactory(**facts | more)
