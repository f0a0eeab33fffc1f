"""Habits that no linter knows: who may assign a state, lock a row, read the clock, and listen."""

import ast

from tests.architecture.source import INSIDE, dotted, modules, operations, public_functions

LOCKERS = {
    "apps/core/prepared.py",
    "apps/core/querysets.py",
    "apps/journal/models.py",
    "apps/tasks/operations/claim.py",
}
"""`lock()` itself, and the two claims that skip what others hold: an outbox message and a task."""
CLOCKS = {
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "timezone.now",
    "time.time",
    "time.time_ns",
}
SURPRISES = ("random", "uuid", "secrets", "django.conf", "django.http", "rest_framework", "celery")
"""What would make an operation or a rule depend on more than it is told."""


def test_only_advance_assigns_a_state():
    assigned = [
        module.at(node)
        for module in modules()
        for node in module.lines(ast.Attribute)
        if isinstance(node.ctx, ast.Store) and node.attr == "state"
    ]

    assert [place.split(":")[0] for place in assigned] == ["apps/core/models.py"], assigned


def test_no_state_is_updated_past_its_flow():
    found = [
        module.at(node)
        for module in modules()
        for node in module.lines(ast.Call)
        if isinstance(node.func, ast.Attribute)
        and node.func.attr in {"update", "update_or_create"}
        and any(keyword.arg == "state" for keyword in node.keywords)
    ]

    assert [place.split(":")[0] for place in found] == ["apps/core/models.py"], found


def test_locks_are_taken_in_one_place():
    lockers = {
        module.name for module in modules() for node in module.lines(ast.Attribute) if node.attr == "select_for_update"
    }

    assert lockers == LOCKERS


def test_nobody_listens_for_signals():
    listeners = [
        module.at(node)
        for module in modules()
        for name, node in module.imports()
        if "signals" in name.split(".") or name.startswith("django.dispatch")
    ]

    assert listeners == []


def test_only_the_clock_reads_the_time():
    readers = {
        module.name
        for module in modules()
        for node in module.lines(ast.Attribute)
        if any(dotted(node).endswith(name) for name in CLOCKS)
    }

    assert readers == {"apps/core/clock.py"}


def test_operations_and_rules_are_told_the_time():
    found = [
        module.at(node)
        for module in modules()
        if module.kind in INSIDE
        for node in module.lines(ast.Call)
        if dotted(node.func) in {"clock.now", "now", "Now"}
    ]

    assert found == []


def test_operations_and_rules_hold_no_surprise():
    found = [
        f"{module.at(node)} {name}"
        for module in modules()
        if module.kind in {"operations", "rules", "states", "errors"}
        for name, node in module.imports()
        if name.startswith(SURPRISES)
    ]

    assert found == []


def test_rules_know_no_tables():
    imported = [
        f"{module.at(node)} {name}"
        for module in modules()
        if module.kind == "rules"
        for name, node in module.imports()
        if name.startswith("apps.") and {"models", "operations", "queries", "querysets"} & set(name.split("."))
    ]
    asked = [
        module.at(node)
        for module in modules()
        if module.kind == "rules"
        for node in module.lines(ast.Attribute)
        if node.attr == "objects"
    ]

    assert imported + asked == []


def test_an_operation_names_what_it_takes():
    """One thing may be told by place (what it is about); everything else is told by name."""
    found = [
        f"{module.at(function)} {function.name}"
        for module, function in operations()
        if len(function.args.args) > 1 or function.args.posonlyargs
    ]

    assert found == []


def test_an_operation_says_its_rule():
    silent = [
        f"{module.at(function)} {function.name}"
        for module in modules()
        if module.kind in {"operations", "rules", "queries"}
        for function in public_functions(module)
        if not ast.get_docstring(function)
    ]

    assert silent == []


def test_who_and_when_are_always_called_the_same():
    found = [
        f"{module.at(function)} {function.name}({argument.arg}: {ast.unparse(argument.annotation)})"
        for module, function in operations()
        for argument in [*function.args.args, *function.args.kwonlyargs]
        if argument.annotation is not None
        and (
            (argument.arg == "by" and "Actor" not in ast.unparse(argument.annotation))
            or (argument.arg == "at" and ast.unparse(argument.annotation) != "datetime")
            or (argument.arg in {"user", "actor", "now", "when"})
        )
    ]

    assert found == []


def test_an_edge_makes_one_call():
    """Two operations at an edge would be two transactions: half of a command could happen."""
    edges = {"edge.run", "self.command", "act", "desk.act"}
    found = []
    for module in modules():
        if module.kind not in {"api", "admin"}:
            continue
        for function in module.lines(ast.FunctionDef):
            calls = [node for node in ast.walk(function) if isinstance(node, ast.Call) and dotted(node.func) in edges]
            branches = [node for node in ast.walk(function) if isinstance(node, ast.If | ast.Match)]
            if len(calls) > 1 and not branches:
                found.append(f"{module.at(function)} {function.name}")

    assert found == []
