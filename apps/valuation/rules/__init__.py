"""Costs as pure functions on values: nothing here knows a table or a clock."""
