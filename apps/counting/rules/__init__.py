"""What counting decides without a table: what differs, what is counted first, what needs whose approval."""

from apps.counting.rules.comparing import ZERO, BookLine, Compared, CountedLine, Finding, Goods, compare

__all__ = ["ZERO", "BookLine", "Compared", "CountedLine", "Finding", "Goods", "compare"]
