"""The one queue of warehouse tasks: claim, lease, hand back, complete.

Does not know what a task does; the app that makes it does.
"""
