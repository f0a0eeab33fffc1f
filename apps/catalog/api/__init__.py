"""Items and parties over HTTP, to read."""
