"""Questions about tasks: what the rules say of one, which is the best next one, how long work took."""
