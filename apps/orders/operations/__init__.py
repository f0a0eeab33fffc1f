"""What sales and the outbound floor do: sell, allocate, release, pick, pack, ship."""

from apps.orders.operations.allocate import allocate_order, allocate_orders
from apps.orders.operations.cancel import cancel_sales_order
from apps.orders.operations.carts import claim_round, finish_round, hand_back_round, put_tote
from apps.orders.operations.change import LineChange, ShipTo, change_sales_order
from apps.orders.operations.exceptions import damage_pick, skip_pick, split_pick, substitute_pick
from apps.orders.operations.frozen import (
    CalledBack,
    call_back_frozen,
    call_off_frozen_picks,
    lock_orders_with_lots,
    orders_with_lots,
)
from apps.orders.operations.hold import hold_order, release_order_hold
from apps.orders.operations.own_sites import raise_site_order
from apps.orders.operations.pack import PackLine, complete_packing, open_shipment, pack_picks, scan_into_carton
from apps.orders.operations.pick import confirm_pick
from apps.orders.operations.publish import list_item, publish_availability
from apps.orders.operations.put_back import confirm_put_back, put_back
from apps.orders.operations.release import release_wave
from apps.orders.operations.rounds import plan_rounds
from apps.orders.operations.route import route_order
from apps.orders.operations.sell import OrderLine, confirm_sales_order, raise_sales_order
from apps.orders.operations.ship import depart_load, ship_order_shipment, ship_shipment
from apps.orders.operations.together import consolidate_tote, sort_pick
from apps.orders.operations.unpack import empty_carton
from apps.orders.operations.unpick import unpick
from apps.orders.operations.waves import Released, release_by_criteria, release_waveless
from apps.shipping.operations import open_carton

__all__ = [
    "CalledBack",
    "LineChange",
    "OrderLine",
    "PackLine",
    "Released",
    "ShipTo",
    "allocate_order",
    "allocate_orders",
    "call_back_frozen",
    "call_off_frozen_picks",
    "cancel_sales_order",
    "change_sales_order",
    "claim_round",
    "complete_packing",
    "confirm_pick",
    "confirm_put_back",
    "confirm_sales_order",
    "consolidate_tote",
    "damage_pick",
    "depart_load",
    "empty_carton",
    "finish_round",
    "hand_back_round",
    "hold_order",
    "list_item",
    "lock_orders_with_lots",
    "open_carton",
    "open_shipment",
    "orders_with_lots",
    "pack_picks",
    "plan_rounds",
    "publish_availability",
    "put_back",
    "put_tote",
    "raise_sales_order",
    "raise_site_order",
    "release_by_criteria",
    "release_order_hold",
    "release_wave",
    "release_waveless",
    "route_order",
    "scan_into_carton",
    "ship_order_shipment",
    "ship_shipment",
    "skip_pick",
    "sort_pick",
    "split_pick",
    "substitute_pick",
    "unpick",
]
