"""Overrides, and occasions on which goods are brought."""

from datetime import timedelta

from django.db import transaction

from apps.accounts.roles import Role
from apps.core import clock
from apps.overrides.operations import Asked, Occasion, approve_override, ask_override
from apps.safety.models import HazardClass
from tests.factories.accounts import UserFactory
from tests.factories.ledger import an_actor


def an_occasion(**more):
    """Somebody brings goods now."""
    return Occasion(**{"by": an_actor(), "at": clock.now(), "document": "T-1"} | more)


def asking(of, item, *, other="", **more):
    """What is asked for, for today and the six days after."""
    today = clock.now().date()
    facts = {
        "other_class_id": HazardClass.objects.get(code=other).pk if other else None,
        "since": today - timedelta(days=1),
        "until": today + timedelta(days=5),
        "reason": "The other store is being painted",
        "safeguards": "A person stands watch with an extinguisher",
    }
    return Asked(of=of, item_id=item.pk, **facts | more)


def asked_for(of, item, *, warehouse, by=None, **more):
    """An override that nobody has approved."""
    by = by or an_actor(UserFactory(roles=[Role.SUPERVISOR]))
    with transaction.atomic():
        return ask_override(warehouse_id=warehouse.pk, asked=asking(of, item, **more), by=by, at=clock.now())


def approved(of, item, *, warehouse, **more):
    """An override in force."""
    override = asked_for(of, item, warehouse=warehouse, **more)
    with transaction.atomic():
        by = an_actor(UserFactory(roles=[Role.SAFETY]))
        return approve_override(override_id=override.pk, by=by, at=clock.now())
