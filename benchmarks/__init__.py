"""Measurements against peers and against the limit. Figures are ratios taken in one run."""
