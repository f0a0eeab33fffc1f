"""The papers of returns: slip, label, certificates."""

from apps.returns.pdf.disposal import DisposalPaper, disposal_certificate
from apps.returns.pdf.label import ReturnLabelPaper, return_label
from apps.returns.pdf.slip import ReturnSlipPaper, SlipLine, return_slip

__all__ = [
    "DisposalPaper",
    "ReturnLabelPaper",
    "ReturnSlipPaper",
    "SlipLine",
    "disposal_certificate",
    "return_label",
    "return_slip",
]
