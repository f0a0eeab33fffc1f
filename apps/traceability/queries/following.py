"""What holds what, certainly or possibly, worked out over the links in the order in which they happened; pure.

Goods of a node are told apart from all others, but not from each other. So:

- What went in before something came in holds none of it.
- A link is certain as far as its record is (`Link.is_certain`).
- A lot is *wholly* of an origin when all that ever came into it until then certainly was. What goes on from a lot that
  is wholly of it is certain; what goes on from one that is partly of it is possible: nobody scanned which part.
- Goods with neither lot nor serial number are one heap: what goes on from there is possible.
- A serial number is one unit: once something is in it, all that comes out of it came out of that unit.

Sets of origins are whole numbers with a bit for each, so that a thousand origins are followed in one pass.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from apps.traceability.queries.links import Goods, Link, Node

GOES_IN, COMES_OUT = 0, 1
"""Of one posting, what goes in comes before what comes out."""
NOTHING = (0, 0)
LOT, SERIAL = Goods.LOT.value, Goods.SERIAL.value
_WHEN = itemgetter(0)


class Following:
    """One pass; afterwards of each node which origins it holds, and which links anything went by."""

    def __init__(self, links: Sequence[Link], origins: Mapping[Node, int]) -> None:
        self.certain: defaultdict[Node, int] = defaultdict(int)
        self.possible: defaultdict[Node, int] = defaultdict(int)
        """Certain ones included."""
        self.used: set[int] = set()
        """Places in the list of the links by which anything went on."""
        self.sure: set[int] = set()
        """Of them, those by which something certainly did."""
        self._links, self._origins = links, origins
        self._whole: dict[Node, int] = {}
        self._carried: dict[int, tuple[int, int]] = {}
        self._feeds: defaultdict[Node, list[int]] = defaultdict(list)

    def run(self, others: Iterable[tuple[Node, int]]) -> None:
        """Go through all that went in and came out; `others` are entries that hold no origin, by node and move."""
        events: list[tuple[int, Any, Any]] = [(2 * move + COMES_OUT, node, ()) for node, move in others]
        outputs: dict[int, list[int]] = {}
        for n, (_, made, _, went_in, came_out, output_id) in enumerate(self._links):
            if came_out is None or output_id is None:
                self._feeds[made].append(n)
                continue
            if output_id in outputs:
                outputs[output_id].append(n)
            else:
                outputs[output_id] = members = [n]
                events.append((2 * came_out + COMES_OUT, made, members))
            if went_in is not None:
                events.append((2 * went_in + GOES_IN, n, None))
        events.sort(key=_WHEN)
        for _, subject, members in events:
            if members is None:
                self._take(subject)
            else:
                self._give(subject, members)

    def _take(self, n: int) -> None:
        """What goes in holds now what it will bring."""
        part, _, is_certain, *_ = self._links[n]
        own = self._origins.get(part, 0)
        if some := self.possible.get(part, 0) | own:
            self._carried[n] = some, (self._whole.get(part, 0) | own) if is_certain else 0
        else:
            self._carried[n] = NOTHING

    def _give(self, made: Node, members: Iterable[int]) -> None:
        """What comes out holds all that went into it."""
        some = sure = 0
        for n in members:
            other, certain = self._carried.get(n) or self._from_work(n)
            if other:
                some |= other
                self.used.add(n)
                if certain:
                    sure |= certain
                    self.sure.add(n)
        if some:
            self.possible[made] |= some
            self.certain[made] |= sure
        if made.goods == LOT:
            self._whole[made] = sure & self._whole.get(made, sure)
        elif made.goods == SERIAL:
            self._whole[made] = sure | self._whole.get(made, 0)

    def _from_work(self, n: int) -> tuple[int, int]:
        """What any of the goods that were brought to a line's unclear work holds."""
        some = 0
        for each in self._feeds[self._links[n].part]:
            part = self._links[each].part
            through = self.possible[part] | self._origins.get(part, 0)
            if through:
                self.used.add(each)
                some |= through
        return some, 0


def follow(links: Sequence[Link], origins: Mapping[Node, int], *, others: Iterable[tuple[Node, int]] = ()) -> Following:
    """Follow the origins, each with its bits, through the links."""
    following = Following(links, origins)
    following.run(others)
    return following
