"""What the regulation asks of records of listed foods, as rules on values."""
