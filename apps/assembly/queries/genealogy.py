"""What is in what: from goods up to all that they went into, and down to all that they were made of."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db import connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """So much of one lot or serial number is in an output of an order; keys, None where the item is not tracked so."""

    link_id: int
    order_id: int
    output_id: int
    part_item_id: int
    part_lot_id: int | None
    part_serial_id: int | None
    made_item_id: int
    made_lot_id: int | None
    made_serial_id: int | None
    quantity: Decimal


_LINKS = """
    select held.id link_id, line.order_id, output.id output_id, issue.item_id part_item, issue.lot_id part_lot,
           issue.serial_id part_serial, line.item_id made_item, output.lot_id made_lot, output.serial_id made_serial,
           held.quantity
    from assembly_assemblygenealogy held
    join assembly_assemblyissue issue on issue.id = held.issue_id
    join assembly_assemblyoutput output on output.id = held.output_id
    join assembly_assemblyline line on line.id = output.line_id
"""
_UP = f"""
with recursive reached(lot, serial) as (
    select %(lot)s::bigint, %(serial)s::bigint
    union
    select output.lot_id, output.serial_id
    from reached
    join assembly_assemblyissue issue
        on issue.serial_id = reached.serial or reached.serial is null and issue.lot_id = reached.lot
    join assembly_assemblygenealogy held on held.issue_id = issue.id
    join assembly_assemblyoutput output on output.id = held.output_id
)
select distinct link.* from ({_LINKS}) link
join reached on link.part_serial = reached.serial or reached.serial is null and link.part_lot = reached.lot
order by link.link_id
"""  # noqa: S608 - our own words, the values are bound
_DOWN = f"""
with recursive reached(lot, serial) as (
    select %(lot)s::bigint, %(serial)s::bigint
    union
    select issue.lot_id, issue.serial_id
    from reached
    join assembly_assemblyoutput output
        on output.serial_id = reached.serial or reached.serial is null and output.lot_id = reached.lot
    join assembly_assemblygenealogy held on held.output_id = output.id
    join assembly_assemblyissue issue on issue.id = held.issue_id
)
select distinct link.* from ({_LINKS}) link
join reached on link.made_serial = reached.serial or reached.serial is null and link.made_lot = reached.lot
order by link.link_id
"""  # noqa: S608 - our own words, the values are bound


def went_into(*, lot_id: int | None = None, serial_id: int | None = None) -> list[Link]:
    """Every output that holds the goods, however many levels up, with what it holds of which; rework loops end."""
    return _links(_UP, lot_id, serial_id)


def made_of(*, lot_id: int | None = None, serial_id: int | None = None) -> list[Link]:
    """Everything that the goods were made of, however many levels down; rework loops end."""
    return _links(_DOWN, lot_id, serial_id)


def _links(statement: str, lot_id: int | None, serial_id: int | None) -> list[Link]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"lot": lot_id, "serial": serial_id})
        return [Link(**dict(zip(Link.__slots__, row, strict=True))) for row in cursor.fetchall()]
