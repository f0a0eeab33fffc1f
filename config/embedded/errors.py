"""What goes wrong with embedded servers."""


class EmbeddedError(RuntimeError):
    """A server cannot be had here; the message says what to do about it."""
