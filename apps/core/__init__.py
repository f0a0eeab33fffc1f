"""What every app stands on: errors, flows, locks, quantities, numbers, the clock and the bases of API and admin.

Holds no tables and knows no other app.
"""
