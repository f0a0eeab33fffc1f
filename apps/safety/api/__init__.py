"""Safety signs in the API."""
