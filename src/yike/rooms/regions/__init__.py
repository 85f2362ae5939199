"""See README.md, the sign on the door."""
