"""Whatever a person or a device can reach shows them their own warehouses and nothing of another."""

import pytest
from django.apps import apps
from django.db import models
from django.urls import URLPattern, get_resolver

from apps.core.api.views import ScopedViewSet
from apps.core.querysets import ScopedQuerySet, SharedQuerySet
from tests.factories.accounts import DeviceFactory, UserFactory

OURS = [model for model in apps.get_models() if model.__module__.startswith("apps.")]
SCOPED = [model for model in OURS if issubclass(type(model._default_manager.all()), ScopedQuerySet)]
WITH_WAREHOUSE = [
    model
    for model in OURS
    if any(field.name == "warehouse" for field in model._meta.fields) and not model.__name__.startswith("Historical")
]
ACCESS = {"WarehouseAccess", "DeviceAccess"}
"""Who may work where is administered, not reached."""


def api_views():
    """Every view class under the API."""

    def walk(patterns):
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                view = getattr(pattern.callback, "cls", None)
                if view is not None and view.__module__.startswith("apps."):
                    yield view
            else:
                yield from walk(pattern.url_patterns)

    return sorted(set(walk(get_resolver().url_patterns)), key=lambda view: (view.__module__, view.__name__))


def test_what_belongs_to_a_warehouse_is_scoped_by_it():
    loose = [model.__name__ for model in WITH_WAREHOUSE if model not in SCOPED and model.__name__ not in ACCESS]

    assert loose == []


@pytest.mark.parametrize("model", SCOPED, ids=lambda model: model.__name__)
def test_its_path_leads_to_the_warehouse(model, db):
    user = UserFactory()
    user.device = DeviceFactory()

    assert list(model.objects.for_user(user)) == []
    path = model._default_manager.all().warehouse_path
    field = model
    for part in filter(None, path.split("__")):
        field = field._meta.get_field(part).related_model
    assert field._meta.label == "locations.Warehouse"


@pytest.mark.parametrize("view", api_views(), ids=lambda view: f"{view.__module__}.{view.__name__}")
def test_a_view_reads_through_the_scope(view):
    queryset = getattr(view, "queryset", None)
    if queryset is None:
        return
    assert isinstance(queryset, models.QuerySet)
    assert isinstance(queryset, ScopedQuerySet | SharedQuerySet), f"{view.__name__} reads past for_user"
    assert issubclass(view, ScopedViewSet) or "get_queryset" in vars(view)
