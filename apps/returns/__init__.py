"""Goods that come back from customers: announced, taken in, inspected, disposed of. It pays nobody back."""
