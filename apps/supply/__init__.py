"""What will come and what is promised: expected receipts, promises, available-to-promise."""
