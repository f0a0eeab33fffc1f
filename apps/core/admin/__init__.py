"""Bases of the admin."""
