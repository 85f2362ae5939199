"""One person's journey per file, through a real browser, on the real server and real tables."""
