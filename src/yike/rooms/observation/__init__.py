"""观测: points where citizens are asked what they know and think of the law, and the index."""
