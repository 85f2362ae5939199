"""Instruments: pure Python. No Django, no database, no network, no clock of their own."""
