"""The engines at work in a process of their own: JSON in, one line of JSON out. No Django here.

`building` makes a network, `placing` reads population cells, `measuring` reckons minutes,
`tabling` puts them into tables, `packing` makes the bytes that are stored. `serving` keeps one
process for questions that want an answer at once (`words`): `trips` from a point to the stations.
"""
