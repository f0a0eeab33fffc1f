"""A worker in a process of its own, that can be killed as one: it posts under keys and notes what was acknowledged."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from django.db import connections
from psycopg.conninfo import make_conninfo

from config.paths import CHECKOUT

PATIENCE = 60
START = "from tests.worker import main; main()"


def environment(url=None, owner_url=None):
    """What a process needs to reach this test's database, or the one that is named."""
    names = {"HOST": "host", "PORT": "port", "USER": "user", "PASSWORD": "password", "NAME": "dbname"}

    def address(alias):
        settings = connections.settings[alias]
        return make_conninfo(**{name: settings[key] for key, name in names.items() if settings[key]})

    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "DATABASE_URL": url or address("default"),
        "DATABASE_OWNER_URL": owner_url or address("owner"),
        "REDIS_URL": "redis://none.invalid/0",
    }


def start(order, **urls):
    """A worker at work on an order."""
    return subprocess.Popen(
        [sys.executable, "-c", START, json.dumps(order)],
        cwd=CHECKOUT,
        env=environment(**urls),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def answer(process):
    """What a worker printed in the end."""
    out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, err
    return json.loads(out)


def carry(*, warehouse_id, item_id, source_id, target_id, quantity, by, at):
    """Move so much from bin to bin; the posting."""
    from decimal import Decimal  # noqa: PLC0415 - after Django is set up

    from apps.ledger.operations import Move, Place, post  # noqa: PLC0415
    from apps.ledger.states import TransactionKind  # noqa: PLC0415

    move = Move(
        item_id=item_id,
        quantity=Decimal(quantity),
        source=Place(location_id=source_id),
        target=Place(location_id=target_id),
    )
    return post([move], warehouse_id=warehouse_id, kind=TransactionKind.MOVE, by=by, at=at)


def main():
    """Post one command for each key; after a lost connection the same key is sent again, as a device does."""
    import django  # noqa: PLC0415

    django.setup()
    from django.db import Error, connection  # noqa: PLC0415

    from apps.accounts.models import User  # noqa: PLC0415
    from apps.journal import edge  # noqa: PLC0415

    order = json.loads(sys.argv[1])
    user_id, arguments = order["user"], order["arguments"]
    notes = Path(order["notes"]) if order.get("notes") else None
    answers = {}
    for key in order["keys"]:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                user = User.objects.get(pk=user_id)
                answers[key] = edge.run(carry, by=user, key=key, render=int, **arguments)
            except Error:
                connection.close()
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.05)
            else:
                break
        if notes:
            with notes.open("a") as book:
                book.write(f"{json.dumps([key, answers[key]])}\n")
    print(json.dumps(answers))  # noqa: T201 - the answer
