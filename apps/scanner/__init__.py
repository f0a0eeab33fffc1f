"""The handheld: says what a scanned code is, and confirms whatever the worker's task was.

Decides nothing about stock; each kind of task is confirmed by the app that made it.
"""
