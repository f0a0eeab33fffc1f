"""What commands of the API have in common."""
