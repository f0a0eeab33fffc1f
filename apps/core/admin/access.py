"""Who sees and who changes a kind of record at the desk, by role and by warehouse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol, cast

from django.db.models import Field, ForeignKey, Model, QuerySet, TextChoices
from django.http import Http404, HttpRequest, HttpResponse


class Worker(Protocol):
    """Whoever is signed in, as far as the desk needs to know them."""

    is_superuser: bool

    def has_role(self, *roles: Any) -> bool:
        """Whether they hold any of these roles."""


@dataclass(frozen=True, slots=True)
class Access:
    """The roles that see a kind of record, and those that change it; who changes sees, and a superuser may all."""

    see: tuple[TextChoices, ...] = ()
    change: tuple[TextChoices, ...] = ()

    def lets_see(self, worker: Worker) -> bool:
        """Whether the worker may look."""
        return worker.has_role(*self.see, *self.change)

    def lets_change(self, worker: Worker) -> bool:
        """Whether the worker may add, change and delete."""
        return worker.has_role(*self.change)


NOBODY = Access()


class Stranger:
    """Nobody has signed in yet: the page to do so is drawn as well."""

    is_superuser = False

    def has_role(self, *roles: Any) -> bool:
        """None."""
        del roles
        return False


def worker_of(request: HttpRequest) -> Worker:
    """Whoever is signed in."""
    return cast("Worker", request.user) if request.user.is_authenticated else Stranger()


def visible(rows: QuerySet[Any], request: HttpRequest) -> QuerySet[Any]:
    """The rows this person may see: those of their warehouses, where rows belong to one."""
    for_user = getattr(rows, "for_user", None)
    return rows if for_user is None else for_user(request.user)


def rows_of(model: type[Model]) -> QuerySet[Any]:
    """All rows of a table, through the manager that knows whose they are."""
    return model._default_manager.all()  # noqa: SLF001 - Django's documented name


class AccessMixin:
    """Permissions from one `Access`; every queryset that a page, a search or a form reads is the person's own."""

    access: Access = NOBODY

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Whether the kind of record is in the person's menu."""
        return self.access.lets_see(worker_of(request))

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """By role; which rows, `get_queryset` says."""
        del obj
        return self.access.lets_see(worker_of(request))

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """By role. Inlines are asked with the object they stand in."""
        del obj
        return self.access.lets_change(worker_of(request))

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """By role."""
        del obj
        return self.access.lets_change(worker_of(request))

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """By role; the database keeps what is in use."""
        del obj
        return self.access.lets_change(worker_of(request))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """The person's own rows; list, page, autocomplete, action and export all start here."""
        return visible(super().get_queryset(request), request)  # type: ignore[misc]

    def formfield_for_foreignkey(self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any) -> Any:
        """Only what the person may see can be chosen, or posted by hand."""
        kwargs.setdefault("queryset", visible(_rows_of(db_field), request))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Only what the person may see can be chosen, or posted by hand."""
        kwargs.setdefault("queryset", visible(_rows_of(db_field), request))
        return super().formfield_for_manytomany(db_field, request, **kwargs)  # type: ignore[misc]

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> HttpResponse:
        """What does not exist and what may not be seen are not told apart."""
        del request
        raise Http404(f"There is no {opts.verbose_name} {object_id}.")


def _rows_of(field: Field[Any, Any]) -> QuerySet[Any]:
    related = cast("type[Model]", field.related_model)
    return rows_of(related)
