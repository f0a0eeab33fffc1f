"""Packing, cartons, shipments and loading, for whatever sends goods out."""
