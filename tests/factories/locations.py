"""Warehouses and places."""

import factory

from apps.locations.choices import VIRTUAL, LocationKind
from apps.locations.models import Location, Warehouse, WarehouseAccess


class WarehouseFactory(factory.django.DjangoModelFactory):
    """A warehouse with its virtual locations."""

    class Meta:
        model = Warehouse
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"WH{n}")
    name = factory.LazyAttribute(lambda warehouse: f"Warehouse {warehouse.code}")

    @factory.post_generation
    def virtual(self, create, extracted, **kwargs):
        for kind in VIRTUAL:
            Location.objects.get_or_create(warehouse=self, kind=kind, defaults={"code": kind.value.upper()})


class LocationFactory(factory.django.DjangoModelFactory):
    """A bin of the reserve unless `kind` says otherwise."""

    class Meta:
        model = Location

    warehouse = factory.SubFactory(WarehouseFactory)
    code = factory.Sequence(lambda n: f"A-{n:03d}")
    kind = LocationKind.STORAGE
    pick_sequence = factory.Sequence(lambda n: n)


def works_at(user, *warehouses):
    """Let the user work at these warehouses; the user."""
    for warehouse in warehouses:
        WarehouseAccess.objects.get_or_create(user=user, warehouse=warehouse)
    return user
