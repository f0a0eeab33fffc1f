"""The audit trail and approvals only grow, and nobody approves what they asked for."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from apps.core import clock
from apps.journal.models import Approval, AuditEntry
from apps.journal.operations import approve, record
from tests.factories.accounts import DeviceFactory, UserFactory
from tests.factories.ledger import an_actor

NOW = clock.now()


@pytest.fixture
def entry(clerk):
    return record("hold", kind="lot", number="L-1", by=an_actor(clerk), at=NOW, warehouse_code="LYON", note="smells")


def test_a_line_says_who_did_what_to_which_with_what(clerk):
    device = DeviceFactory()
    record("hold", kind="lot", number="L-1", by=an_actor(clerk, device=device), at=NOW, note="smells")

    line = AuditEntry.objects.get()

    assert (line.verb, line.kind, line.number, line.user, line.device, line.at, line.detail) == (
        "hold",
        "lot",
        "L-1",
        clerk,
        device,
        NOW,
        {"note": "smells"},
    )
    assert str(line) == "hold lot L-1"


def test_the_trail_of_a_thing_is_newest_first(clerk, entry):
    second = record("release", kind="lot", number="L-1", by=an_actor(clerk), at=NOW)
    record("hold", kind="lot", number="L-2", by=an_actor(clerk), at=NOW)

    assert list(AuditEntry.objects.of("lot", "L-1")) == [second, entry]


@pytest.mark.parametrize(
    "statement",
    [
        "update journal_auditentry set verb = 'nothing'",
        "delete from journal_auditentry",
        "truncate journal_auditentry",
        "update journal_approval set reason = ''",
        "delete from journal_approval",
        "truncate journal_approval",
    ],
)
def test_the_application_cannot_change_what_was_said(entry, statement):
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert AuditEntry.objects.get().verb == "hold"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "statement",
    [
        "update journal_auditentry set verb = 'nothing'",
        "delete from journal_auditentry",
        "truncate journal_auditentry",
        "delete from journal_approval",
    ],
)
def test_not_even_the_owner_changes_it_by_accident(committed_clerk, owner_connection, statement):
    by = an_actor(committed_clerk)
    record("hold", kind="lot", number="L-1", by=by, at=NOW)
    approve(kind="order", number="PO-1", asked_by_id=UserFactory().pk, by=by, at=NOW)

    with pytest.raises(Exception, match="only grows"):
        owner_connection.execute(statement)
    owner_connection.rollback()

    assert AuditEntry.objects.count() == 1


def test_another_person_approves(clerk):
    asked_by = UserFactory()

    approval = approve(kind="order", number="PO-1", asked_by_id=asked_by.pk, by=an_actor(clerk), at=NOW, reason="cheap")

    assert (approval.asked_by, approval.decided_by, approval.decision, approval.reason) == (
        asked_by,
        clerk,
        "approved",
        "cheap",
    )
    assert str(approval) == "order PO-1 approved"


def test_whoever_asks_cannot_approve(clerk):
    with pytest.raises(IntegrityError, match="approval_by_another_person"), transaction.atomic():
        approve(kind="order", number="PO-1", asked_by_id=clerk.pk, by=an_actor(clerk), at=NOW)

    assert not Approval.objects.exists()
