"""Where to put the next station: covers, medians, centres, always with a proven gap. Pure."""
