"""Stock as it is and as it came to be; the desk's verbs here are hold, release and reverse."""

from apps.ledger.admin.goods import HandlingUnitAdmin, SerialNumberAdmin
from apps.ledger.admin.lots import HoldAdmin, LotAdmin
from apps.ledger.admin.movement import StockMoveAdmin, StockTransactionAdmin
from apps.ledger.admin.position import ReservationAdmin, StockBalanceAdmin
from apps.ledger.admin.sealing import BlockAdmin

__all__ = [
    "BlockAdmin",
    "HandlingUnitAdmin",
    "HoldAdmin",
    "LotAdmin",
    "ReservationAdmin",
    "SerialNumberAdmin",
    "StockBalanceAdmin",
    "StockMoveAdmin",
    "StockTransactionAdmin",
]
