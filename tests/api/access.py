"""The table of who may ask what: `access.txt`, a row for each method of each endpoint, a column for each caller."""

from dataclasses import dataclass
from pathlib import Path

from apps.accounts.roles import Role

TABLE = Path(__file__).with_name("access.txt")
ROLES = tuple(Role.values)
OTHERS = ("elsewhere", "nowhere", "nobody", "disabled", "revoked")
"""Who has every role in another warehouse, or in none; who does not sign in; who has left; a device taken back."""
COLUMNS = (*ROLES, *OTHERS)
SHORT = {Role.INVENTORY_MANAGER.value: "manager"}
WIDE = 60


@dataclass(frozen=True)
class Row:
    """What one method of an endpoint answers to each caller: `yes`, or the status of its refusal."""

    name: str
    outcomes: dict[str, str]

    def __str__(self):
        return f"{self.name:{WIDE}}" + "".join(f"{self.outcomes[column]:11}" for column in COLUMNS).rstrip()


def heading():
    """The line above the rows."""
    return f"{'':{WIDE}}" + "".join(f"{SHORT.get(column, column):11}" for column in COLUMNS).rstrip()


def table():
    """The rows that are written down, by name."""
    rows = {}
    for line in TABLE.read_text().splitlines():
        if not line.startswith("#") and line[:WIDE].strip():
            outcomes = line[WIDE:].split()
            assert len(outcomes) == len(COLUMNS), line
            rows[line[:WIDE].rstrip()] = Row(line[:WIDE].rstrip(), dict(zip(COLUMNS, outcomes, strict=True)))
    return rows
