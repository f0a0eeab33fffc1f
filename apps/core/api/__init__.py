"""Bases of the API."""
