"""Jobs are called by name from the outbox and the schedule, perhaps twice, perhaps by a newer or older sender."""

import ast
import importlib
import inspect
import json

import pytest
from celery import current_app

from tests.architecture.source import ROOT, dotted, modules

for path in sorted((ROOT / "apps").glob("*/jobs.py")):
    importlib.import_module(f"apps.{path.parent.name}.jobs")

JOBS = {name: job for name, job in current_app.tasks.items() if job.__module__.startswith("apps.")}


@pytest.mark.parametrize("name", sorted(JOBS))
def test_a_job_is_named_after_its_app_and_function(name):
    job = JOBS[name]

    assert name == f"{job.__module__.split('.')[1]}.{job.__name__}"
    assert job.__module__.endswith(".jobs")


@pytest.mark.parametrize("name", sorted(JOBS))
def test_a_job_takes_names_and_leaves_what_it_does_not_know(name):
    takes = inspect.signature(JOBS[name].run).parameters.values()

    assert {each.kind for each in takes} <= {inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.VAR_KEYWORD}
    assert [each.name for each in takes if each.kind is inspect.Parameter.VAR_KEYWORD] == ["_"]


def test_whatever_is_enqueued_or_scheduled_is_a_job():
    enqueued = {
        node.args[0].value: module.at(node)
        for module in modules()
        for node in module.lines(ast.Call)
        if dotted(node.func).endswith("enqueue") and node.args and isinstance(node.args[0], ast.Constant)
    }
    schedules = json.loads((ROOT / "fixtures" / "schedules.json").read_text("utf-8"))
    scheduled = {row["task"]: "fixtures/schedules.json" for row in schedules}
    assert enqueued
    assert scheduled

    unknown = {name: place for name, place in (enqueued | scheduled).items() if name not in JOBS}
    assert unknown == {}
