"""What goes on and into a shipment, and what the driver signs for."""

from apps.shipping.pdf.customs import CustomsLine, CustomsPaper, customs_invoice
from apps.shipping.pdf.labels import CartonLabel, carton_labels
from apps.shipping.pdf.lading import BillOfLading, LadingLine, bill_of_lading
from apps.shipping.pdf.manifest import ManifestPaper, ManifestShipment, manifest
from apps.shipping.pdf.slip import (
    PackedCartonPaper,
    PackedLinePaper,
    PackingSlipPaper,
    ShippedLinePaper,
    packing_slip,
)
from apps.shipping.pdf.zpl import zpl_labels

__all__ = [
    "BillOfLading",
    "CartonLabel",
    "CustomsLine",
    "CustomsPaper",
    "LadingLine",
    "ManifestPaper",
    "ManifestShipment",
    "PackedCartonPaper",
    "PackedLinePaper",
    "PackingSlipPaper",
    "ShippedLinePaper",
    "bill_of_lading",
    "carton_labels",
    "customs_invoice",
    "manifest",
    "packing_slip",
    "zpl_labels",
]
