"""Engine seal."""
