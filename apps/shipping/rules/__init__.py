"""Pure rules of shipping: which service, what a carton should weigh, how goods are packed into cartons."""

from apps.shipping.rules.blocks import in_blocks
from apps.shipping.rules.cartonize import Box, Cartonization, Misfit, Piece, Proposed, cartonize
from apps.shipping.rules.quote import Offer, Quote, Rate, arrival_on, collected_on, quote, rate_for
from apps.shipping.rules.weigh import Weighing, weigh

__all__ = [
    "Box",
    "Cartonization",
    "Misfit",
    "Offer",
    "Piece",
    "Proposed",
    "Quote",
    "Rate",
    "Weighing",
    "arrival_on",
    "cartonize",
    "collected_on",
    "in_blocks",
    "quote",
    "rate_for",
    "weigh",
]
