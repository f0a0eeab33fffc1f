"""The papers of returns: slip, label, certificates."""

from apps.returns.pdf.disposal import DisposalPaper, disposal_certificate
from apps.returns.pdf.label import ReturnLabelPaper, return_label
from apps.returns.pdf.slip import ReturnSlipPaper, SlipLine, return_slip
from apps.returns.pdf.vendor import VendorLinePaper, VendorReturnPaper, vendor_return_note

__all__ = [
    "DisposalPaper",
    "ReturnLabelPaper",
    "ReturnSlipPaper",
    "SlipLine",
    "VendorLinePaper",
    "VendorReturnPaper",
    "disposal_certificate",
    "return_label",
    "return_slip",
    "vendor_return_note",
]
