"""How far a wave is walked, beside the ways that have names."""

from __future__ import annotations

from decimal import Decimal

from apps.core.admin.cells import NOTHING, Tone, badge
from apps.core.admin.page import Column, Table
from apps.locations.routing import Policy
from apps.orders.models import Wave
from apps.orders.queries import WalkComparison, compared_walks
from apps.orders.queries.walks import BY_NUMBER
from apps.orders.states import WalkKind

KIND_TONES = {WalkKind.EXACT: Tone.DONE, WalkKind.NEAR: Tone.PROGRESS, WalkKind.SEQUENCE: Tone.WAITING}
KIND_WORDS = {WalkKind.EXACT: "shortest", WalkKind.NEAR: "short", WalkKind.SEQUENCE: "by number"}
POLICIES = {
    Policy.S_SHAPE.value: "S-shape",
    Policy.RETURN.value: "Return",
    Policy.MIDPOINT.value: "Midpoint",
    Policy.LARGEST_GAP.value: "Largest gap",
    Policy.COMBINED.value: "Combined",
    BY_NUMBER: "By number",
}


def walks_table(wave: Wave) -> Table:
    """For each zone how far the walk is, and by how much the named ways are longer."""
    return Table(
        title="The walk",
        columns=(
            Column("Zone"),
            Column("Walk"),
            Column("Bins", number=True),
            Column("Metres", number=True),
            *(Column(name, number=True) for name in POLICIES.values()),
        ),
        rows=[
            (
                walk.zone or NOTHING,
                badge(KIND_WORDS[walk.kind], KIND_TONES[walk.kind]),
                walk.stops,
                _metres(walk.metres),
                *(_compared(walk, policy) for policy in POLICIES),
            )
            for walk in compared_walks(wave)
        ],
        empty="Nothing is walked for it.",
    )


def _metres(length: Decimal | None) -> str:
    return NOTHING if length is None else f"{length:,.1f}"


def _compared(walk: WalkComparison, policy: str) -> str:
    saved = walk.saved(policy)
    return _metres(walk.by_policy.get(policy)) + (f" (+{saved:,.1f})" if saved else "")
