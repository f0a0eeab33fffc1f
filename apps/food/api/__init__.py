"""Food records over HTTP."""
