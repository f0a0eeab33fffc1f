"""Putaways with their reasons over HTTP."""
