"""The app, and what it has Django check."""

from django.apps import AppConfig
from django.core import checks


class LedgerConfig(AppConfig):
    """The ledger."""

    name = "apps.ledger"

    def ready(self) -> None:
        """Have `check --deploy --database default` ask what the application's role may do."""
        from apps.ledger.rights import check_rights  # noqa: PLC0415 - models are loaded only now

        checks.register(check_rights, checks.Tags.security, checks.Tags.database, deploy=True)
