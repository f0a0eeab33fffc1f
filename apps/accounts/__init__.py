"""Who may act: users, roles, devices and their tokens, sign-on of a worker to a device.

Does not know warehouses; who may work where is in `locations`.
"""
