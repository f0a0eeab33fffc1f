"""Warehouses and locations over HTTP, to read; dock appointments to book and to handle."""
