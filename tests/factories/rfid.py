"""Readers, and tags as they tell them."""

import factory

from apps.rfid.models import Reader
from tests.factories.locations import LocationFactory


class ReaderFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Reader
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"READER-{n}")
    name = "gate"
    location = factory.SubFactory(LocationFactory)
    warehouse = factory.SelfAttribute("location.warehouse")


def sscc_tag(number, *, prefix=7):
    """The pure identity URI of an SSCC whose company prefix has that many digits."""
    return f"urn:epc:id:sscc:{number[1 : 1 + prefix]}.{number[0]}{number[1 + prefix : 17]}"
