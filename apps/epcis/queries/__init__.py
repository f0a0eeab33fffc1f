"""Our movements as events of EPCIS, and what partners told of a lot."""

from apps.epcis.queries.exported import Asked, document_of, moves_between, moves_of_lots
from apps.epcis.queries.told import corrected_by, same_id, told_of_lot

__all__ = ["Asked", "corrected_by", "document_of", "moves_between", "moves_of_lots", "same_id", "told_of_lot"]
