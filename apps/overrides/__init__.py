"""Overrides: a hazard rule or a limit is gone past for certain goods, where and as long as another has approved it."""
