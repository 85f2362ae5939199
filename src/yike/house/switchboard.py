"""Who hears what: the causality of the house on one page.

`now` handlers run in the same transaction as the deed (three at most), `later` are jobs that exist
if and only if the deed is committed. Every event is wired here or listed as unheard.
"""

from __future__ import annotations

from yike.house.unheard import UNHEARD
from yike.rooms.booking import events as booking
from yike.rooms.booking import jobs as booking_jobs
from yike.rooms.clocks import events as clocks
from yike.rooms.core.event import Event
from yike.rooms.duty import checkin_events, checkin_jobs, circuit_events, circuit_jobs
from yike.rooms.duty import events as duty
from yike.rooms.duty import jobs as duty_jobs
from yike.rooms.exchange import jobs as exchange_jobs
from yike.rooms.matters import events as matters
from yike.rooms.matters import jobs as matters_jobs
from yike.rooms.notices import events as notices
from yike.rooms.notices import jobs as notices_jobs
from yike.rooms.people import events as people
from yike.rooms.places import events as places
from yike.rooms.plans import events as plans
from yike.rooms.providers import events as providers
from yike.rooms.providers import jobs as providers_jobs
from yike.rooms.quality import events as quality
from yike.rooms.quality import jobs as quality_jobs
from yike.rooms.trail.wiring import connect

__all__ = ["UNHEARD", "wire"]


#: what happens to an order on its way, told to whom it concerns
_ON_THE_WAY: tuple[type[Event], ...] = (
    matters.MatterAccepted,
    matters.AssignmentPoolEmpty,
    matters.ReturnDisputed,
    matters.ReturnRefused,
    matters.DisputeDecided,
    matters.CountyOffered,
    matters.CountyAcknowledged,
    matters.CountyRefused,
    matters.MatterReassigned,
    matters.MatterTakenOver,
    matters.OpinionGiven,
    matters.SubOrderOpened,
    matters.SubOrderReported,
    matters.SubOrderTakenBack,
    matters.ExtensionAsked,
    matters.MatterExtended,
    matters.PromiseRecalculated,
    matters.ExtensionRefused,
    matters.MatterSuspended,
    matters.MatterResumed,
    matters.ReplySubmitted,
    matters.ReplyReturned,
    matters.RedoOrdered,
    matters.MatterHurried,
    matters.MatterSupervised,
    matters.SupervisionReported,
    matters.MatterMerged,
    matters.MatterAbsorbed,
    matters.MatterSplit,
)


def wire() -> None:
    """This will connect every event to its hearers. Called once, at start."""
    _wire_matters()
    _wire_booking()
    _wire_quality()
    _wire_duty()
    _wire_checkin()
    for settled in (notices.Delivered, notices.DeliveryFailed):
        connect(settled, later=[exchange_jobs.Fate()])
    connect(people.GlassBroken, later=[notices_jobs.warn_of_emergency])
    connect(providers.TermEnding, later=[notices_jobs.warn_of_term])
    connect(providers.VolunteerPlaceFreed, later=[providers_jobs.fill_places])
    connect(plans.MilestoneNear, later=[notices_jobs.warn_of_milestone])
    connect(providers.KindUpdateOverdue, later=[notices_jobs.warn_of_update])
    for graded in (
        places.AssessmentMoved, places.GradeAwarded, places.GradeRefused, places.GradeLowered,
        places.AppealFiled, places.AppealDecided,
    ):  # fmt: skip
        connect(graded, later=[notices_jobs.TellOfGrade(graded.__name__)])


def _wire_matters() -> None:
    """Office, citizen and feeding platform are told by jobs; a broken promise marks its matter."""
    told = (
        matters.MatterOpened,
        matters.MatterUnrouted,
        matters.MatterTransferred,
        matters.MatterGivenBack,
        matters.MatterAssigned,
        matters.OfficeInvited,
        matters.PapersAsked,
        matters.PapersBrought,
        matters.MessageSent,
        matters.MatterAnswered,
        matters.MatterDeclined,
        matters.MatterWithdrawn,
        matters.MatterRated,
        matters.MatterReopened,
        matters.MatterSigned,
        matters.MatterContinued,
        matters.MatterSettled,
        *_ON_THE_WAY,
    )
    for event in told:
        ends = [matters_jobs.end_parts] if event is matters.MatterWithdrawn else []
        connect(event, later=[matters_jobs.Tell(event.__name__), *ends])
    connect(clocks.ClockNeared, later=[matters_jobs.Warn("ClockNeared")])
    connect(clocks.ClockWarned, later=[matters_jobs.Warn("ClockWarned")])
    connect(
        clocks.ClockBroken,
        later=[
            matters_jobs.mark_late,
            matters_jobs.Warn("ClockBroken"),
            quality_jobs.hear_clock,
            matters_jobs.climb,
        ],
    )
    connect(matters.PromisePressed, later=[matters_jobs.press])
    connect(clocks.ClockMoved, later=[matters_jobs.follow_clock])


