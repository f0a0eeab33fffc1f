"""PostgreSQL as the application talks to it."""
