"""Querysets that lock eagerly, and querysets that show a person only their own warehouses."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, ClassVar, Protocol, Self, TypeVar, cast

from django.db import connection, models

from apps.core.errors import NotFound

M = TypeVar("M", bound=models.Model)


class Viewer(Protocol):
    """Whoever looks: a user, perhaps by a device."""

    @property
    def is_active(self) -> bool:
        """Whether they may still sign in."""
        ...

    @property
    def is_superuser(self) -> bool:
        """Whether they see every warehouse."""
        ...

    @property
    def device(self) -> models.Model | None:
        """The device in their hand."""
        ...


class LockingQuerySet(models.QuerySet[M]):
    """Locks at once and in primary-key order, so that no caller holds a lazy lock or takes it in another order."""

    def lock(self, pks: Iterable[int] | None = None) -> list[M]:
        """The rows, locked and re-read, in primary-key order; with `pks`, just those."""
        rows = self if pks is None else self.filter(pk__in=list(pks))
        return list(rows.order_by("pk").select_for_update(of=("self",), no_key=True))

    def add_each(self, field: str, amounts: Mapping[int, Decimal], *, key: str = "id", **among: str | int) -> None:
        """Add to a column of the rows with these keys what is each one's own; one statement, however many.

        The key may be another column of whole numbers that is unique `among` the rows with these values.
        `bulk_update` takes a branch a row, which is slower than the work itself from a few hundred on.
        """
        kept = cast("models.Field[Any, Any]", self.model._meta.get_field(field))
        table, column = self.model._meta.db_table, kept.column
        others = "".join(f' and t."{name}" = %s' for name in among)
        with connection.cursor() as cursor:
            cursor.execute(
                f'update "{table}" t set "{column}" = t."{column}" + each.amount'  # noqa: S608 - the model's own names
                f' from unnest(%s::bigint[], %s::numeric[]) each(key, amount) where t."{key}" = each.key{others}',
                [list(amounts), list(amounts.values()), *among.values()],
            )

    def lock_one(self, pk: int) -> M:
        """One row, locked and re-read. Raises `NotFound` when there is none."""
        for row in self.lock([pk]):
            return row
        raise NotFound(kind=str(self.model._meta.verbose_name), number=str(pk))


class VisibleQuerySet(LockingQuerySet[M]):
    """Shows a user what they may see, and finds it by the key that people use."""

    @abstractmethod
    def for_user(self, user: Viewer) -> Self:
        """The rows this user may see."""

    def by_number(self, number: str, user: Viewer) -> M:
        """The row with this number if the user may see it. Raises `NotFound` otherwise."""
        row = self.for_user(user).filter(**{self.number_field(): storable(number)}).first()
        if row is None:
            raise NotFound(kind=str(self.model._meta.verbose_name), number=number)
        return row

    def pks_of(self, numbers: Sequence[str], user: Viewer) -> list[int]:
        """The keys of the rows with these numbers, in that order; one query. Raises `NotFound` for one not seen."""
        field = self.number_field()
        known = dict(
            self.for_user(user)
            .filter(**{f"{field}__in": {storable(number) for number in numbers}})
            .values_list(field, "pk")
        )
        for number in numbers:
            if number not in known:
                raise NotFound(kind=str(self.model._meta.verbose_name), number=number)
        return [known[number] for number in numbers]

    def number_field(self) -> str:
        """The human key's field: `number`, or `code` for places."""
        names = {field.name for field in self.model._meta.get_fields()}
        return "number" if "number" in names else "code"


class ScopedQuerySet(VisibleQuerySet[M]):
    """Shows a user the rows of the warehouses they work in; `warehouse_path` leads from the row to its warehouse."""

    warehouse_path: ClassVar[str] = "warehouse"

    def for_user(self, user: Viewer) -> Self:
        """The rows this user may see. A device's worker sees only what both the worker and the device may see.

        A superuser on no device sees everything.
        """
        rows = self
        if user.device is not None:
            rows = rows.filter(**{self._through("device_access__device"): user.device})
        if user.is_superuser:
            return rows
        return rows.filter(**{self._through("access__user"): user})

    @classmethod
    def _through(cls, lookup: str) -> str:
        return f"{cls.warehouse_path}__{lookup}" if cls.warehouse_path else lookup


class SharedQuerySet(VisibleQuerySet[M]):
    """Rows that every warehouse shares (items, parties): whoever is signed in sees them."""

    def for_user(self, user: Viewer) -> Self:
        """All rows for an active user, none otherwise."""
        return self if user.is_active else self.none()


def storable(text: str) -> str:
    """The text if PostgreSQL can hold it, else one that no row has: it cannot store NUL and would raise."""
    return "" if "\x00" in text else text


def values_check(field: str, states: type[models.TextChoices], name: str) -> models.CheckConstraint:
    """The database refuses a value that is not in the enumeration."""
    condition: Any = models.Q(**{f"{field}__in": states.values})
    return models.CheckConstraint(condition=condition, name=name)
