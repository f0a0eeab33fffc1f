"""Where a lot came from and went: traces, recall cases and their report."""
