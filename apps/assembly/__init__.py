"""Goods that are made of others, taken apart, reworked, repacked; every output knows what it is made of.

It says nothing about what goods cost, and nothing about who gets them.
"""
