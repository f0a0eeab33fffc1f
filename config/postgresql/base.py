"""Django's way to PostgreSQL, but for how a connection that was kept is looked at before it is used again."""

from __future__ import annotations

from select import POLLIN, poll

from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus

READY = (TransactionStatus.IDLE, TransactionStatus.INTRANS)


class DatabaseWrapper(base.DatabaseWrapper):
    """Asks the socket and not the server whether a connection is good: each request asks, and a statement costs more.

    A server that has gone, or has ended the connection, said so on it: then there is something to read, and on a
    connection that is not in use there is nothing else.
    """

    def is_usable(self) -> bool:
        """Whether a statement may be sent: none failed in an open transaction, and nothing was said since the last."""
        if self.connection is None or self.connection.info.transaction_status not in READY:
            return False
        line = poll()
        line.register(self.connection.fileno(), POLLIN)
        return not line.poll(0)
