"""The ledger's tables. Only its SQL functions write them; the models read."""

from apps.ledger.models.goods import HandlingUnit, Hold, Lot, SerialNumber, UnitLabel
from apps.ledger.models.movement import StockMove, StockTransaction
from apps.ledger.models.position import Reservation, StockBalance

__all__ = [
    "HandlingUnit",
    "Hold",
    "Lot",
    "Reservation",
    "SerialNumber",
    "StockBalance",
    "StockMove",
    "StockTransaction",
    "UnitLabel",
]
