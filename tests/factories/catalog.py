"""Items and parties."""

import factory

from apps.catalog.choices import Tracking
from apps.catalog.models import Item, Party, Unit


class UnitFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Unit
        django_get_or_create = ("code",)

    code = "EA"
    name = "each"


class ItemFactory(factory.django.DjangoModelFactory):
    """An untracked item in whole units; `lots=True` or `serials=True` for tracked ones."""

    class Meta:
        model = Item

    class Params:
        lots = factory.Trait(tracking=Tracking.LOT)
        perishable = factory.Trait(tracking=Tracking.LOT, expires=True, shelf_life_days=365)
        serials = factory.Trait(tracking=Tracking.SERIAL)

    number = factory.Sequence(lambda n: f"ITEM-{n}")
    name = factory.LazyAttribute(lambda item: f"Name of {item.number}")
    unit = factory.SubFactory(UnitFactory)


class PartyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Party

    number = factory.Sequence(lambda n: f"PARTY-{n}")
    name = factory.LazyAttribute(lambda party: f"Name of {party.number}")
