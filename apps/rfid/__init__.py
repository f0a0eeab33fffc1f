"""RFID: readers, what they read, and looking for units that were read where the ledger has them not.

Moves nothing by itself: a tag that was read is no proof of where the goods stand, a worker who looked is.
"""
