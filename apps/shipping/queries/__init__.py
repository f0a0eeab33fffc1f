"""What labels and papers say, what is in cartons and on vehicles, and what services cost."""

from apps.shipping.queries.contents import Aboard, carton_weights, contents_of, hazards_in, weighing_of
from apps.shipping.queries.paper import label_of, labels_of, manifest_of
from apps.shipping.queries.quotes import quotes_for, shipment_quotes

__all__ = [
    "Aboard",
    "carton_weights",
    "contents_of",
    "hazards_in",
    "label_of",
    "labels_of",
    "manifest_of",
    "quotes_for",
    "shipment_quotes",
    "weighing_of",
]
