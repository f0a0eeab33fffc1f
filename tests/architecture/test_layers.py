"""An app knows only what stands below it, in its imports (import-linter) and in its tables (here)."""

import ast
import tomllib

import pytest
from django.apps import apps
from django.conf import settings

from tests.architecture.source import ROOT, app_names, modules

FORBIDDEN = {"utils", "helpers", "services", "managers", "signals", "common", "misc"}
MOST_LINES = 500


def layers():
    """Each app's height: 0 is the top. Siblings share one."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    (contract,) = (contract for contract in contracts if contract["type"] == "layers")
    return {name.strip(): height for height, layer in enumerate(contract["layers"]) for name in layer.split("|")}


def test_every_app_has_a_layer_and_is_installed():
    assert sorted(layers()) == app_names()
    assert {f"apps.{name}" for name in app_names()} <= set(settings.INSTALLED_APPS)


def test_a_foreign_key_leads_to_the_same_app_or_to_one_below():
    height = layers()
    upward = [
        f"{model.__name__}.{field.name} -> {field.related_model.__name__}"
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("apps.")
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model is not None
        for here, there in [(model._meta.app_label, field.related_model._meta.app_label)]
        if there in height and here != there and height[there] <= height[here]
    ]

    assert upward == []


def test_no_relation_leads_to_just_anything():
    generic = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("apps.")
        for field in model._meta.private_fields
    ]

    assert generic == []


def test_no_app_knows_how_the_site_is_put_together():
    knows = [
        module.at(node) for module in modules() for name, node in module.imports() if name.split(".")[0] == "config"
    ]

    assert knows == []


def test_no_module_is_named_after_nothing():
    found = [
        module.name for module in modules() if FORBIDDEN & {part.removesuffix(".py") for part in module.path.parts}
    ]

    assert found == []


def test_no_module_is_too_long_to_read():
    long = {module.name: lines for module in modules() if (lines := module.text.count("\n")) > MOST_LINES}

    assert long == {}


@pytest.mark.parametrize("app", app_names())
def test_an_app_says_what_it_is_for(app):
    text = (ROOT / "apps" / app / "__init__.py").read_text("utf-8")

    assert ast.get_docstring(ast.parse(text))


def test_every_operation_and_rule_stands_in_a_file_that_says_so():
    both = [app for app in app_names() if {"operations.py", "operations"} <= names_in(app)]

    assert both == [], "one module or one package, not both"


def names_in(app):
    return {path.name for path in (ROOT / "apps" / app).iterdir()}
