"""The one truth about stock: transactions, moves, balances, reservations, lots, serials, handling units, holds.

Its SQL functions are the only writers of stock; `operations` is their only caller.
"""
