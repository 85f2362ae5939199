"""The office's door: clerks, agents, officers, lawyers, mediators at work."""
