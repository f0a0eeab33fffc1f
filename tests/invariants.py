"""What must hold after every flow: the ledger's rules, all of them."""

import psycopg

from apps.core.invariants import check_invariants


def assert_invariants() -> None:
    """Fail with the rows that break a rule. Flags (an odd clock) are no failure."""
    broken = [str(violation) for violation in check_invariants() if not violation.invariant.flag]
    assert not broken, "\n".join(broken)


def broken_by(fault: str, dsn: str) -> set[str]:
    """The rules that are broken after a statement that no trigger saw, run past every right."""
    with psycopg.connect(dsn) as superuser:
        superuser.execute("set session_replication_role = replica")
        superuser.execute(fault)
    return {violation.invariant.number for violation in check_invariants()}
