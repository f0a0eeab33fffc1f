"""Examples of programs that talk to Stillage over its API; they use nothing of the server's own code."""
