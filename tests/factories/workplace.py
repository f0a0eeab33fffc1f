"""Things to inspect and people with certificates."""

from datetime import date
from decimal import Decimal

from apps.core import clock
from apps.workplace.models import (
    AssetKind,
    Certificate,
    CertificateKind,
    Checklist,
    ChecklistLine,
    CorrectiveAction,
    SiteAsset,
)
from apps.workplace.operations import Answer, begin_inspection, record_inspection
from apps.workplace.states import LineKind, TakesOut
from tests.factories.accounts import UserFactory
from tests.factories.ledger import an_actor
from tests.factories.locations import works_at

A_PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
"""The smallest PNG, in base64."""


def a_checklist(code="TRUCK", *, every=1, period="days", takes_out=TakesOut.ITSELF):
    """Brakes (critical), tyres, and a reading of at least 12 volts (critical)."""
    kind, _ = AssetKind.objects.get_or_create(code=code, defaults={"name": code.title(), "takes_out": takes_out})
    checklist = Checklist.objects.create(
        code=f"{code}-LIST", name=f"{code} list", kind=kind, every=every, period=period, source="Our own"
    )
    ChecklistLine.objects.create(checklist=checklist, line=1, text="Brakes hold", is_critical=True)
    ChecklistLine.objects.create(checklist=checklist, line=2, text="Tyres sound")
    ChecklistLine.objects.create(
        checklist=checklist, line=3, text="Battery", kind=LineKind.READING, unit="V", lower=12, is_critical=True
    )
    return checklist


def a_thing(warehouse, checklist, number="TRUCK-3", **more):
    """One of the checklist's kind."""
    return SiteAsset.objects.create(warehouse=warehouse, number=number, name="Three", kind=checklist.kind, **more)


def answers(*, brakes=True, tyres=True, volts="12.4", note=""):
    """What was found at the three lines."""
    return [
        Answer(line=1, passed=brakes, note=note),
        Answer(line=2, passed=tyres),
        Answer(line=3, reading=Decimal(volts)),
    ]


def failed(thing, checklist, *, by, at=None, owner=None, **found):
    """The action of the first line that fails: the brakes unless said otherwise."""
    at = at or clock.now()
    due = begin_inspection(asset_id=thing.pk, checklist_id=checklist.pk, by=by, at=at)
    record_inspection(
        inspection_id=due.pk,
        answers=answers(**(found or {"brakes": False})),
        owner_id=owner.pk if owner else None,
        by=by,
        at=at,
    )
    return CorrectiveAction.objects.filter(result__inspection=due).order_by("pk")[0]


def a_certificate(person, *, kind=None, evaluated_on=None, expires_on=date(2100, 1, 1), number=None):
    """One that is in force, entered by somebody else."""
    kind = kind or CertificateKind.objects.get(code="TRUCK-REACH")
    day = evaluated_on or date(2020, 1, 1)
    return Certificate.objects.create(
        number=number or f"CT-T{Certificate.objects.count():04d}",
        kind=kind,
        person=person,
        trained_on=day,
        evaluated_on=day,
        evaluator="Ms Ito",
        expires_on=expires_on,
        created_at=clock.now(),
        entered_by=UserFactory(),
    )


def somebody(warehouse, *roles, **more):
    """Who works there, as an actor."""
    return an_actor(works_at(UserFactory(roles=[role.value for role in roles], **more), warehouse))
