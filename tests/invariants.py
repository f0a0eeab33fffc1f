"""What must hold after every flow: the ledger's rules, all of them."""

from apps.core.invariants import check_invariants


def assert_invariants() -> None:
    """Fail with the rows that break a rule. Flags (an odd clock) are no failure."""
    broken = [str(violation) for violation in check_invariants() if not violation.invariant.flag]
    assert not broken, "\n".join(broken)
