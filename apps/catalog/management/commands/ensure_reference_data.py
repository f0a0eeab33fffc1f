"""Brings a database the reference data that everything expects. Safe to run again: it adds, and seldom changes.

Stands in catalog, the lowest app that may see all of it: units and reasons here, hazard classes and storage conditions
in safety, the service account in accounts. Schedules name their jobs by text, as the database does.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django_celery_beat.models import CrontabSchedule, IntervalSchedule, PeriodicTask

from apps.accounts.models import SYSTEM, User
from apps.catalog.models import Category, ReasonCode, Unit
from apps.safety.models import (
    FlammableLimit,
    GhsPhrase,
    HazardClass,
    KineticRule,
    SegregationRule,
    StorageCondition,
    TransportRule,
)


class Command(BaseCommand):
    """Loads fixtures/*.json by natural key.

    What people may change stays as they left it: a unit, a category and a schedule are only added. A rule of law is
    replaced when the file's text of it took effect later than the one we have.
    """

    help = "Add the reference data that is missing: units, reasons, hazard classes, storage conditions, schedules."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One option: the industry whose categories to add."""
        parser.add_argument("--profile", help="also the categories of an industry: a file of fixtures/profiles")

    def handle(self, *, profile: str | None = None, **options: Any) -> None:
        """All of it, or none."""
        with transaction.atomic():
            added = {
                "service accounts": _service_account(),
                "units": sum(_unit(**row) for row in _rows("units")),
                "reason codes": sum(_reason(**row) for row in _rows("reason_codes")),
                "hazard classes": sum(_rule(HazardClass, row) for row in _rows("hazard_classes")),
                "hazards kept apart": _apart(_rows("hazard_segregation")),
                "rules of transport": sum(_carried(**table) for table in _rows("transport_segregation")),
                "storage conditions": sum(_rule(StorageCondition, row) for row in _rows("storage_conditions")),
                "rules on excursions": sum(_judged(**row) for row in _rows("kinetic_rules")),
                "limits of flammable liquids": sum(_limited(**row) for row in _rows("flammable_limits")),
                "phrases of labels": sum(_phrase(**row) for row in _rows("ghs_phrases")),
                "schedules": sum(_schedule(**row) for row in _rows("schedules")),
            }
            if profile:
                added["categories"] = _profile(profile)
        if options["verbosity"]:
            new = ", ".join(f"{count} {what}" for what, count in added.items() if count)
            self.stdout.write(f"Reference data: {new or 'nothing new'}.")


def _file(name: str) -> Path:
    for folder in settings.FIXTURE_DIRS:
        path = Path(folder) / f"{name}.json"
        if path.is_file():
            return path
    raise CommandError(f"There is no {name}.json among the fixtures.")


def _rows(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(_file(name).read_text("utf-8"))
    return rows


def _service_account() -> bool:
    """The account that jobs act as; nobody can sign in with it."""
    user, new = User.objects.get_or_create(username=SYSTEM, defaults={"is_active": False, "first_name": "Stillage"})
    if new:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return new


def _unit(*, code: str, **row: Any) -> bool:
    """Add a unit."""
    return Unit.objects.get_or_create(code=code, defaults=row)[1]


def _reason(*, kind: str, code: str, **row: Any) -> bool:
    """Add a reason; one that is there, switched off or reworded, stays so."""
    return ReasonCode.objects.get_or_create(kind=kind, code=code, defaults=row)[1]


def _rule(model: type[HazardClass | StorageCondition], row: dict[str, Any]) -> bool:
    """Add a rule of law, or replace it by a text that took effect later."""
    row["effective_on"] = date.fromisoformat(row["effective_on"])
    rule = model.objects.filter(code=row["code"]).first()
    if rule is None:
        rule = model()
    elif rule.effective_on >= row["effective_on"]:
        return False
    for name, value in row.items():
        setattr(rule, name, value)
    rule.save()
    return True


def _judged(*, condition: str, effective_on: str, **limits: Any) -> bool:
    """Add the rule by which excursions are judged; what the site made of one, or a rule of another day, stays."""
    band = StorageCondition.objects.get(code=condition)
    on = date.fromisoformat(effective_on)
    return KineticRule.objects.get_or_create(condition=band, effective_on=on, defaults=limits)[1]


def _limited(*, kind: str, categories: list[int], effective_on: str, **limit: Any) -> bool:
    """Add how much of flammable liquids areas of a kind may hold; what the site made of one, or a later text, stays."""
    on = date.fromisoformat(effective_on)
    asked = FlammableLimit.objects.filter(kind=kind, categories=categories)
    return asked.get_or_create(effective_on=on, defaults={"kind": kind, "categories": categories, **limit})[1]


def _phrase(*, code: str, effective_on: str, **words: Any) -> bool:
    """Add a phrase of labels; what the site made of one, or a text of another day, stays."""
    on = date.fromisoformat(effective_on)
    return GhsPhrase.objects.get_or_create(code=code, effective_on=on, defaults=words)[1]


def _apart(rows: list[dict[str, Any]]) -> int:
    """Add rules on two hazard classes; what the site made of one, or a rule of another day, stays."""
    classes = HazardClass.objects.in_bulk(field_name="code")
    known = set(SegregationRule.objects.values_list("first__code", "second__code", "effective_on"))
    missing = [
        SegregationRule(
            first=classes[row["first"]],
            second=classes[row["second"]],
            effective_on=date.fromisoformat(row["effective_on"]),
            apart=row["apart"],
            source=row["source"],
            note=row["note"],
        )
        for row in rows
        if (row["first"], row["second"], date.fromisoformat(row["effective_on"])) not in known
    ]
    for rule in missing:
        rule.save()  # each with its line of history
    return len(missing)


def _carried(*, table: str, source: str, effective_on: str, columns: list[str], rows: dict[str, str]) -> int:
    """Add the cells of a table of transport; the table is symmetric, so each pair of rows is kept once."""
    day = date.fromisoformat(effective_on)
    known = set(TransportRule.objects.filter(table=table, effective_on=day).values_list("first", "second"))
    cells = {
        (first, second): mark
        for place, (first, marks) in enumerate(rows.items())
        for second, mark in list(zip(columns, marks.split(), strict=True))[place:]
    }
    missing = [
        TransportRule(table=table, first=first, second=second, mark=mark, source=source, effective_on=day)
        for (first, second), mark in cells.items()
        if (first, second) not in known
    ]
    TransportRule.objects.bulk_create(missing)
    return len(missing)


def _schedule(
    *,
    name: str,
    task: str,
    every: dict[str, int] | None = None,
    at: dict[str, str] | None = None,
    arguments: dict[str, Any] | None = None,
) -> bool:
    """Add a schedule. Of one that is there only the job's name and arguments are brought up to date."""
    kwargs = json.dumps(arguments or {})
    known = PeriodicTask.objects.filter(name=name).first()
    if known is not None:
        if (known.task, known.kwargs) != (task, kwargs):
            known.task, known.kwargs = task, kwargs
            known.save()
        return False
    interval = crontab = None
    if every:
        interval, _ = IntervalSchedule.objects.get_or_create(every=every["seconds"], period=IntervalSchedule.SECONDS)
    else:
        crontab, _ = CrontabSchedule.objects.get_or_create(**(at or {}), timezone=settings.CELERY_TIMEZONE)
    PeriodicTask.objects.create(name=name, task=task, kwargs=kwargs, interval=interval, crontab=crontab)
    return True


def _profile(code: str) -> int:
    """Add an industry's categories."""
    profile = json.loads(_file(f"profiles/{code}").read_text("utf-8"))
    known = {category.code: category for category in Category.objects.all()}
    added = 0
    for row in profile["categories"]:
        if row["code"] not in known:
            parent = known.get(row.get("parent", ""))
            known[row["code"]] = Category.objects.create(code=row["code"], name=row["name"], parent=parent)
            added += 1
    return added
