"""Measures of reach from ready minutes: shares, catchments, equity, gaps, two yardsticks. Pure."""
