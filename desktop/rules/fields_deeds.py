"""The fields of every deed on the path of a case, and of the answers given in it. Must not know tables."""

from desktop.language import N_
from desktop.rules import codes
from desktop.rules.dates import AHEAD, PAST
from desktop.rules.deeds import MELDCODE_STEPS
from desktop.rules.fields import CHOICE, DAY, FLAG, HOUR, LINK, LONG, MARK, MOMENT, NAME, NUMBER, Field, Subject
from desktop.rules.meldcode import DECISIONS, WEIGHING
from desktop.rules.story import APPOINTMENTS

CASE = "the case it is recorded on, and by whom"
OF_CASE = (
    Field("voucher", N_("Voucher"), LINK, set_by=CASE),
    Field("person", N_("Participant"), LINK, set_by=CASE),
    Field("staff", N_("Colleague"), LINK, set_by=CASE),
)
"""What every deed has."""
NOTE = Field("note", N_("Note"), LONG)
NOT_IN_LETTERS = Field("note", N_("Note"), LONG, asked=N_("Note (not in letters)"))
TALK = (
    Field("appointment", N_("Appointment"), LINK, set_by="as what it was planned"),
    Field("held_on", N_("Held on"), DAY, asked=N_("Day"), lies=PAST),
    Field("place", N_("Where"), CHOICE, codes.PLACES, counted=True),
    Field("coach", N_("Coach"), LINK, asked=N_("With whom")),
    *(Field(name, label, MARK) for name, label in codes.MARKS.items()),
    Field("gp_contacts", N_("Contacts with the GP"), NUMBER),
)
"""What both talks ask."""
ENDED = Field("ended_by", N_("Ended with the closing"), LINK, set_by="the closing that ended it")
STEP_WORDS = {str(step): words for step, words in MELDCODE_STEPS.items()}
STEPS = "its field comes with the steps of a worry"
CONTACT_ATTEMPT = Subject("contact_attempt", N_("Contact attempt"), (
    *OF_CASE,
    Field("at", N_("When"), MOMENT),
    Field("way", N_("How"), CHOICE, codes.CONTACT_WAYS, counted=True),
    Field("direction", N_("Who got in touch"), CHOICE, codes.DIRECTIONS, counted=True),
    Field("outcome", N_("How it went"), CHOICE, codes.CONTACT_OUTCOMES, counted=True),
    Field("call_back_on", N_("Call back on"), DAY, lies=AHEAD),
    Field("call_back_at", N_("Call back at"), HOUR),
    NOTE,
))  # fmt: skip
APPOINTMENT = Subject("appointment", N_("Appointment"), (
    *OF_CASE,
    Field("kind", N_("Kind"), CHOICE, APPOINTMENTS, counted=True, set_by="the page on which it is planned"),
    Field("starts_at", N_("When"), MOMENT),
    Field("coach", N_("Coach"), LINK, asked=N_("With whom")),
    Field("place", N_("Where"), CHOICE, codes.PLACES, counted=True),
    Field("address", N_("Address or room"), on_paper=NAME),
    Field("warm", N_("Straight after the consultation (warm hand-over)"), FLAG),
    Field("state", N_("State"), CHOICE, codes.APPOINTMENT_STATES, counted=True, set_by="how it went"),
    Field("enrolment", N_("Activity it is about"), LINK, set_by="its field comes with going along"),
    ENDED,
    Field("note", N_("Note"), LONG, on_paper=NAME),
))  # fmt: skip
INTAKE = Subject("intake", N_("Intake"), (
    *OF_CASE,
    *TALK,
    Field("goals", N_("What matters to this person"), LONG),
    Field("wishes", N_("Wishes: what, when, with whom"), LONG),
    Field("barriers", N_("What stands in the way"), LONG),
    Field("agreed", N_("What was agreed"), LONG),
    Field("one_talk_enough", N_("One talk was enough"), FLAG),
    Field("warm", N_("Straight from the consultation (warm hand-over)"), FLAG,
          set_by="taken from the appointment or the voucher"),
    NOT_IN_LETTERS,
))  # fmt: skip
AFTERCARE = Subject("aftercare", N_("Aftercare talk"), (
    *OF_CASE,
    *TALK,
    Field("outcome", N_("Does this person still take part?"), CHOICE, codes.AFTERCARE_OUTCOMES, counted=True),
    Field("stop_reason", N_("Why it stopped"), CHOICE, codes.DROP_OUT_REASONS, asked=N_("Reason"), counted=True),
    Field("satisfaction", N_("Satisfied with it, 1 to 10"), MARK),
    NOT_IN_LETTERS,
))  # fmt: skip
ENROLMENT = Subject("enrolment", N_("Signed up"), (
    *OF_CASE,
    Field("activity", N_("Activity of the catalogue"), LINK),
    Field("destination", N_("Or outside the catalogue"), CHOICE, codes.DESTINATIONS, counted=True),
    Field("destination_name", N_("Which, where, with whom"), on_paper=NAME, others=True),
    Field("enrolled_on", N_("Signed up on"), DAY, lies=PAST),
    Field("start_on", N_("First day"), DAY, lies=AHEAD),
    Field("state", N_("State"), CHOICE, codes.ENROLMENT_STATES, counted=True, set_by="how it goes"),
    Field("accompanied", N_("We go along the first time"), FLAG),
    Field("first_attended_on", N_("First time there"), DAY, asked=N_("First time on"), lies=PAST),
    Field("first_known_by", N_("Known by"), CHOICE, codes.KNOWN_BY, counted=True),
    Field("times_present", N_("How many times there"), NUMBER),
    Field("times_held", N_("Out of how many times"), NUMBER),
    Field("stopped_on", N_("Stopped on"), DAY, lies=PAST, set_by="stopping is a form of its own"),
    Field("stop_reason", N_("Why it stopped"), CHOICE, codes.DROP_OUT_REASONS, asked=N_("Reason"), counted=True,
          set_by="stopping is a form of its own"),
    Field("offered_on", N_("Place offered on"), DAY, set_by="offering a place is a deed of its own"),
    Field("offer_until", N_("Offered place kept until"), DAY, set_by="offering a place is a deed of its own"),
    Field("queued_at", N_("At the end of the waiting list since"), MOMENT, set_by="when it joined those who wait"),
    Field("ended_in", N_("Ended in the aftercare talk"), LINK, set_by="the talk that ended it"),
    Field("next_step", N_("What follows the stop"), CHOICE, codes.NEXT_STEPS, asked=N_("What follows"), counted=True,
          set_by="stopping is a form of its own"),
    ENDED,
    NOTE,
))  # fmt: skip
WORRY = Subject("worry", N_("Worry"), (
    *OF_CASE,
    Field("kind", N_("What it is about"), CHOICE, codes.WORRY_KINDS, counted=True),
    Field("noticed_on", N_("Noticed on"), DAY, lies=PAST),
    Field("note", N_("Note"), LONG, asked=N_("What was seen or heard, in plain words")),
    Field("called_at", N_("Practice phoned at"), MOMENT),
    Field("called_practice", N_("Which practice was phoned"), LINK),
    Field("reached", N_("Spoke to"), others=True),
    Field("meldcode_step", N_("Step"), NUMBER, STEP_WORDS, set_by=STEPS),
    *(Field(name, label, CHOICE, codes.YES_NO, set_by=STEPS) for name, label in (WEIGHING | DECISIONS).items()),
    Field("done_on", N_("Done on"), DAY, lies=PAST),
))  # fmt: skip
MELDCODE_STEP = Subject("meldcode_step", N_("Step for a worry"), (
    *OF_CASE,
    Field("worry", N_("Worry"), LINK, set_by="on whose page"),
    Field("step", N_("Step"), NUMBER, set_by="the name of its field"),
    Field("done_on", N_("Done on"), DAY, lies=PAST),
    NOTE,
))  # fmt: skip
HOLD = Subject("hold", N_("On hold"), (
    *OF_CASE,
    Field("from_on", N_("On hold from"), DAY, asked=N_("From"), lies=AHEAD),
    Field("until_on", N_("On hold until"), DAY, asked=N_("In touch again on"), lies=AHEAD),
    Field("reason", N_("Reason"), CHOICE, codes.HOLD_REASONS, asked=N_("Why"), counted=True),
    Field("ended_on", N_("Back already on"), DAY, lies=PAST),
    ENDED,
    NOTE,
))  # fmt: skip
CLOSING = Subject("closing", N_("Closing"), (
    *OF_CASE,
    Field("outcome", N_("How it ended"), CHOICE, codes.CLOSING_OUTCOMES, counted=True),
    Field("closed_on", N_("Closed on"), DAY, lies=PAST),
    Field("reason", N_("Reason"), CHOICE, codes.DROP_OUT_REASONS, counted=True),
    Field("passed_on_to", N_("Passed on to")),
    Field("reopened_on", N_("Opened again on"), DAY, asked=N_("From"), lies=PAST,
          set_by="opening again is a form of its own"),
    Field("reopened_why", N_("Why it goes on"), LONG, set_by="opening again is a form of its own"),
    NOT_IN_LETTERS,
))  # fmt: skip
CONSENT = Subject("consent", N_("Consent"), (
    Field("person", N_("Participant"), LINK, set_by=CASE),
    Field("voucher", N_("Voucher"), LINK, set_by=CASE),
    Field("practice", N_("Practice"), LINK, set_by="whom it was given for"),
    Field("purpose", N_("What was asked"), CHOICE, codes.CONSENT_PURPOSES, counted=True, set_by="its field's name"),
    Field("answer", N_("Answer"), CHOICE, codes.CONSENT_ANSWERS, counted=True),
    Field("given_on", N_("Asked on"), DAY, asked=N_("Answered on"), lies=PAST),
    Field("how", N_("How"), CHOICE, codes.CONSENT_WAYS, counted=True),
    Field("staff", N_("Colleague"), LINK, set_by=CASE),
    Field("text_version", N_("Version of the text"), NUMBER, set_by="which text was asked"),
    Field("withdrawn_on", N_("Withdrawn on"), DAY, set_by="withdrawing is a deed of its own"),
    Field("intake", N_("Talk"), LINK, set_by="the talk in which it was given"),
    Field("attempt", N_("Contact attempt"), LINK, set_by="the call in which it was given"),
    Field("sure", N_("Counts, though another answer is of a later day"), FLAG, set_by="saying which of two counts"),
))  # fmt: skip
SUBJECTS = (
    CONTACT_ATTEMPT, APPOINTMENT, INTAKE, ENROLMENT, AFTERCARE, WORRY, MELDCODE_STEP, HOLD, CLOSING, CONSENT,
)  # fmt: skip
