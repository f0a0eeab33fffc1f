"""A prepared query gives what the query gives, with other arguments each time."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.transaction import TransactionManagementError

from apps.accounts.models import Device, User, roles_of
from apps.accounts.roles import Role
from apps.core import clock
from apps.core.models import Document
from apps.core.prepared import Change, Prepared, write_changes, write_fields
from apps.locations.models import Location, Zone
from tests.factories.accounts import DeviceFactory, UserFactory
from tests.factories.locations import LocationFactory

pytestmark = pytest.mark.django_db

AT_CODE = Prepared(
    lambda warehouse, code: Location.objects.filter(warehouse=warehouse, code=code).select_related("warehouse", "zone"),
    int,
    str,
)


def test_it_gives_the_rows_with_what_is_related_to_them(django_assert_num_queries):
    bins = [LocationFactory(code=code) for code in ("A-01", "A-02")]

    for place in bins:
        with django_assert_num_queries(1):
            (found,) = AT_CODE.rows(place.warehouse_id, place.code)
            assert (found, found.warehouse, found.zone) == (place, place.warehouse, place.zone)

    assert AT_CODE.rows(bins[0].warehouse_id, "A-03") == []
    assert AT_CODE.first(bins[0].warehouse_id, "A-03") is None


def test_it_gives_annotations_and_fields_that_are_stored_otherwise():
    device = DeviceFactory(scopes=["read"])
    user = UserFactory(roles=[Role.PICKER])
    live = Prepared(lambda since: Device.objects.filter(created_at__gt=since), type(clock.now()))
    held = Prepared(lambda pk: User.objects.filter(pk=pk).annotate(held=roles_of("pk")), int)

    assert [each.scopes for each in live.rows(device.created_at - timedelta(days=1))] == [["read"]]
    assert live.rows(clock.now() + timedelta(days=1)) == []
    assert [each.held for each in held.rows(user.pk)] == [[Role.PICKER.value]]


def test_it_gives_tuples_and_single_values_of_chosen_columns():
    place = LocationFactory(code="A-01")
    pair = Prepared(lambda pk: Location.objects.filter(pk=pk).values_list("pk", "code"), int)
    code = Prepared(lambda pk: Location.objects.filter(pk=pk).values_list("code", flat=True), int)

    assert pair.rows(place.pk) == [(place.pk, "A-01")]
    assert code.first(place.pk) == "A-01"


def test_what_it_gave_before_is_not_what_it_gives_now():
    place = LocationFactory(code="A-01")
    (before,) = AT_CODE.rows(place.warehouse_id, "A-01")

    Location.objects.filter(pk=place.pk).update(bay=7)

    (now,) = AT_CODE.rows(place.warehouse_id, "A-01")
    assert (before.bay, now.bay) == (place.bay, 7)


def test_an_argument_that_does_not_reach_the_statement_is_an_error():
    lost = Prepared(lambda pk, code: Location.objects.filter(pk=pk, code=code[:1]), int, str)

    with pytest.raises(TypeError, match="Not every argument is in SELECT"):
        lost.rows(1, "A")


def test_fields_are_saved_as_the_orm_saves_them(django_assert_num_queries):
    device, place = DeviceFactory(name="Another name"), LocationFactory(code="A-01")
    zone = Zone.objects.create(warehouse=place.warehouse, code="Z", name="Zone")
    device.scopes, device.name = ["read"], "Not saved"
    place.bay, place.zone, place.code = None, zone, "B-01"

    with django_assert_num_queries(2):
        write_fields(device, ["scopes"])
        write_fields(place, ["bay", "zone", "code"])

    assert Device.objects.values_list("scopes", "name").get(pk=device.pk) == (["read"], "Another name")
    assert Location.objects.values_list("bay", "zone", "code").get(pk=place.pk) == (None, zone.pk, "B-01")


def test_what_is_gone_or_names_what_was_never_saved_is_not_saved():
    place = LocationFactory()
    place.zone = Zone(warehouse=place.warehouse, code="Z", name="Zone")
    with pytest.raises(ValueError, match="cannot be saved: its zone was not"):
        write_fields(place, ["zone"])
    Location.objects.filter(pk=place.pk).delete()

    with pytest.raises(DatabaseError, match="is not there"):
        write_fields(place, ["code"])


def test_changes_of_several_rows_are_saved_in_one_statement_or_the_caller_is_told(django_assert_num_queries):
    device, place = DeviceFactory(), LocationFactory(code="A-01")
    device.name, place.bay, place.code = "Another name", 9, "B-01"
    changes = [Change(device, ("name",)), Change(place, ("bay", "code"))]

    with django_assert_num_queries(1):
        write_changes(*changes)

    assert Device.objects.values_list("name").get(pk=device.pk) == ("Another name",)
    assert Location.objects.values_list("bay", "code").get(pk=place.pk) == (9, "B-01")
    Location.objects.filter(pk=place.pk).delete()
    with pytest.raises(DatabaseError, match="or B-01 is not there"):
        write_changes(*changes)


def test_nothing_listens_to_what_documents_save():
    """`advance` sends no signal, which a history would be written by."""
    documents = [model for model in apps.get_models() if issubclass(model, Document)]

    assert [model for model in documents if hasattr(model, "history")] == []


@pytest.mark.django_db(transaction=True)
def test_a_lock_needs_a_transaction_each_time():
    place = LocationFactory()
    locked = Prepared(lambda pk: Location.objects.filter(pk=pk).select_for_update(no_key=True), int)

    with transaction.atomic():
        assert locked.first(place.pk) == place
    with pytest.raises(TransactionManagementError):
        locked.first(place.pk)
    assert not connection.in_atomic_block
