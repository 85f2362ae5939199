"""The door for other platforms: a typed API under /api/v1."""
