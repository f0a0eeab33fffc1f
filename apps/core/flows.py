"""States as data: one table says which state may follow which."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from django.db import models

from apps.core.errors import IllegalTransition


class Flow:
    """A document's states and the moves between them, complete by construction.

    Raises `ValueError` when a state of the enumeration has no row or a row names a state of another.
    """

    def __init__(self, transitions: Mapping[models.TextChoices, AbstractSet[models.TextChoices]]) -> None:
        states = type(next(iter(transitions)))
        missing = set(states) - set(transitions)
        if missing:
            msg = f"{states.__name__} has no row for {', '.join(sorted(missing))}"
            raise ValueError(msg)
        foreign = {state for row in transitions.values() for state in row if not isinstance(state, states)}
        if foreign:
            msg = f"{states.__name__} cannot lead to {', '.join(sorted(foreign))}"
            raise ValueError(msg)
        self.states: type[models.TextChoices] = states
        self.transitions: dict[str, frozenset[str]] = {
            state.value: frozenset(target.value for target in targets) for state, targets in transitions.items()
        }

    def allows(self, state: str, target: str) -> bool:
        """Whether a document in `state` may become `target`."""
        return target in self.transitions[state]

    def check(self, state: str, target: str, *, document: object) -> None:
        """Refuse with `IllegalTransition` what the table does not allow."""
        if not self.allows(state, target):
            raise IllegalTransition(document=str(document), state=state, target=target)

    def is_final(self, state: str) -> bool:
        """Whether nothing can follow `state`."""
        return not self.transitions[state]

    def as_mermaid(self) -> str:
        """The table as a Mermaid state diagram, for docs/flows."""
        first = next(iter(self.transitions))
        lines = ["stateDiagram-v2", f"    [*] --> {first}"]
        for state, targets in self.transitions.items():
            lines += [f"    {state} --> {target}" for target in sorted(targets)]
            if not targets:
                lines.append(f"    {state} --> [*]")
        return "\n".join(lines) + "\n"
