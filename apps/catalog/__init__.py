"""What we own and with whom we trade: items, units, packaging, barcodes and parties.

Holds no quantities; those are the ledger's.
"""
