"""What a siting plan asks, gathered whole: candidates, exclusions, limits, and its words."""
