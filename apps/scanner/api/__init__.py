"""What the handheld sends."""
