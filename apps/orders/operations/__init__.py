"""What sales and the outbound floor do: sell, allocate, release, pick, pack, ship."""

from apps.orders.operations.allocate import allocate_order, allocate_orders
from apps.orders.operations.cancel import cancel_sales_order
from apps.orders.operations.change import LineChange, ShipTo, change_sales_order
from apps.orders.operations.hold import hold_order, release_order_hold
from apps.orders.operations.pack import PackLine, complete_packing, open_shipment, pack_picks
from apps.orders.operations.pick import confirm_pick
from apps.orders.operations.publish import list_item, publish_availability
from apps.orders.operations.put_back import put_back
from apps.orders.operations.release import release_wave
from apps.orders.operations.route import route_order
from apps.orders.operations.sell import OrderLine, confirm_sales_order, raise_sales_order
from apps.orders.operations.ship import ship_order_shipment
from apps.orders.operations.unpack import empty_carton
from apps.shipping.operations import open_carton

__all__ = [
    "LineChange",
    "OrderLine",
    "PackLine",
    "ShipTo",
    "allocate_order",
    "allocate_orders",
    "cancel_sales_order",
    "change_sales_order",
    "complete_packing",
    "confirm_pick",
    "confirm_sales_order",
    "empty_carton",
    "hold_order",
    "list_item",
    "open_carton",
    "open_shipment",
    "pack_picks",
    "publish_availability",
    "put_back",
    "raise_sales_order",
    "release_order_hold",
    "release_wave",
    "route_order",
    "ship_order_shipment",
]
