"""Layers for other platforms' maps: read, handed out, taken in, compared."""
