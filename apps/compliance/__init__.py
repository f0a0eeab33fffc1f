"""Inspection of goods that come in: plans and samples, results, what becomes of goods, and what goes back to suppliers.

And whether goods are kept as they must be: what sensors read, and what becomes of goods that stood too warm.

Does not receive goods (purchasing) and does not choose bins (storage): its decisions change the status of goods where
they stand and ask for their putaway.
"""
