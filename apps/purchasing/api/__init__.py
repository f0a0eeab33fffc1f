"""Purchase orders and receipts over HTTP."""
