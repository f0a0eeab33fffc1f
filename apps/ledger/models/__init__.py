"""The ledger's tables. Only its SQL functions write them; the models read."""

from apps.ledger.models.goods import HandlingUnit, Hold, Lot, SerialNumber, UnitLabel
from apps.ledger.models.movement import StockMove, StockTransaction
from apps.ledger.models.position import Reservation, StockBalance
from apps.ledger.models.sealing import Block, SealedTransaction

__all__ = [
    "Block",
    "HandlingUnit",
    "Hold",
    "Lot",
    "Reservation",
    "SealedTransaction",
    "SerialNumber",
    "StockBalance",
    "StockMove",
    "StockTransaction",
    "UnitLabel",
]
