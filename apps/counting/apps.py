"""The app, and what it hides from who counts."""

from django.apps import AppConfig


class CountingConfig(AppConfig):
    """Counting."""

    name = "apps.counting"

    def ready(self) -> None:
        """Have the ledger show nobody the book of a place that they have in hand to count."""
        from apps.counting.queries.blind import places_in_hand  # noqa: PLC0415 - models are loaded only now
        from apps.ledger.queries.blind import BLIND  # noqa: PLC0415 - as above

        BLIND.append(places_in_hand)
