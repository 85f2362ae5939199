"""Yike 一刻: a county's public legal services, from the first word of a demand to its end."""
