"""The few words all rooms share: Actor, Refusal, Event, clock, refs, Page, later.

Closed: no tables, no domain words. What only one room needs belongs in that room.
"""
