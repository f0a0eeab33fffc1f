"""What sales and the outbound floor do: sell, allocate, release, pick, pack, ship."""

from apps.orders.operations.allocate import allocate_order, allocate_orders
from apps.orders.operations.pack import PackLine, complete_packing, open_shipment, pack_picks, scan_into_carton
from apps.orders.operations.pick import confirm_pick
from apps.orders.operations.release import release_wave
from apps.orders.operations.sell import OrderLine, cancel_sales_order, confirm_sales_order, raise_sales_order
from apps.orders.operations.ship import depart_load, ship_order_shipment, ship_shipment
from apps.orders.operations.unpack import empty_carton
from apps.shipping.operations import open_carton

__all__ = [
    "OrderLine",
    "PackLine",
    "allocate_order",
    "allocate_orders",
    "cancel_sales_order",
    "complete_packing",
    "confirm_pick",
    "confirm_sales_order",
    "depart_load",
    "empty_carton",
    "open_carton",
    "open_shipment",
    "pack_picks",
    "raise_sales_order",
    "release_wave",
    "scan_into_carton",
    "ship_order_shipment",
    "ship_shipment",
]
