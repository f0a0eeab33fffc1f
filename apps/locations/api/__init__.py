"""Warehouses and locations over HTTP, to read."""
