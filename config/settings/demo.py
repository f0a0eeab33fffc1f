"""For `make demo` and `make run`: as in production where it can be, on this machine alone."""

import os
import secrets

from config.paths import VAR
from config.settings.base import *  # noqa: F403 - settings are layered

_secret_file = VAR / "secret_key"


def _kept_secret() -> str:
    """Make the secret once and keep it, so that sessions outlive a restart."""
    try:
        return _secret_file.read_text()
    except FileNotFoundError:
        VAR.mkdir(parents=True, exist_ok=True)
        unfinished = _secret_file.with_name(f"secret_key.{os.getpid()}")
        unfinished.touch(mode=0o600)
        unfinished.write_text(secrets.token_urlsafe(64))
        try:
            os.link(unfinished, _secret_file)  # unlike a rename, fails if another was first
        except FileExistsError:
            pass
        finally:
            unfinished.unlink()
        return _secret_file.read_text()


SECRET_KEY = _kept_secret()
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
