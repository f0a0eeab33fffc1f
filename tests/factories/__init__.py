"""Factories, one module an app; stock is made by posting, never by writing balances."""
