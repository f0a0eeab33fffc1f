"""Opening a site."""

import pytest
from django.core.exceptions import ValidationError

from apps.accounts.roles import Role
from apps.core import clock
from apps.core.errors import NotAllowed
from apps.journal.models import AuditEntry
from apps.locations.choices import VIRTUAL
from apps.locations.errors import WarehouseExists
from apps.locations.models import Location, Warehouse
from apps.locations.operations import open_warehouse
from tests.factories.accounts import UserFactory
from tests.factories.ledger import an_actor

pytestmark = pytest.mark.django_db


def an_admin():
    return an_actor(UserFactory(roles=[Role.ADMIN]))


def test_a_site_opens_with_its_virtual_locations():
    actor = an_admin()

    warehouse = open_warehouse(code="LYS", name="Lyon", timezone="Europe/Paris", by=actor, at=clock.now())

    assert {(place.kind, place.code) for place in warehouse.locations.all()} == {
        (kind.value, kind.value.upper()) for kind in VIRTUAL
    }
    assert set(Location.history.values_list("history_user", flat=True)) == {actor.user.pk}
    assert AuditEntry.objects.of("warehouse", "LYS").get().verb == "opened"


def test_a_code_names_one_site():
    open_warehouse(code="LYS", name="Lyon", by=an_admin(), at=clock.now())

    with pytest.raises(WarehouseExists) as refusal:
        open_warehouse(code="LYS", name="Other", by=an_admin(), at=clock.now())

    assert refusal.value.facts == {"warehouse": "LYS"}
    assert Warehouse.objects.get(code="LYS").name == "Lyon"


def test_a_site_needs_a_time_zone_that_exists():
    with pytest.raises(ValidationError):
        open_warehouse(code="LYS", name="Lyon", timezone="Europe/Lyon", by=an_admin(), at=clock.now())

    assert not Warehouse.objects.exists()


def test_whoever_opens_a_site_works_there():
    admin = an_admin()

    warehouse = open_warehouse(code="LYS", name="Lyon", by=admin, at=clock.now())

    assert list(Warehouse.objects.for_user(admin.user)) == [warehouse]


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.INVENTORY_MANAGER, Role.AUDITOR])
def test_others_open_no_site(role):
    with pytest.raises(NotAllowed):
        open_warehouse(code="LYS", name="Lyon", by=an_actor(UserFactory(roles=[role])), at=clock.now())

    assert not Warehouse.objects.exists()
