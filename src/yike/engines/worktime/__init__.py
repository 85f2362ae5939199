"""Engine worktime."""
