"""What we own and with whom we trade: items, units, packaging, barcodes, parties and bills of materials.

Holds no stock; that is the ledger's.
"""
