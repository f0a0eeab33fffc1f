"""Stocking policies and reorder proposals over HTTP."""
