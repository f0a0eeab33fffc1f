"""Putaways and replenishments with their reasons over HTTP."""
