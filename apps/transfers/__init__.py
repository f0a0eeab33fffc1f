"""Goods that one of our sites sends another: asked for, approved, on the road, received, and explained to the last one.

It moves nothing out of a warehouse itself: an approved transfer is an order at the sender, and leaves as orders do.
"""
