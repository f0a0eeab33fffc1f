"""Selling: channels, sales orders, promise, allocation, waves, picks, back orders."""
