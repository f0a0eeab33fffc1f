"""Customer returns over HTTP."""
