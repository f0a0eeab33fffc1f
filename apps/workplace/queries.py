"""Who may work with what, what is out of service, and what is due."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.locations.models import Location, Warehouse
from apps.locations.queries import letterhead, printed
from apps.workplace.models import Certificate, ClosedPlace, CorrectiveAction, SiteAsset, WorkplaceInspection
from apps.workplace.models.certificates import CertificateQuerySet
from apps.workplace.pdf import CheckFormPaper, FormLine
from apps.workplace.states import ActionState


def holds_certificate(*, person_id: int, kind_id: int, warehouse_id: int, at: datetime) -> bool:
    """Whether the person's certificate of that kind counts on the day that it is at the site; one statement."""
    return _said("select workplace_holds(%s, %s, %s, %s)", person_id, kind_id, warehouse_id, at)


def all_out_of_service(*, asset_kind_id: int, warehouse_id: int) -> bool:
    """Whether the site has such things and none of them is in service; one statement."""
    return _said("select workplace_all_out(%s, %s)", asset_kind_id, warehouse_id)


def closed_among(location_ids: Collection[int]) -> dict[int, str]:
    """Those of the places to which nobody is sent now, each with the action that closes it; one statement."""
    rows = ClosedPlace.objects.filter(location__in=location_ids).order_by("-action__number")
    return dict(rows.values_list("location", "action__number"))


def places_of(asset: SiteAsset) -> list[int]:
    """The places that are closed with a thing: its own, and all in its aisle and its zone; by id."""
    here = Q(pk=asset.location_id)
    if asset.aisle_id is not None:
        here |= Q(aisle=asset.aisle_id)
    if asset.zone_id is not None:
        here |= Q(zone=asset.zone_id)
    rows = Location.objects.physical().filter(here, warehouse=asset.warehouse_id)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def out_of_service() -> Exists:
    """Whether a thing is out of service, as a column of a list of things."""
    return Exists(CorrectiveAction.objects.filter(asset=OuterRef("pk"), state=ActionState.OPEN, takes_out=True))


def without_successor(on: date) -> CertificateQuerySet:
    """Certificates in force that expire, but for those whose holder has a longer one of the same kind."""
    rows = Certificate.objects.in_force(on).filter(expires_on__isnull=False)
    longer = (
        Certificate.objects.in_force(on)
        .filter(person=OuterRef("person"), kind=OuterRef("kind"))
        .filter(Q(expires_on=None) | Q(expires_on__gt=OuterRef("expires_on")))
    )
    return rows.exclude(Exists(longer))


def latest_day_of(person_id: int, *, at: datetime) -> date:
    """The calendar day at that instant where somebody works; of several sites the one that is furthest on."""
    sites = Warehouse.objects.filter(access__user=person_id)
    return max((site.local_date(at) for site in sites), default=at.date())


def who_answers(warehouse_id: int) -> User | None:
    """Who is asked to mend what failed when nobody is named: the first with the safety role who works there."""
    rows = User.objects.filter(is_active=True, groups__name=Role.SAFETY.value, warehouse_access__warehouse=warehouse_id)
    return rows.order_by("pk").first()


def check_form_of(inspection: WorkplaceInspection, *, at: datetime, by: User) -> CheckFormPaper:
    """The form of an inspection, as its checklist reads now."""
    asset, checklist = inspection.asset, inspection.checklist
    return CheckFormPaper(
        company=letterhead(),
        printed=printed(at, by, inspection.warehouse),
        number=inspection.number,
        due_on=inspection.due_on,
        asset=f"{asset.number} {asset.name}",
        where=asset.location.code if asset.location is not None else inspection.warehouse.name,
        checklist=checklist.name,
        source=checklist.source,
        is_verified=checklist.is_verified,
        lines=tuple(
            FormLine(line=line.line, text=line.text, limits=line.limits, is_critical=line.is_critical)
            for line in checklist.lines.all()
        ),
    )


def _said(question: str, *values: Any) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        [answer] = cursor.fetchone() or [False]
        return bool(answer)
