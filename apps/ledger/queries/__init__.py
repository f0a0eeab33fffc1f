"""Questions to the ledger: what stood when, why a balance is what it is, what may be undone."""
