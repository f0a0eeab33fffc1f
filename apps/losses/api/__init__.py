"""Loss prevention over HTTP."""
