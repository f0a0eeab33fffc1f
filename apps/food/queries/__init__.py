"""What records of listed foods say."""

from apps.food.queries.asked import Asked, Period
from apps.food.queries.codes import codes_of, made_at
from apps.food.queries.listed import Listed, listed_items
from apps.food.queries.records import lots_with, records_of

__all__ = ["Asked", "Listed", "Period", "codes_of", "listed_items", "lots_with", "made_at", "records_of"]
