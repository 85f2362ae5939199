"""Travel times over road networks, ferries and timetables: exact, integers, by index. Pure."""
