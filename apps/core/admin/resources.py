"""Import and export of master data: rows are named by the numbers people use, within a person's warehouses."""

from __future__ import annotations

import functools
from typing import Any

from django.db.models import ForeignKey, Model, QuerySet, UniqueConstraint
from import_export.resources import ModelResource, modelresource_factory
from import_export.widgets import ForeignKeyWidget

from apps.core.admin.access import rows_of

KEYS = ("number", "code")


def key_of(model: type[Model]) -> str | None:
    """The field that people know a row by."""
    names = {field.name for field in model._meta.get_fields()}
    return next((key for key in KEYS if key in names), None)


class DeskWidget(ForeignKeyWidget):  # type: ignore[misc]
    """Finds what a row names by number or code, in the warehouse that the row names, where codes repeat."""

    def get_queryset(self, value: Any, row: dict[str, Any], *args: Any, **kwargs: Any) -> QuerySet[Any]:
        """What the person importing may see."""
        del value, args
        rows = rows_of(self.model)
        user = kwargs.get("user")
        if user is not None and hasattr(rows, "for_user"):
            rows = rows.for_user(user)
        names = {field.name for field in self.model._meta.get_fields()}
        if "warehouse" in names and row.get("warehouse"):
            rows = rows.filter(warehouse__code=row["warehouse"])
        return rows


class DeskResource(ModelResource):  # type: ignore[misc]
    """Reads and writes a table; a row that is there is changed, another is added, none is deleted."""

    def __init__(self, user: Any = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.user = user

    def get_queryset(self) -> QuerySet[Any]:
        """A row of a warehouse that the person does not work in is not theirs to change."""
        rows: QuerySet[Any] = super().get_queryset()
        return rows.for_user(self.user) if self.user is not None and hasattr(rows, "for_user") else rows

    def after_import(self, dataset: Any, result: Any, **kwargs: Any) -> None:
        """Nothing to mend: no file names a database key, and the application's role may not set sequences anyway."""

    def filter_export(self, queryset: QuerySet[Any], **kwargs: Any) -> QuerySet[Any]:
        """With the rows that each names, in the same query."""
        del kwargs
        names = [field.name for field in self._meta.model._meta.concrete_fields if field.is_relation]
        return queryset.select_related(*names)

    @classmethod
    def field_from_django_field(cls, field_name: str, django_field: Any, readonly: bool) -> Any:  # noqa: FBT001 - theirs
        """What a row names is read and set as an object, so that the file can say its code."""
        field = super().field_from_django_field(field_name, django_field, readonly)
        if isinstance(django_field, ForeignKey):
            field.attribute, field.widget.key_is_id = field_name, False
        return field

    @classmethod
    def get_fk_widget(cls, field: ForeignKey[Any, Any]) -> Any:
        """Other rows are named by number or code, never by a database key."""
        model = field.remote_field.model
        return functools.partial(DeskWidget, model=model, field=key_of(model) or "pk")


@functools.cache
def resource_of(model: type[Model]) -> type[DeskResource]:
    """The resource of a table: its own columns, and the unique ones as what a row is known by."""
    names = [field.name for field in model._meta.concrete_fields if field.name != "id"]
    key = key_of(model)
    identity = [name for name in ("warehouse", "item", "supplier") if name in names and not _is_unique(model, key)]
    made: type[DeskResource] = modelresource_factory(
        model,
        resource_class=DeskResource,
        meta_options={
            "fields": names,
            "import_id_fields": [*identity, key] if key else _unique_fields(model) or ["id"],
            "skip_unchanged": True,
            "clean_model_instances": True,
        },
    )
    return made


def _is_unique(model: type[Model], key: str | None) -> bool:
    return key is not None and bool(model._meta.get_field(key).unique)  # type: ignore[union-attr]


def _unique_fields(model: type[Model]) -> list[str]:
    rules = (rule for rule in model._meta.constraints if isinstance(rule, UniqueConstraint))
    return next((list(rule.fields) for rule in rules if rule.condition is None), [])
