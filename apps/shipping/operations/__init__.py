"""What the packing bench and the dock do with cartons and loads, whatever document they serve."""

from apps.shipping.operations.contain import check_contained
from apps.shipping.operations.load import load_carton, load_pallet, scan_carton, scan_pallet, ship, unload_carton
from apps.shipping.operations.pack import (
    close_carton,
    complete_packing,
    lock_carton,
    open_carton,
    packing_place,
    reopen_carton,
    start_shipment,
    void_carton,
)
from apps.shipping.operations.pallet import build_pallet, stack_cartons, unstack_carton
from apps.shipping.operations.plan import (
    cancel_load,
    close_load,
    depart_load,
    plan_load,
    put_on_load,
    reopen_load,
    start_loading,
    take_off_load,
)
from apps.shipping.operations.track import choose_service, note_carrier_event, resolve_exception

__all__ = [
    "build_pallet",
    "cancel_load",
    "check_contained",
    "choose_service",
    "close_carton",
    "close_load",
    "complete_packing",
    "depart_load",
    "load_carton",
    "load_pallet",
    "lock_carton",
    "note_carrier_event",
    "open_carton",
    "packing_place",
    "plan_load",
    "put_on_load",
    "reopen_carton",
    "reopen_load",
    "resolve_exception",
    "scan_carton",
    "scan_pallet",
    "ship",
    "stack_cartons",
    "start_loading",
    "start_shipment",
    "take_off_load",
    "unload_carton",
    "unstack_carton",
    "void_carton",
]
