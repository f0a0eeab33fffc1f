"""Where goods should live: putaway proposals with their reasons, pick faces."""
