"""The pictures of the documents in docs/: taken from the demo day, so that they show what the day tells. No test."""
