"""People who act at the same moment, each on a connection of their own."""

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import psycopg
from django.db import OperationalError, connection, transaction

PATIENCE = 30
TRIES = 8


def together(*actions, in_transaction=True):
    """Run the actions at once, each in a thread of its own; what each returned or was refused with.

    Each is one transaction, unless it makes its own (`in_transaction=False`).
    """
    start = threading.Barrier(len(actions))

    def act(action):
        try:
            start.wait(PATIENCE)
            return persist(action) if in_transaction else action()
        except Exception as error:  # noqa: BLE001 - the refusal is the answer
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(actions)) as crowd:
        return list(crowd.map(act, actions))


def persist(action):
    """Do it in a transaction; after a deadlock or a lock time-out try the whole again, as the edge does."""
    for attempt in range(TRIES):
        try:
            with transaction.atomic():
                return action()
        except OperationalError as error:
            if not isinstance(error.__cause__, psycopg.errors.DeadlockDetected | psycopg.errors.LockNotAvailable):
                raise
            retried.append(type(error.__cause__).__name__)
            time.sleep(random.uniform(0, 0.02 * 2**attempt))  # noqa: S311 - jitter, no secret
    message = "nobody gave way"
    raise TimeoutError(message)


retried: list[str] = []
"""What was tried again, for tests that say how often that may be."""
