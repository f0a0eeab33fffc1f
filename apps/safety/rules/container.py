"""Whether two hazardous goods may share a container that is carried or closed: a tote, a carton."""

from __future__ import annotations

from apps.safety.rules.storage import Segregation
from apps.safety.rules.transport import Hazard, TransportRules, Verdict, may_load_together


def why_not_in_one(first: Hazard, second: Hazard, *, transport: TransportRules, storage: Segregation) -> str:
    """Why not, by the stricter of both tables; empty when they may.

    What rides on one vehicle only apart cannot be apart in a container, and what is kept from sharing a bin does not
    share a tote. Of what the law's table does not cover nothing is said, as on a vehicle.
    """
    mixing = may_load_together(first, second, transport)
    if mixing.verdict >= Verdict.SEPARATED:
        return str(mixing)
    apart = storage.between(first.classes, second.classes)
    return f"They are stored apart. {apart[0]}." if apart else ""
