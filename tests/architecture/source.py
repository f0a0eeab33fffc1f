"""The source as data: every module of ours, parsed once."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

from config.paths import CHECKOUT

N = TypeVar("N", bound=ast.AST)

ROOT = Path(CHECKOUT)
INSIDE = {"operations", "rules", "models", "queries", "states", "pdf", "errors"}
"""Files that are told what they need: no clock, no settings, no request."""


@dataclass(frozen=True)
class Module:
    """A module of an app."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        """As it is shown: apps/tasks/operations.py."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def app(self) -> str:
        """The app it belongs to."""
        return self.path.relative_to(ROOT).parts[1]

    @property
    def kind(self) -> str:
        """The file, or the folder in the app, that says what it holds: operations, api, models."""
        return self.path.relative_to(ROOT).parts[2].removesuffix(".py")

    def lines(self, *kinds: type[N]) -> Iterator[N]:
        """Nodes of these kinds, wherever they stand."""
        return (node for node in ast.walk(self.tree) if isinstance(node, kinds))

    def at(self, node: ast.expr | ast.stmt) -> str:
        """Where a node stands, to be clicked on."""
        return f"{self.name}:{node.lineno}"

    def imports(self) -> Iterator[tuple[str, ast.stmt]]:
        """What is imported, in full: `apps.core.clock.now`."""
        for node in ast.walk(self.tree):
            if not isinstance(node, ast.Import | ast.ImportFrom):
                continue
            for alias in node.names:
                prefix = f"{node.module}." if isinstance(node, ast.ImportFrom) else ""
                yield prefix + alias.name, node


@cache
def modules() -> tuple[Module, ...]:
    """Every module of every app, without migrations."""
    paths = sorted(path for path in (ROOT / "apps").glob("*/**/*.py") if "migrations" not in path.parts)
    return tuple(Module(path, text := path.read_text("utf-8"), ast.parse(text)) for path in paths)


def app_names() -> list[str]:
    """The apps there are."""
    return sorted(path.parent.name for path in (ROOT / "apps").glob("*/__init__.py"))


def dotted(node: ast.AST) -> str:
    """`datetime.now` of a name or an attribute of names; empty for anything else."""
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else ""
    return node.id if isinstance(node, ast.Name) else ""


def public_functions(module: Module) -> Iterator[ast.FunctionDef]:
    """The functions that a module offers."""
    for node in module.tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node


def operations() -> Iterator[tuple[Module, ast.FunctionDef]]:
    """What an app does: all of its operations.py, or what its operations package offers to others."""
    for module in modules():
        if module.kind == "operations" and module.path.name != "__init__.py":
            offered = _offered(module)
            yield from ((module, each) for each in public_functions(module) if offered is None or each.name in offered)


def _offered(module: Module) -> set[str] | None:
    """The names that the package takes from the module; None for a module that is no package's."""
    if module.path.name == "operations.py":
        return None
    package = ast.parse(module.path.with_name("__init__.py").read_text("utf-8"))
    return {alias.name for node in ast.walk(package) if isinstance(node, ast.ImportFrom) for alias in node.names}
