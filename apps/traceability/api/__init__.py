"""Traces and recalls over HTTP."""
