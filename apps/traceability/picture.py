"""A trace as a picture: levels from left to right, what is possible in broken lines; drawn on the server."""

from __future__ import annotations

from collections import defaultdict
from html import escape

from apps.traceability.queries.trees import Trace, TraceKind, TraceNode

MOST = 200
"""Nodes that are drawn, the nearest first; more can no longer be read, and their number is said."""
WIDTH, HEIGHT = 168, 38
ACROSS, DOWN = 72, 12
TALL = 24
"""Nodes under each other; a level that has more stands in several columns."""
EDGE, TOP = 24, 76
LETTERS = 22

COLOURS: dict[TraceKind, tuple[str, str]] = {
    TraceKind.SUPPLIER: ("#ede9fe", "#6d28d9"),
    TraceKind.RECEIPT: ("#dbeafe", "#1d4ed8"),
    TraceKind.LOT: ("#ccfbf1", "#0f766e"),
    TraceKind.SERIAL: ("#d9f99d", "#4d7c0f"),
    TraceKind.ITEM: ("#f4f4f5", "#52525b"),
    TraceKind.WORK: ("#fef3c7", "#b45309"),
    TraceKind.SHIPMENT: ("#ffedd5", "#c2410c"),
    TraceKind.CUSTOMER: ("#fce7f3", "#be185d"),
}


def draw_trace(trace: Trace, *, title: str) -> str:
    """The picture as SVG; what is beyond `MOST` nodes is counted on it."""
    nodes = list(trace.nodes.values())[:MOST]
    left_out = len(trace.nodes) - len(nodes)
    places = _placed(trace, nodes)
    width = max((x for x, _ in places.values()), default=EDGE) + WIDTH + EDGE
    height = max((y for _, y in places.values()), default=TOP) + HEIGHT + EDGE
    width = max(width, 12 * 92)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"',
        f' role="img" aria-label="{escape(title)}" font-family="system-ui, sans-serif">',
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        f'<text x="{EDGE}" y="26" font-size="15" font-weight="600" fill="#18181b">{escape(title)}</text>',
        *_legend(left_out),
        *_lines(trace, places),
        *(_box(node, *places[node.key], start=node.key in trace.starts) for node in nodes),
        "</svg>",
    ]
    return "".join(parts)


def _placed(trace: Trace, nodes: list[TraceNode]) -> dict[str, tuple[int, int]]:
    """Columns by level; in a column what belongs to what stands left of it is near that."""
    levels: defaultdict[int, list[TraceNode]] = defaultdict(list)
    for node in nodes:
        levels[node.level].append(node)
    before: defaultdict[str, list[str]] = defaultdict(list)
    for edge in sorted(trace.edges):
        before[edge.target].append(edge.source)
    places: dict[str, tuple[int, int]] = {}
    rows: dict[str, float] = {}
    x = EDGE
    for level in sorted(levels):
        column = sorted(levels[level], key=lambda node: (_near(before[node.key], rows), node.kind, node.number))
        for place, node in enumerate(column):
            rows[node.key] = place / len(column)
            places[node.key] = (
                x + place // TALL * (WIDTH + DOWN),
                TOP + place % TALL * (HEIGHT + DOWN),
            )
        x += (len(column) - 1) // TALL * (WIDTH + DOWN) + WIDTH + ACROSS
    return places


def _near(sources: list[str], rows: dict[str, float]) -> float:
    known = [rows[key] for key in sources if key in rows]
    return sum(known) / len(known) if known else 0.5


def _lines(trace: Trace, places: dict[str, tuple[int, int]]) -> list[str]:
    lines = []
    for edge in sorted(trace.edges):
        if edge.source not in places or edge.target not in places:
            continue
        (ax, ay), (bx, by) = places[edge.source], places[edge.target]
        x1, y1, x2, y2 = ax + WIDTH, ay + HEIGHT // 2, bx, by + HEIGHT // 2
        bend = max(abs(x2 - x1) // 2, 28)
        style = "" if edge.is_certain else ' stroke-dasharray="5 4"'
        lines.append(
            f'<path d="M{x1} {y1}C{x1 + bend} {y1} {x2 - bend} {y2} {x2} {y2}" fill="none"'
            f' stroke="#a1a1aa" stroke-width="1.2"{style}/>'
        )
    return lines


def _box(node: TraceNode, x: int, y: int, *, start: bool) -> str:
    fill, ink = COLOURS[node.kind]
    broken = "" if node.is_certain else ' stroke-dasharray="5 4"'
    note = node.name if node.kind not in {TraceKind.LOT, TraceKind.SERIAL} else f"{node.item} {node.name}"
    sure = "" if node.is_certain else " (possible)"
    return (
        f"<g><title>{escape(f'{node.kind.label} {node.number} {note}{sure}')}</title>"
        f'<rect x="{x}" y="{y}" width="{WIDTH}" height="{HEIGHT}" rx="6" fill="{fill}" stroke="{ink}"'
        f' stroke-width="{3 if start else 1.2}"{broken}/>'
        f'<text x="{x + 8}" y="{y + 16}" font-size="12" font-weight="600" fill="{ink}">{_cut(node.number)}</text>'
        f'<text x="{x + 8}" y="{y + 30}" font-size="10.5" fill="#3f3f46">{_cut(note, LETTERS + 5)}</text></g>'
    )


def _legend(left_out: int) -> list[str]:
    parts = []
    x = EDGE
    for kind, (fill, ink) in COLOURS.items():
        parts.append(
            f'<rect x="{x}" y="40" width="12" height="12" rx="3" fill="{fill}" stroke="{ink}"/>'
            f'<text x="{x + 17}" y="50" font-size="11" fill="#3f3f46">{kind.label}</text>'
        )
        x += 34 + 6 * len(kind.label)
    parts.append(
        f'<path d="M{x} 46h24" stroke="#a1a1aa" stroke-width="1.5"/>'
        f'<text x="{x + 30}" y="50" font-size="11" fill="#3f3f46">certain</text>'
        f'<path d="M{x + 80} 46h24" stroke="#a1a1aa" stroke-width="1.5" stroke-dasharray="5 4"/>'
        f'<text x="{x + 110}" y="50" font-size="11" fill="#3f3f46">possible</text>'
    )
    if left_out:
        parts.append(
            f'<text x="{EDGE}" y="68" font-size="12" font-weight="600" fill="#b91c1c">'
            f"{left_out} more are not drawn; the table has all.</text>"
        )
    return parts


def _cut(text: str, most: int = LETTERS) -> str:
    return escape(text if len(text) <= most else text[: most - 1] + "…")
