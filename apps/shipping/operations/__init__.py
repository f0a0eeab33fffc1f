"""What the packing bench and the dock do with cartons, whatever document they serve."""

from apps.shipping.operations.load import load_carton, ship
from apps.shipping.operations.pack import (
    close_carton,
    complete_packing,
    lock_carton,
    open_carton,
    packing_place,
    reopen_carton,
    start_shipment,
)

__all__ = [
    "close_carton",
    "complete_packing",
    "load_carton",
    "lock_carton",
    "open_carton",
    "packing_place",
    "reopen_carton",
    "ship",
    "start_shipment",
]
