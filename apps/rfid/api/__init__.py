"""Readers, assets and what was read, as the API shows them."""
