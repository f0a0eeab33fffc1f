"""The handheld: resolves a code, finds the next task, dispatches its confirm. Owns no tables."""
