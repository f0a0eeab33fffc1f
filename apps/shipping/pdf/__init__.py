"""What goes on and into a shipment, and what the driver signs for."""

from apps.shipping.pdf.labels import CartonLabel, carton_labels
from apps.shipping.pdf.manifest import ManifestPaper, ManifestShipment, manifest
from apps.shipping.pdf.slip import (
    PackedCartonPaper,
    PackedLinePaper,
    PackingSlipPaper,
    ShippedLinePaper,
    packing_slip,
)

__all__ = [
    "CartonLabel",
    "ManifestPaper",
    "ManifestShipment",
    "PackedCartonPaper",
    "PackedLinePaper",
    "PackingSlipPaper",
    "ShippedLinePaper",
    "carton_labels",
    "manifest",
    "packing_slip",
]
