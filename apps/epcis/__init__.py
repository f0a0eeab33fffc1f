"""EPCIS 2.0: what moved here told to partners as events, and what partners tell kept as they told it.

Posts no stock: what a partner says of goods is a statement of theirs, never a movement of ours.
"""
