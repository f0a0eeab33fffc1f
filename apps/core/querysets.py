"""Querysets that lock eagerly and write by column, and querysets that show a person only their own warehouses."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any, ClassVar, Protocol, Self, TypeAlias, TypeVar, cast

from django.db import connection, models

from apps.core.arrays import numbers, texts
from apps.core.errors import NotFound
from apps.core.prepared import Prepared

M = TypeVar("M", bound=models.Model)
Column: TypeAlias = "models.Field[Any, Any]"


class Keys:
    """A thousand keys for `among`: of a list that is compared with a relation Django looks at each by itself."""

    __slots__ = ("text",)

    def __init__(self, keys: Collection[int]) -> None:
        self.text = numbers(keys)


@models.ForeignKey.register_lookup
@models.Field.register_lookup
class Among(models.Lookup):
    """`item__among=keys`: one of the keys, in one parameter however many there are.

    `in` takes a parameter a key: a statement that is planned anew for each number of them, and slower to write than to
    run from a few hundred on.
    """

    lookup_name = "among"

    def get_prep_lookup(self) -> Any:
        """The keys as a list, as the database's arrays are given."""
        return self.rhs if isinstance(self.rhs, Keys) else list(self.rhs)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """Equal to any of them."""
        column, given = self.process_lhs(compiler, connection)
        keys = self.rhs.text if isinstance(self.rhs, Keys) else _given(self.lhs.output_field, self.rhs)
        return f"{column} = any(%s::{_array_of(self.lhs.output_field)})", (*given, keys)


class Viewer(Protocol):
    """Whoever looks: a user, perhaps by a device."""

    @property
    def pk(self) -> Any:
        """Their key."""
        ...

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
        wanted = None if pks is None else list(pks)
        if wanted is not None and len(wanted) == 1 and self._is_bare():
            return list(_lock_of(self.model).rows(wanted[0]))
        rows = self if wanted is None else self.filter(pk__among=wanted)
        return list(rows.order_by("pk").select_for_update(of=("self",), no_key=True))

    def lock_free(self) -> list[M]:
        """Those of the rows that nobody holds at this moment, locked and re-read, in primary-key order; no wait."""
        return list(self.order_by("pk").select_for_update(of=("self",), no_key=True, skip_locked=True))

    def hold(self, pks: Iterable[int]) -> set[int]:
        """Lock these rows without reading them, in primary-key order; the keys of those that there are."""
        wanted = list(pks)
        if not wanted:
            return set()
        rows = self.filter(pk__among=wanted).order_by("pk").select_for_update(no_key=True)
        return set(rows.values_list("pk", flat=True))

    def add_rows(self, **columns: Sequence[Any] | str | int) -> None:
        """Insert rows that are given by column, in their order; one statement, however many.

        Each column is a list, or one value for all rows, by the name that it has in the database; at least one is a
        list. `bulk_create` takes an object a row and a parameter a value, which is slower than the work itself.
        """
        table = self.model._meta.db_table
        lists = {name: column for name, column in columns.items() if isinstance(column, list)}
        alike = {name: value for name, value in columns.items() if name not in lists}
        names = ", ".join(f'"{name}"' for name in (*lists, *alike))
        each = ", ".join(f'each."{name}"' for name in lists)
        given = ", ".join(f'"{name}"' for name in lists)
        arrays = ", ".join(f"%s::{_array_of(self._column(name))}" for name in lists)
        ones = "".join(f", %s::{_type_of(self._column(name))}" for name in alike)
        values: list[Any] = [*alike.values(), *(_given(self._column(name), column) for name, column in lists.items())]
        with connection.cursor() as cursor:
            cursor.execute(
                f'insert into "{table}" ({names}) select {each}{ones}'  # noqa: S608 - the model's own names
                f" from unnest({arrays}) with ordinality each({given}, place) order by place",
                values,
            )

    def add_each(self, field: str, amounts: Mapping[int, Decimal], *, key: str = "id", **among: str | int) -> None:
        """Add to a column of the rows with these keys what is each one's own; one statement, however many.

        The key may be another column of whole numbers that is unique `among` the rows with these values.
        `bulk_update` takes a branch a row, which is slower than the work itself from a few hundred on.
        """
        table, column = self.model._meta.db_table, self._column(field).column
        others = "".join(f' and t."{name}" = %s' for name in among)
        with connection.cursor() as cursor:
            cursor.execute(
                f'update "{table}" t set "{column}" = t."{column}" + each.amount'  # noqa: S608 - the model's own names
                f' from unnest(%s::bigint[], %s::numeric[]) each(key, amount) where t."{key}" = each.key{others}',
                [numbers(amounts), numbers(amounts.values()), *among.values()],
            )

    def _column(self, name: str) -> Column:
        return cast("Column", self.model._meta.get_field(name))

    def lock_one(self, pk: int) -> M:
        """One row, locked and re-read. Raises `NotFound` when there is none."""
        for row in _lock_of(self.model).rows(pk) if self._is_bare() else self.lock([pk]):
            return row
        raise NotFound(kind=str(self.model._meta.verbose_name), number=str(pk))

    def _is_bare(self) -> bool:
        """Whether nothing was asked of it yet, so that it is the same statement each time."""
        query = self.query
        return not (
            query.where
            or query.select_related
            or query.annotations
            or query.order_by
            or query.values_select
            or query.deferred_loading[0]
            or query.is_sliced
            or query.distinct
            or query.combinator
            or query.select_for_update
            or self._prefetch_related_lookups  # type: ignore[attr-defined]  # the stubs lack it
        )


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
            rows = rows.filter(**{self._through("device_access__device"): user.device.pk})
        if user.is_superuser:
            return rows
        return rows.filter(**{self._through("access__user"): user.pk})

    def seen_by_worker(self, user: int, device: int) -> Self:
        """As `for_user` of a worker with a device, by their keys: for a query that is written once."""
        return self.for_user(_Worker(pk=user, device=_Worker(pk=device, device=None)))

    def by_number(self, number: str, user: Viewer) -> M:
        """The row with this number if the user may see it. Raises `NotFound` otherwise."""
        if user.is_superuser or user.device is None or not self._is_bare():
            return super().by_number(number, user)
        row: M | None = _seen_by_worker(type(self), self.model).first(storable(number), user.pk, user.device.pk)
        if row is None:
            raise NotFound(kind=str(self.model._meta.verbose_name), number=number)
        return row

    @classmethod
    def _through(cls, lookup: str) -> str:
        return f"{cls.warehouse_path}__{lookup}" if cls.warehouse_path else lookup


