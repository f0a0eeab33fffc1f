"""Inspections, plans and supplier returns over HTTP."""
