"""Pure rules of shipping: which service, what a carton should weigh, how goods are packed into cartons."""

from apps.shipping.rules.quote import Offer, Quote, Rate, arrival_on, collected_on, quote, rate_for
from apps.shipping.rules.weigh import Weighing, weigh

__all__ = [
    "Offer",
    "Quote",
    "Rate",
    "Weighing",
    "arrival_on",
    "collected_on",
    "quote",
    "rate_for",
    "weigh",
]
