"""The shipping part of the API."""
