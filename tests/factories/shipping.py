"""What the packing bench needs."""

from apps.locations.choices import LocationKind
from apps.locations.models import Company
from tests.factories.locations import LocationFactory


def a_company(**more):
    """The company, with a GS1 prefix for its cartons and somebody to call in an emergency."""
    company, _ = Company.objects.update_or_create(
        pk=1,
        defaults={
            "name": "Stillage Ltd",
            "gs1_prefix": "9506000",
            "currency": "EUR",
            "emergency_phone": "+33 1 99 00 00 00",
            **more,
        },
    )
    return company


def a_bench(warehouse, code="BENCH"):
    """Where cartons are packed."""
    return LocationFactory(warehouse=warehouse, code=code, kind=LocationKind.PACK)
