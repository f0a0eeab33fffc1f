"""What stock is worth: derived from the sealed ledger, and never written back to it. It moves no goods."""
