"""What may be typed at the desk: shape only. Rules live in the rooms."""
