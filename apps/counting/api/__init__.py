"""Cycle counts over HTTP."""
