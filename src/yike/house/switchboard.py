"""Who hears what: the causality of the house on one page.

`now` handlers run in the same transaction as the deed (three at most), `later` are jobs that exist
if and only if the deed is committed. Every event is wired here or listed as unheard.
"""

from __future__ import annotations

from yike.demo.clearing import DemoCleared
from yike.rooms.booking import events as booking
from yike.rooms.booking import jobs as booking_jobs
from yike.rooms.catalogue import events as catalogue
from yike.rooms.clocks import events as clocks
from yike.rooms.core.event import Event
from yike.rooms.duty import checkin_events, checkin_jobs
from yike.rooms.duty import events as duty
from yike.rooms.duty import jobs as duty_jobs
from yike.rooms.files import events as files
from yike.rooms.guard import events as guard
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
from yike.rooms.regions import events as regions
from yike.rooms.trail.wiring import connect

#: Events that nobody needs to hear; they are history only.
UNHEARD: list[type[Event]] = [
    files.FileKept,
    files.FileRead,
    files.FilesSwept,
    guard.SteppedOutside,
    people.AccountCreated,
    people.AccountDeactivated,
    people.AccountReactivated,
    people.PasswordReset,
    people.PasswordChanged,
    people.SignedIn,
    people.SignedOut,
    people.SignInFailed,
    people.SignInLocked,
    people.SignInUnlocked,
    people.SecondFactorEnrolled,
    people.SecondFactorReset,
    people.RecoveryCodeUsed,
    people.RecoveryCodesRenewed,
    people.GrantGiven,
    people.GrantTaken,
    people.GrantConfirmed,
    people.EmergencyEnded,
    people.EmergencyReviewed,
    people.ApiKeyMade,
    people.ApiKeyEnded,
    people.DeviceRegistered,
    people.DeviceRevoked,
    people.PartyUnmasked,
    people.ContactNoteRead,
    people.KeysRotated,
    people.KeysDropped,
    # shown on the settings pages
    clocks.PromiseChanged,
    # told by what they are part of, or shown on the matter's page when it is opened
    matters.MatterSigned,
    matters.MatterLooked,
    matters.WaitingStopped,
    matters.NoteAdded,
    matters.PointAdded,
    matters.PointAnswered,
    matters.MatterRecategorised,
    # quality reads them by queries for its samples and figures
    matters.MatterCalledBack,
    matters.MatterArchived,
    matters.CountyRecalled,
    matters.JointEnded,
    matters.SubOrderSent,
    matters.FlowPolicySet,
    matters.AssignmentPolicySet,
    matters.AssignmentWeightSet,
    matters.SideNoted,
    matters.SideWithdrawn,
    matters.SuggestionDecided,
    matters.UrgencySet,
    matters.LevelSet,
    matters.MatterSettled,
    matters.MatterContinued,
    matters.AlertsSet,
    matters.LadderSet,
    # shown on the order's page; the citizen or the other line was spoken to already
    matters.CitizenCalled,
    matters.CallTransferred,
    matters.MatterLinked,
    matters.PointsSet,
    matters.LeftoversSealed,
    matters.MattersExported,
    matters.RouteSet,
    matters.RouteEnded,
    matters.TicketTaken,
    matters.TicketCalled,
    matters.TicketServed,
    notices.MailFailed,
    notices.MailSent,
    notices.SmsSent,
    notices.SmsDelivered,
    notices.SmsFailed,
    notices.NoticesBroadcast,
    notices.NoticesRead,
    notices.TemplateEdited,
    # registers and reference data: read afresh wherever they are shown
    regions.ReferenceLoaded,
    regions.RegionsImported,
    providers.InstitutionRegistered,
    providers.InstitutionRevised,
    providers.InstitutionClosed,
    providers.SupplySet,
    providers.PractitionerRegistered,
    providers.PractitionerRevised,
    providers.PractitionerClosed,
    providers.AccountLinked,
    providers.CredentialRecorded,
    providers.ContactOpened,
    providers.ContactsSealed,
    providers.KeepersNamed,
    providers.NormSet,
    providers.PractitionerResumed,
    providers.PractitionerSuspended,
    providers.RelationDeclared,
    providers.RelationWithdrawn,
    providers.StationingBegun,
    providers.StationingEnded,
    providers.StationingExplained,
    providers.StationingPlanned,
    providers.UndertakingSigned,
    providers.AdviserEngaged,
    providers.AdviserReleased,
    providers.AdviserVillagesSet,
    providers.AdviserVisited,
    providers.DutyMemberJoined,
    providers.DutyMemberLeft,
    providers.DutyNeedsSet,
    providers.DutyTeamEnded,
    providers.DutyTeamFormed,
    providers.JoiningApplied,
    providers.JoiningMoved,
    providers.JoiningPaperChecked,
    providers.KindCharged,
    providers.KindUpdateSigned,
    # shown on the pages of volunteers and of service records
    providers.CertificateIssued,
    providers.CertificateRevoked,
    providers.ServiceRecorded,
    providers.ServiceVoided,
    providers.ServicesExported,
    providers.VolunteerApplied,
    providers.VolunteerCalled,
    providers.VolunteerContactOpened,
    providers.VolunteerHonoured,
    providers.VolunteerIncidentClosed,
    providers.VolunteerIncidentNoted,
    providers.VolunteerMoved,
    providers.VolunteerRated,
    providers.VolunteerRevised,
    providers.VolunteerRulesSet,
    providers.VolunteerSignUpMoved,
    providers.VolunteerSignedUp,
    providers.VolunteerTaskMoved,
    providers.VolunteerTaskPosted,
    providers.VolunteerTeamEnded,
    providers.VolunteerTeamFormed,
    providers.VolunteerTeamJoined,
    providers.VolunteerTeamLeft,
    providers.VolunteerUndertook,
    places.StationRegistered,
    places.StationRevised,
    places.StationClosed,
    places.StationMerged,
    places.StationSplit,
    places.GradeAwarded,
    places.FacilityRegistered,
    places.FacilityStatusSet,
    places.SpaceRegistered,
    places.SpaceRevised,
    places.SpaceStatusSet,
    catalogue.ReferenceLoaded,
    catalogue.ItemAdded,
    catalogue.ItemEnded,
    catalogue.ItemRevised,
    catalogue.CodeRevised,
    catalogue.KeywordSet,
    catalogue.ItemOffered,
    catalogue.ItemWithdrawn,
    # shown on the booking's own page and the desk's list of the day
    booking.PlaceHeld,
    booking.PlaceLapsed,
    booking.WaitingJoined,
    booking.BookingCame,
    booking.BookingMissed,
    booking.PatternSet,
    booking.PatternEnded,
    booking.DaysClosed,
    booking.SlotsLaid,
    booking.RuleSet,
    booking.CalendarFed,
    # each tells whom it concerns itself, and stands in the history of its case
    quality.RatingInvited,
    quality.RatingRefused,
    quality.RatingFlagged,
    quality.RatingChecked,
    quality.RatingReplied,
    quality.CallbackOwed,
    quality.CallbackAttempted,
    quality.CallbackHanded,
    quality.CallbackRedone,
    quality.CallbackToMend,
    quality.ExclusionAsked,
    quality.ExclusionGranted,
    quality.ExclusionRefused,
    quality.RectificationAssigned,
    quality.RectificationReported,
    quality.RectificationPassed,
    quality.RectificationFailed,
    quality.RectificationClosed,
    quality.RectificationEased,
    quality.RectificationHanded,
    quality.AlertRaised,
    quality.AlertAssigned,
    quality.DismissalAsked,
    quality.AlertDismissed,
    quality.DismissalRefused,
    quality.AlertEnded,
    quality.CaseEscalated,
    quality.ComplaintHeld,
    quality.ComplaintAnswered,
    quality.ComplaintHanded,
    quality.ComplaintAppealed,
    quality.ComplaintDecided,
    quality.ComplaintWithdrawn,
    quality.ComplaintSettled,
    quality.DailyChecksMade,
    quality.DailyCheckSeen,
    quality.DailyCheckMissed,
    quality.RewardGiven,
    quality.RewardRevoked,
    quality.PolicySet,
    plans.TaskForceFounded,
    plans.TaskForceEnded,
    plans.MembersChanged,
    plans.TasksListed,
    plans.TaskRevised,
    plans.TaskMoved,
    # shown on the pages of posts, rosters and people; those whom they concern are told by others
    duty.PostRegistered,
    duty.PostRevised,
    duty.PostEnded,
    duty.DemandSet,
    duty.FerrySet,
    duty.LeaveAsked,
    duty.LeaveDecided,
    duty.WishMade,
    duty.LimitSet,
    duty.RosterBegun,
    duty.RosterSolved,
    duty.RosterFailed,
    duty.ShiftPlaced,
    duty.FeedMade,
    checkin_events.CheckedIn,
    checkin_events.CheckInRefused,
    checkin_events.CameAfterAll,
    checkin_events.CheckRulesSet,
    checkin_events.CheckCodeRenewed,
    checkin_events.FixOpened,
    checkin_events.FixesSwept,
    checkin_events.FiguresExported,
    DemoCleared,
]


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
    connect(people.GlassBroken, later=[notices_jobs.warn_of_emergency])
    connect(providers.TermEnding, later=[notices_jobs.warn_of_term])
    connect(providers.VolunteerPlaceFreed, later=[providers_jobs.fill_places])
    connect(providers.KindUpdateOverdue, later=[notices_jobs.warn_of_update])


def _wire_matters() -> None:
    """Office and citizen are told by jobs; a broken promise marks its matter."""
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
        duty.DutyAbsent, duty.SubstituteTook,
    )  # fmt: skip
    for moved in changed:
        connect(moved, later=[booking_jobs.lay])


def _wire_quality() -> None:
    """Answered matters are to be rated, ratings looked at, complaints given to somebody."""
    connect(matters.MatterAnswered, later=[quality_jobs.invite])
    connect(matters.MatterAnsweredOnSpot, later=[quality_jobs.invite])
    connect(matters.DemandTypeChanged, later=[quality_jobs.hear_downgrade])
    connect(duty.DutyAbsent, later=[quality_jobs.hear_absence])
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
