"""Assembly over HTTP."""
