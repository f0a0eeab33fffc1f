"""The demo company's working day, played through operations and the HTTP API."""
