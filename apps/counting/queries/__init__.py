"""What counting asks: the book at a moment, the bins of a site, what numbers name, how good it is."""

from apps.counting.queries.accuracy import Accuracy, accuracy_by_class, accuracy_of
from apps.counting.queries.book import book_seen, losses_below_reserved, within
from apps.counting.queries.inventory import Progress, progress_of, results_of
from apps.counting.queries.naming import Named, goods_named
from apps.counting.queries.sheets import count_sheet_of, goods_known, inventory_sheets_of

__all__ = [
    "Accuracy",
    "Named",
    "Progress",
    "accuracy_by_class",
    "accuracy_of",
    "book_seen",
    "count_sheet_of",
    "goods_known",
    "goods_named",
    "inventory_sheets_of",
    "losses_below_reserved",
    "progress_of",
    "results_of",
    "within",
]
