"""Tests about the house itself. Each prints the rule and the way out."""
