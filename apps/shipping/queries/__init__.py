"""What labels and papers say, what is in cartons and on vehicles, and what services cost."""

from apps.shipping.queries.contents import (
    CartonOnPallet,
    Content,
    carton_weights,
    contents_of,
    pallet_contents,
    weighing_of,
)
from apps.shipping.queries.hazards import hazards_in, transport_labels_of
from apps.shipping.queries.paper import (
    bill_of_lading_of,
    label_of,
    labels_of,
    load_manifest_of,
    manifest_of,
    pallet_label_of,
)
from apps.shipping.queries.quotes import quotes_for, shipment_quotes

__all__ = [
    "CartonOnPallet",
    "Content",
    "bill_of_lading_of",
    "carton_weights",
    "contents_of",
    "hazards_in",
    "label_of",
    "labels_of",
    "load_manifest_of",
    "manifest_of",
    "pallet_contents",
    "pallet_label_of",
    "quotes_for",
    "shipment_quotes",
    "transport_labels_of",
    "weighing_of",
]
