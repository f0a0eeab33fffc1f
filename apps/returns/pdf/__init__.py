"""The papers of returns: slip, label, certificates."""

from apps.returns.pdf.disposal import DisposalPaper, disposal_certificate
from apps.returns.pdf.label import ReturnLabelPaper, return_label
from apps.returns.pdf.slip import ReturnSlipPaper, SlipLine, return_slip
from apps.returns.pdf.to_supplier import ReturnToSupplierPaper, SupplierLinePaper, return_to_supplier_note

__all__ = [
    "DisposalPaper",
    "ReturnLabelPaper",
    "ReturnSlipPaper",
    "ReturnToSupplierPaper",
    "SlipLine",
    "SupplierLinePaper",
    "disposal_certificate",
    "return_label",
    "return_slip",
    "return_to_supplier_note",
]
