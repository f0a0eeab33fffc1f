"""Buying: purchase orders, approval, receipts against them."""
