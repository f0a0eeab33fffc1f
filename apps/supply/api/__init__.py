"""What will come and what can be promised, over HTTP."""