@dataclass(frozen=True, slots=True)
class _Worker:
    """Somebody with a device in their hand, by their keys."""

    pk: int
    device: Any
    is_active: bool = True
    is_superuser: bool = False


@cache
def _seen_by_worker(kind: type[ScopedQuerySet[M]], model: type[M]) -> Prepared[M]:
    """A row by its number, as it is asked for at each scan and each confirm."""

    def build(number: str, user: int, device: int) -> ScopedQuerySet[M]:
        rows = kind(model)
        found = rows.seen_by_worker(user, device).filter(**{rows.number_field(): number})
        return (found if found.ordered else found.order_by("pk"))[:1]

    return Prepared(build, str, int, int)


def locking(rows: models.QuerySet[M], *, of: str = "self") -> models.QuerySet[M]:
    """The rows' query as one that locks them, or what they name by `of`: for `Prepared`, which asks it at once."""
    return rows.order_by().select_for_update(of=(of,), no_key=True)


@cache
def _lock_of(model: type[M]) -> Prepared[M]:
    """One row of the model, locked."""
    return Prepared(lambda pk: locking(LockingQuerySet(model).filter(pk=pk)), int)


class SharedQuerySet(VisibleQuerySet[M]):
    """Rows that every warehouse shares (items, parties): whoever is signed in sees them."""

    def for_user(self, user: Viewer) -> Self:
        """All rows for an active user, none otherwise."""
        return self if user.is_active else self.none()


def _type_of(field: Column) -> str:
    """Its type in the database, of no length: a cast to one would cut what is too long instead of refusing it."""
    return re.sub(r"\(.*\)", "", str(field.db_type(connection)))


def _given(field: Column, values: list[Any]) -> str:
    return texts(values) if isinstance(field, models.CharField | models.TextField) else numbers(values)


def _array_of(field: Column) -> str:
    return f"{_type_of(field)}[]"


def storable(text: str) -> str:
    """The text if PostgreSQL can hold it, else one that no row has: it cannot store NUL and would raise."""
    return "" if "\x00" in text else text


def values_check(field: str, states: type[models.TextChoices], name: str) -> models.CheckConstraint:
    """The database refuses a value that is not in the enumeration."""
    condition: Any = models.Q(**{f"{field}__in": states.values})
    return models.CheckConstraint(condition=condition, name=name)
