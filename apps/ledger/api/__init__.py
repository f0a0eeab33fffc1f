"""Stock over HTTP: what is where, what happened, what is held; and the decisions on it."""
