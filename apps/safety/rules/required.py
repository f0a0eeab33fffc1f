"""Which labels dangerous goods must have before they are released."""

from __future__ import annotations

from apps.safety.choices import RequiredLabel


def labels_lacking(*, is_hazardous: bool, has_container_label: bool, is_described: bool) -> list[RequiredLabel]:
    """What dangerous goods lack; nothing is asked of others.

    Their container bears what the safety data sheet says (29 CFR 1910.1200(f)(1)); what the carton bears on the road is
    told by the shipping description, and without one nobody knows it (49 CFR 172.400). Neither was compared.
    """
    if not is_hazardous:
        return []
    has = {RequiredLabel.CONTAINER: has_container_label, RequiredLabel.TRANSPORT: is_described}
    return [label for label in RequiredLabel if not has[label]]
