"""The application on a port of its own while the day is played, so that every step goes over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application


class _QuietHandler(WSGIRequestHandler):
    """Does not tell each request: the day tells its own story."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Nothing."""


@contextmanager
def serve() -> Iterator[str]:
    """Serve the API on a free port of this machine; its address."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), _QuietHandler)
    server.daemon_threads = True
    server.set_app(get_wsgi_application())
    thread = Thread(target=server.serve_forever, name="demo-day-server", daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
