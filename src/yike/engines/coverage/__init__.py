"""Measures of reach from ready minutes: shares, catchments, equity, gaps, two yardsticks. Pure.

Time is whole deciseconds, people are whole; who counts people twice or loses one is refused.
`shares` covers and uncovers, `spread` is Gini and Lorenz, `catchments` is (E)2SFCA, `gaps` groups
the uncovered, `yardsticks` sets the radius beside the minutes, `scenarios` compares two states,
`nearest` lists providers by village and kind.
"""
