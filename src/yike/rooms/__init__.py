"""The work itself: one Django app per room, stacked on floors; a room uses only rooms below it."""
