"""How many minutes people need to reach help, where help is missing, and what a change would do."""
