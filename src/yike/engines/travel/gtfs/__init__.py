"""Timetables of ferries and buses from GTFS feeds: read, kept, and asked for one day.

`reading` makes a `Feed` of a folder or .zip, `stored` keeps it as arrays, `day` makes of it all
connections of one date, `departures` the next departures of a stop. Format: gtfs.org/documentation.
"""
