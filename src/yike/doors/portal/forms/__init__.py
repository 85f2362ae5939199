"""Shapes of what a citizen types; the rules are the rooms'."""
