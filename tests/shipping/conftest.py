"""A yard: a bench with goods, doors, carriers, and shipments to pack."""

from decimal import Decimal as D
from types import SimpleNamespace

import pytest

from apps.accounts.roles import Role
from apps.catalog.models import Party
from apps.core import clock
from apps.core.invariants import check_invariants
from apps.ledger.operations import Move, Place, post
from apps.ledger.states import TransactionKind
from apps.locations.choices import LocationKind
from apps.safety.models import HazardClass, ShippingDescription
from apps.shipping.models import Carton, CartonType, Shipment
from apps.shipping.operations import (
    close_carton,
    complete_packing,
    load_carton,
    open_carton,
    packing_place,
    plan_load,
    start_loading,
    start_shipment,
)
from tests.factories.accounts import UserFactory
from tests.factories.catalog import ItemFactory, PartyFactory
from tests.factories.ledger import an_actor, stock
from tests.factories.locations import LocationFactory, WarehouseFactory
from tests.factories.shipping import a_bench, a_company


class Yard(SimpleNamespace):
    """Whatever a test does there, in a line."""

    def shipment(self, carrier=None, **more) -> Shipment:
        return start_shipment(
            warehouse_id=self.warehouse.pk,
            document=more.pop("document", "TR-000001"),
            party_id=self.party.pk,
            ship_to=self.party.name,
            address=self.party,
            carrier_id=(carrier or self.fast).pk,
            at=clock.now(),
        )

    def carton(self, shipment, item=None, quantity=1, *, kind=None, closed=True, **more) -> Carton:
        one = open_carton(shipment_id=shipment.pk, by=self.by, at=clock.now(), carton_type_id=kind.pk if kind else None)
        post(
            [
                Move(
                    item_id=(item or self.mug).pk,
                    quantity=D(quantity),
                    source=Place(location_id=self.bench.pk),
                    target=packing_place(one),
                )
            ],
            warehouse_id=self.warehouse.pk,
            kind=TransactionKind.PACK,
            by=self.by,
            at=clock.now(),
        )
        return close_carton(carton_id=one.pk, by=self.by, at=clock.now(), **more) if closed else one

    def packed(self, *items, carrier=None) -> Shipment:
        """A packed shipment with a carton of each item."""
        shipment = self.shipment(carrier)
        for item in items or (self.mug,):
            self.carton(shipment, item)
        return complete_packing(shipment_id=shipment.pk, by=self.by, at=clock.now())

    def load(self, *shipments, carrier: Party | None = None, dock=None, start=True, **more):
        """A load at a door, taking goods."""
        one = plan_load(
            warehouse_id=self.warehouse.pk,
            carrier_id=(carrier or self.fast).pk,
            shipment_ids=[each.pk for each in shipments],
            by=self.boss,
            at=clock.now(),
            **more,
        )
        if start:
            return start_loading(
                load_id=one.pk, dock_id=(dock or self.door).pk, trailer="AB-123", by=self.by, at=clock.now()
            )
        return one

    def scan(self, carton, dock=None, **more):
        return load_carton(carton_id=carton.pk, dock_id=(dock or self.door).pk, by=self.by, at=clock.now(), **more)

    def scan_all(self, *shipments, **more):
        for shipment in shipments:
            for one in shipment.cartons.order_by("sequence"):
                self.scan(one, **more)

    def goods(self, number, code, **more):
        """A dangerous item of a class, ten of it on the bench."""
        kept = {"un_number": "UN1000", "proper_shipping_name": number.title(), "is_liquid": True, **more}
        description = ShippingDescription.objects.create(
            code=number, hazard_class=HazardClass.objects.get(code=code), **kept
        )
        item = ItemFactory(number=number, shipping_description=description, weight_g=D(1000))
        stock(item, self.bench, 10)
        return item


@pytest.fixture
def dock_yard(db):
    """Twenty mugs of 400 g on a bench, two doors, two carriers; afterwards every invariant holds."""
    a_company()
    warehouse = WarehouseFactory(code="MAIN")
    bench = a_bench(warehouse)
    mug = ItemFactory(number="MUG", weight_g=D(400))
    stock(mug, bench, 20)
    yield Yard(
        warehouse=warehouse,
        bench=bench,
        mug=mug,
        party=PartyFactory(name="The Shop", street="Rue 1", postal_code="69001", city="Lyon", country="France"),
        fast=PartyFactory(name="Fast", is_carrier=True),
        slow=PartyFactory(name="Slow", is_carrier=True),
        door=LocationFactory(warehouse=warehouse, code="DOOR-1", kind=LocationKind.DOCK),
        other_door=LocationFactory(warehouse=warehouse, code="DOOR-2", kind=LocationKind.DOCK),
        small=CartonType.objects.create(
            code="S", name="Small", length_mm=300, width_mm=200, height_mm=150, tare_g=100, max_weight_g=2000
        ),
        by=an_actor(),
        boss=an_actor(UserFactory(roles=[Role.SUPERVISOR])),
    )
    assert [str(violation) for violation in check_invariants()] == []