def _wire_booking() -> None:
    """Who booked, and shortly before also who receives them, are told by jobs."""
    told = (
        booking.BookingConfirmed,
        booking.BookingMoved,
        booking.BookingCancelled,
        booking.PlaceOffered,
        booking.BookingReminded,
    )
    for event in told:
        connect(event, later=[booking_jobs.Tell(event.__name__)])
    changed = (
        clocks.CalendarChanged, duty.RosterPublished, duty.RosterEnded, duty.ShiftSwapped,
        duty.DutyAbsent, duty.SubstituteTook, duty.PostEnded, circuit_events.CircuitSet,
    )  # fmt: skip
    for moved in changed:
        connect(moved, later=[booking_jobs.lay])
    _wire_clashes()
    for gone in (circuit_events.VisitChanged, circuit_events.VisitCancelled):
        leader = circuit_jobs.TellLeader(gone.__name__)
        connect(gone, later=[booking_jobs.follow_circuit, leader])
    connect(circuit_events.CircuitEnded, later=[circuit_jobs.TellLeader("CircuitEnded")])
    connect(circuit_events.VisitMissed, later=[booking_jobs.follow_missed])


def _wire_clashes() -> None:
    """Visits that their leader cannot make are held back with the deed, and who plans is told."""
    changed = (
        duty.RosterPublished, duty.RosterRepaired, duty.RosterEnded, duty.ShiftPlaced,
        duty.ShiftSwapped, duty.DutyAbsent, duty.SubstituteTook, duty.LeaveDecided,
        duty.PostEnded,
    )  # fmt: skip
    for moved in changed:
        connect(moved, now=[circuit_jobs.weigh_now])
    # who stands in may not write the visits of whom they relieve: the house does
    connect(duty.SubstituteTook, later=[circuit_jobs.weigh_visits])
    connect(circuit_events.VisitHeld, later=[booking_jobs.lay, circuit_jobs.tell_held])
    for told in (circuit_events.VisitFreed, circuit_events.VisitKept):
        connect(told, later=[booking_jobs.lay])


def _wire_quality() -> None:
    """Answered matters are to be rated, ratings looked at, complaints given to somebody."""
    connect(matters.MatterAnswered, later=[quality_jobs.invite])
    connect(matters.MatterAnsweredOnSpot, later=[quality_jobs.invite])
    connect(matters.DemandTypeChanged, later=[quality_jobs.hear_downgrade])
    for gone in (duty.DutyAbsent, duty.SubstituteMissing, checkin_events.CheckInMissed):
        connect(gone, later=[quality_jobs.hear_absence])
    connect(quality.RatingGiven, later=[quality_jobs.examine])
    connect(quality.ComplaintMade, later=[quality_jobs.give_complaint])


def _wire_duty() -> None:
    """Those on duty are told; when one who was asked cannot come, the next is asked."""
    told = (
        duty.RosterPublished,
        duty.RosterRepaired,
        duty.ChangeAsked,
        duty.ChangeAnswered,
        duty.ShiftSwapped,
        duty.SubstituteCalled,
        duty.SubstituteTook,
        duty.SubstituteMissing,
        duty.PostEnded,
    )
    for event in told:
        connect(event, later=[duty_jobs.Tell(event.__name__)])
    connect(duty.SubstituteAnswered, later=[duty_jobs.ask_next])


def _wire_checkin() -> None:
    """The person is reminded first; who then misses a shift is reported, if the rules say so."""
    told = (
        checkin_events.CheckInReminded,
        checkin_events.CheckInDoubted,
        checkin_events.CheckInDecided,
        checkin_events.MakeUpAsked,
        checkin_events.MakeUpDecided,
    )
    for event in told:
        connect(event, later=[checkin_jobs.TellOfCheckIn(event.__name__)])
    connect(
        checkin_events.CheckInMissed,
        later=[checkin_jobs.TellOfCheckIn("CheckInMissed"), checkin_jobs.report_missed],
    )
