"""A make-believe year in a real county, its cast; one for tests, trials and pictures."""
