"""Tests of the desk door."""
