"""The two kinds of admin: master data that is edited with its history, and records that are only read."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from import_export.admin import ImportExportModelAdmin
from simple_history.admin import SimpleHistoryAdmin
from unfold.admin import ModelAdmin, TabularInline
from unfold.contrib.import_export.forms import ExportForm, ImportForm

from apps.core.admin.access import AccessMixin, worker_of
from apps.core.admin.resources import DeskResource, resource_of


class DeskAdmin(AccessMixin, ModelAdmin):  # type: ignore[misc]
    """What all lists share: a screenful of rows, filters that apply together, a first step for an empty list."""

    list_per_page = 50
    list_max_show_all = 200
    show_full_result_count = False
    list_fullwidth = True
    list_filter_submit = True
    warn_unsaved_form = True
    first_step: ClassVar[str] = ""
    """What to do when there is nothing here yet, as an empty list says it."""

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """The list, which knows who looks: an empty one leads only to where the person may go."""
        rows = super().get_changelist_instance(request)
        rows.request = request
        return rows


class TableDataAdmin(ImportExportModelAdmin, DeskAdmin):  # type: ignore[misc]
    """Small tables that are edited, imported and exported, without a history of their own."""

    import_form_class = ImportForm
    export_form_class = ExportForm
    # A whole page of rows is at hand in the list's own export; nobody exports a form.
    show_change_form_export = False

    def get_resource_classes(self, request: HttpRequest) -> list[type[DeskResource]]:
        """The table's columns, with numbers and codes for what they name."""
        del request
        return [resource_of(self.model)]

    def get_resource_kwargs(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Imports touch only rows that the person may see."""
        del args
        return {"user": request.user} | {name: value for name, value in kwargs.items() if name == "encoding"}

    def has_import_permission(self, request: HttpRequest) -> bool:
        """Who changes one row changes many."""
        return self.access.lets_change(worker_of(request))

    def has_export_permission(self, request: HttpRequest) -> bool:
        """Who sees one row sees many."""
        return self.access.lets_see(worker_of(request))


class MasterDataAdmin(SimpleHistoryAdmin, TableDataAdmin):  # type: ignore[misc]
    """Master data: edited, imported and exported, every change kept with who made it."""

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The changes of a row that the person may see."""
        self._must_see(request, object_id)
        return super().history_view(request, object_id, extra_context)  # type: ignore[no-any-return]

    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """An earlier version; who may not change a row may not put an earlier version back either."""
        self._must_see(request, object_id)
        if request.method == "POST" and not self.has_change_permission(request):
            raise PermissionDenied
        return super().history_form_view(request, object_id, version_id, extra_context)  # type: ignore[no-any-return]

    def _must_see(self, request: HttpRequest, object_id: str) -> None:
        if self.get_object(request, object_id) is None:
            raise Http404


class ReadOnlyAdmin(DeskAdmin):
    """Documents and the ledger: read here, changed by operations alone."""

    warn_unsaved_form = False
    actions_on_top = True

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Never by a form."""
        del request, obj
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Never by a form."""
        del request, obj
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Never."""
        del request, obj
        return False


class DeskInline(AccessMixin, TabularInline):  # type: ignore[misc]
    """Rows that belong to the record above them, in the same hands."""

    extra = 0
    tab = False
    hide_title = True
