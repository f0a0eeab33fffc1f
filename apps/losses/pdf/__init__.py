"""Papers of loss prevention."""

from apps.losses.pdf.case import CasePaper, case_file

__all__ = ["CasePaper", "case_file"]
