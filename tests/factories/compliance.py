"""Inspection plans, and goods under inspection as a closed receipt leaves them."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from apps.accounts.roles import Role
from apps.compliance.models import InspectionPlan, PlanCharacteristic
from apps.compliance.operations import (
    Arrived,
    Decided,
    Recorded,
    decide_inspection,
    plan_inspections,
    record_results,
)
from apps.core import clock
from apps.ledger.states import StockStatus
from tests.factories.accounts import UserFactory
from tests.factories.ledger import an_actor, stock


def an_inspector(*roles):
    """Somebody of quality."""
    return an_actor(UserFactory(roles=roles or (Role.QUALITY,)))


def a_plan(item=None, *characteristics, supplier=None, **more):
    """A plan that looks at these characteristics; each a name, or a name with limits."""
    plan = InspectionPlan.objects.create(
        item=item, supplier=supplier, **{"valid_from": date(2020, 1, 1), "sampling": "all", **more}
    )
    for line, each in enumerate(characteristics, start=1):
        name, lower, upper = each if isinstance(each, tuple) else (each, None, None)
        measured = lower is not None or upper is not None
        PlanCharacteristic.objects.create(
            plan=plan,
            line=line,
            name=name.removesuffix("!"),
            kind="measured" if measured else "pass_fail",
            unit="mm" if measured else "",
            lower=lower,
            upper=upper,
            is_critical=name.endswith("!"),
        )
    return plan


def arrived(item, place, quantity, *, lot=None, serial=None, supplier=None, status=StockStatus.INSPECTION):
    """So much came in and stands there, under inspection unless the plan let it through."""
    stock(item, place, quantity, lot=lot, serial=serial, status=status)
    return Arrived(
        item_id=item.pk,
        lot_id=lot.pk if lot else None,
        serial_id=serial.pk if serial else None,
        supplier_id=supplier.pk if supplier else None,
        quantity=Decimal(quantity),
        location_id=place.pk,
        status=status,
    )


@transaction.atomic
def inspections(warehouse, *goods, document="GR-1", by=None):
    """The inspections of what came in."""
    return plan_inspections(
        goods, warehouse_id=warehouse.pk, document=document, by=by or an_inspector(), at=clock.now()
    )


@transaction.atomic
def recorded(inspection, *results, by=None):
    """Results as (line, sample, passed or value) or, with a fourth, alike through that unit."""
    return record_results(
        inspection_id=inspection.pk,
        results=[_result(*each) for each in results],
        by=by or an_inspector(),
        at=clock.now(),
    )


def _result(line, sample, found, through=None):
    said = {"passed": found} if isinstance(found, bool) else {"value": Decimal(found)}
    return Recorded(characteristic=line, sample=sample, through=through, **said)


@transaction.atomic
def decided(inspection, *, by=None, reason="seen", **amounts):
    """Decided by quantity, or by serial numbers where a list is given."""
    return decide_inspection(
        inspection_id=inspection.pk,
        decisions=[
            Decided(disposition=name, serials=amount)
            if isinstance(amount, list)
            else Decided(disposition=name, quantity=Decimal(amount))
            for name, amount in amounts.items()
        ],
        reason=reason,
        by=by or an_inspector(),
        at=clock.now(),
    )
