"""What is fast and what is not, measured against raw SQL in the same run: `make bench`."""
