"""What holds what, certainly or possibly, worked out over the links in the order in which they happened; pure.

The goods of a node are told apart from all others, but not from each other. So:

- What went in before something came in holds none of it.
- A link is certain as far as its record is (`Link.is_certain`).
- Goods are *wholly* of an origin when all that ever came into their lot until then certainly was. What goes on from a lot
  that is wholly of it is certain; what goes on from a lot that is partly of it is possible: nobody scanned which part.
- Goods with neither lot nor serial number are one heap: what goes on from there is possible.
- A serial number is one unit: once something is in it, all that comes out of it came out of that unit.

Sets of origins are whole numbers with a bit for each, so that a thousand origins are followed in one pass.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

LOT, SERIAL, WORK = 1, 2, 4
Place = tuple[int, int]
"""What the goods are, and their key."""
ENTERS, GOES_IN = 1, 0


class LinkLike(Protocol):
    """A link as the pass needs it."""

    part: Place
    made: Place
    is_certain: bool
    went_in: int | None
    came_out: int | None
    output_id: int | None


@dataclass(slots=True)
class Held:
    """Of each node the origins that it holds, as bits."""

    certain: defaultdict[Place, int] = field(default_factory=lambda: defaultdict(int))
    possible: defaultdict[Place, int] = field(default_factory=lambda: defaultdict(int))
    """Certain ones included."""
    used: set[int] = field(default_factory=set)
    """Places in the list of those links by which anything went on."""
    sure: set[int] = field(default_factory=set)
    """Of them, those by which something certainly did."""


def follow(
    links: Iterable[LinkLike],
    origins: Mapping[Place, int],
    *,
    others: Iterable[tuple[Place, int]] = (),
) -> Held:
    """Follow the origins (each with its bit or bits) through the links; `others` are entries with none, by move."""
    rows = list(links)
    held = Held()
    certain, possible, whole = held.certain, held.possible, {}
    feeds: defaultdict[Place, list[tuple[int, Place]]] = defaultdict(list)
    fed: set[int] = set()
    goes: list[tuple[int, int, int]] = []
    outputs: defaultdict[tuple[int, Place, int], list[int]] = defaultdict(list)
    for n, link in enumerate(rows):
        part, made, _, went_in, came_out, output_id, *_ = link  # type: ignore[misc]
        if output_id is None:
            feeds[made].append((n, part))
            continue
        outputs[came_out, made, output_id].append(n)
        if went_in is not None:
            goes.append((went_in, GOES_IN, n))
    events: list[tuple] = goes  # type: ignore[assignment]
    events += [(key[0], ENTERS, key[1], members) for key, members in outputs.items()]
    events += [(move, ENTERS, place, ()) for place, move in others]
    events.sort(key=_when)
    get_origin, get_whole = origins.get, whole.get
    carried: dict[int, tuple[int, int]] = {}
    for event in events:
        if event[1] == GOES_IN:
            n = event[2]
            part = rows[n].part
            own = get_origin(part, 0)
            some = possible[part] | own
            carried[n] = (some, (get_whole(part, 0) | own) if rows[n].is_certain else 0)
            continue
        _, _, made, members = event
        some = sure = 0
        for n in members:
            pair = carried.get(n)
            if pair is None:
                for each, part in feeds[rows[n].part]:
                    through = possible[part] | get_origin(part, 0)
                    if through:
                        fed.add(each)
                        held.used.add(n)
                    some |= through
                continue
            some |= pair[0]
            sure |= pair[1]
            if pair[0]:
                held.used.add(n)
                if pair[1]:
                    held.sure.add(n)
        possible[made] |= some
        certain[made] |= sure
        if made[0] == LOT:
            whole[made] = sure if made not in whole else whole[made] & sure
        elif made[0] == SERIAL:
            whole[made] = get_whole(made, 0) | sure
    held.used |= fed
    return held


def _when(event: tuple) -> tuple[int, int]:
    return event[0], event[1]
