"""Cycle counts: a location is counted blind while work goes on, and a variance is posted once another approved it."""
