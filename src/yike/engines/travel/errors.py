"""What the engine refuses. Every message is a sentence in plain Chinese that names the way out.

TravelError
├── NetworkFileError   a `.net` file that is cut off, foreign, or of another format number
├── ArcsError          arrays that do not make a network: lengths, indexes, costs
├── RoadsError         a source of roads that cannot be read, or holds no way for this mode
├── SpeedsError        a table of speeds with a line that cannot be meant
├── PointsError        stations or cells that cannot be used
├── SurfaceError       a surface of travel speeds that cannot be used
├── TimetableError     a ferry or bus timetable that cannot be used
│   └── OutOfDateError its calendars do not hold the day asked
└── HoursError         opening hours in words that are not understood
"""

from __future__ import annotations


class TravelError(ValueError):
    """Base of everything this engine refuses."""


class NetworkFileError(TravelError):
    """The file is no stored network, or not a whole one."""


class ArcsError(TravelError):
    """The arrays contradict each other; the sentence says where."""


class RoadsError(TravelError):
    """The source of roads cannot be read, or nothing in it serves this mode."""


class SpeedsError(TravelError):
    """A line of the table of speeds cannot be meant."""


class PointsError(TravelError):
    """The stations or cells given cannot be used."""


class SurfaceError(TravelError):
    """The surface of travel speeds cannot be used."""


class TimetableError(TravelError):
    """The timetable cannot be used."""


class OutOfDateError(TimetableError):
    """The day asked lies outside the calendars of the timetable; the sentence names its dates."""


class HoursError(TravelError):
    """The opening hours cannot be read; the sentence names the words not understood."""
