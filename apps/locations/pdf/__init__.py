"""Labels of places, and the signs of aisles and doors. Data in, bytes out."""

from apps.locations.pdf.bins import BinLabel, bin_labels
from apps.locations.pdf.signs import AisleSign, DockSign, aisle_signs, dock_signs

__all__ = ["AisleSign", "BinLabel", "DockSign", "aisle_signs", "bin_labels", "dock_signs"]
