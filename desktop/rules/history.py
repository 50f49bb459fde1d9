"""The history of a record in the words of the forms: which field, and its value as staff know it. Must not know tables.

`label` answers None for what no form shows: keys made by the program, sizes, digests.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from desktop import language
from desktop.language import N_, _
from desktop.rules import codes, requests, retention
from desktop.rules.dates import show_birth_date, show_date
from desktop.rules.deeds import HOW_INFORMED, MELDCODE_STEPS
from desktop.rules.phones import show_phone
from desktop.rules.returned_post import REASONS as RETURN_REASONS
from desktop.rules.staff import ROLES
from desktop.rules.story import APPOINTMENTS

KINDS = {
    "organisation": N_("Organisation"),
    "staff": N_("Colleague"),
    "staff_role": N_("Role"),
    "neighbourhood": N_("Neighbourhood"),
    "theme": N_("Theme"),
    "reason": N_("Reason"),
    "reason_theme": N_("Theme of a reason"),
    "practice": N_("Practice"),
    "contact": N_("Contact of a practice"),
    "person": N_("Participant"),
    "different_people": N_("Judged to be different people"),
    "voucher": N_("Voucher"),
    "voucher_reason": N_("Reason of the voucher"),
    "contact_attempt": N_("Contact"),
    "appointment": N_("Appointment"),
    "intake": N_("Intake"),
    "location": N_("Location"),
    "activity": N_("Activity"),
    "schedule": N_("Times"),
    "activity_theme": N_("Theme of the activity"),
    "enrolment": N_("Signed up"),
    "aftercare": N_("Aftercare talk"),
    "worry": N_("Worry"),
    "hold": N_("On hold"),
    "closing": N_("Closing"),
    "consent": N_("Consent"),
    "postponement": N_("Postponed task"),
    "gap": N_("Missing in the offer"),
    "letter": N_("Letter"),
    "letter_moment": N_("Moment of the letter"),
    "letter_pdf": N_("Letter as fixed"),
    "dispatch": N_("Sending"),
    "shared_part": N_("Part of letters"),
    "batch": N_("Letters printed in one go"),
    "returned_post": N_("Returned post"),
    "letter_text": N_("Text of a letter"),
    "practice_talk": N_("Talk with the practice"),
    "request": N_("Request"),
    "breach": N_("Data breach"),
    "retention_term": N_("Term for keeping data"),
    "retention_list": N_("Yearly list"),
    "retention_item": N_("Line of the yearly list"),
    "destruction": N_("Certificate"),
    "others_mark": N_("Is of others"),
    "meldcode_step": N_("Step of the Meldcode"),
    "export": N_("Export"),
}
HIDDEN = frozenset(
    {
        *("id", "uid", "version", "sound", "sort_name", "recipient_key", "bytes", "sha256", "logo", "position"),
        *("batch", "code", "previous_id", "due_on", "table", "row", "parts", "pdf_password", "subject", "facts"),
    }
)
"""Kept by the program itself; what depends on other fields would only repeat them."""
LABELS = {
    "body": N_("Text"),
    "copy_of_id": N_("Copy of the letter to somebody else"),
    "dispatch_id": N_("Sending"),
    "ended_at": N_("Ended at"),
    "gp_contacts": N_("Contacts with the GP"),
    "letters": N_("Letters"),
    "made_at": N_("Made at"),
    "next_on": N_("Next talk on"),
    "printed": N_("Printed"),
    "question": N_("What can we help with"),
    "returned_on": N_("Came back on"),
    "satisfaction": N_("Satisfied with it, 1 to 10"),
    "settled_how": N_("How it was settled"),
    "settled_on": N_("Settled on"),
    "started_at": N_("Started at"),
    "times_held": N_("Out of how many times"),
    "times_present": N_("How many times there"),
    "with_whom": N_("With whom"),
    "answer_by": N_("Answer before"),
    "answered_on": N_("Answered on"),
    "approved_on": N_("Approved on"),
    "asked_by": N_("Asked by"),
    "authority_at": N_("Reported on"),
    "authority_number": N_("Number of the report"),
    "backups_until": N_("Backups hold it until"),
    "cases": N_("Cases"),
    "consequences": N_("What it may lead to"),
    "ended_on": N_("Ended on"),
    "exported_at": N_("Exported at"),
    "extended_why": N_("Why it takes longer"),
    "ground": N_("Ground"),
    "happened_on": N_("Happened on"),
    "lines": N_("Lines"),
    "list_id": N_("Yearly list"),
    "made_on": N_("Made on (day)"),
    "measures": N_("What was done about it"),
    "months": N_("Months after the end of the case"),
    "noticed_at": N_("Noticed on"),
    "people": N_("How many people"),
    "people_on": N_("Told on"),
    "person_number": N_("Number of the person in the log"),
    "persons": N_("Persons"),
    "proved": N_("It is certain who asks"),
    "request_id": N_("Request"),
    "rows": N_("Rows"),
    "step": N_("Step of the Meldcode"),
    "to_authority": N_("Is it reported there?"),
    "to_people": N_("Are they told?"),
    "what": N_("What happened"),
    "whose": N_("Which people and which data"),
    "why": N_("Why"),
    "why_keep": N_("Why they are kept longer"),
    "why_not": N_("Why something is not reported"),
    "worry_id": N_("Worry"),
    "accompanied": N_("We go along the first time"),
    "active": N_("In use"),
    "activity_id": N_("Activity"),
    "address": N_("Address or room"),
    "aftercare_after": N_("Aftercare talk after, months"),
    "age_from": N_("From age"),
    "age_to": N_("Up to age"),
    "agb": N_("AGB code"),
    "agreed": N_("What was agreed"),
    "answer": N_("Answer"),
    "appointment_id": N_("Appointment"),
    "approved_at": N_("Approved at"),
    "approved_by_id": N_("Approved by"),
    "arrived_letter_within": N_("First word to the practice within, days"),
    "at": N_("When"),
    "barriers": N_("What stands in the way"),
    "best_time": N_("Best time to call"),
    "birth_date": N_("Birth date"),
    "birth_name": N_("Birth name"),
    "call_attempts": N_("Attempts on different days"),
    "call_back_at": N_("Call back at"),
    "call_back_on": N_("Call back on"),
    "call_within": N_("First call within, working days"),
    "called_at": N_("Practice phoned at"),
    "capacity": N_("Places"),
    "channel": N_("Received through"),
    "checked_by_id": N_("Checked by"),
    "checked_on": N_("Checked on"),
    "closed_on": N_("Closed on"),
    "closes": N_("Until (hour)"),
    "coach_id": N_("Coach"),
    "colour": N_("Colour"),
    "comes_by": N_("Comes by, cannot be phoned"),
    "confirmed_at": N_("Confirmed at"),
    "contact_by": N_("May be contacted by"),
    "contact_name": N_("Contact person or representative"),
    "contact_phone": N_("Phone of the contact person"),
    "contact_relation": N_("Who that is"),
    "content": N_("Text of the letter"),
    "corrects_id": N_("Corrects the letter"),
    "dated_on": N_("Date on the voucher"),
    "destination": N_("Or outside the catalogue"),
    "destination_name": N_("Which, where, with whom"),
    "direction": N_("Who got in touch"),
    "discussed": N_("Discussed with the participant"),
    "done_on": N_("Done on"),
    "email": N_("E-mail"),
    "ends_on": N_("Until (day)"),
    "enrolled_on": N_("Signed up on"),
    "erased_on": N_("Data destroyed on"),
    "first_attended_on": N_("First time there"),
    "first_known_by": N_("Known by"),
    "first_name": N_("First name"),
    "fold": N_("Fold mark"),
    "form_of_address": N_("Form of address"),
    "given_on": N_("Asked on"),
    "goals": N_("What matters to this person"),
    "held_on": N_("Held on"),
    "how": N_("How"),
    "how_to_join": N_("How to join"),
    "icpc": N_("Z code"),
    "in_practice_hours": N_("Hours in the practice"),
    "informed_by_id": N_("Told by"),
    "informed_how": N_("How the person was told"),
    "informed_on": N_("Told where the data came from"),
    "initials": N_("Initials"),
    "intake_letter_within": N_("Letter after the intake within, working days"),
    "interpreter": N_("An interpreter is needed"),
    "keeps_attendance": N_("Attendance is kept"),
    "kind": N_("Kind"),
    "language": N_("Language"),
    "leader_id": N_("Leader (colleague)"),
    "letter_copy": N_("A copy to the referrer"),
    "letter_id": N_("Letter"),
    "letter_moments": N_("Letters about"),
    "letter_name": N_("Neutral name for letters"),
    "letter_to": N_("To whom"),
    "letter_way": N_("By which way"),
    "lift": N_("Lift"),
    "location_id": N_("Location"),
    "long_text": N_("Longer text"),
    **codes.MARKS,
    "meldcode_step": N_("Step of the Meldcode"),
    "merged_into_id": N_("Merged into"),
    "moment": N_("Moment"),
    "name": N_("Name"),
    "neighbourhood_id": N_("Neighbourhood"),
    "note": N_("Note"),
    "noticed_on": N_("Noticed on"),
    "number": N_("House number"),
    "one_talk_enough": N_("One talk was enough"),
    "opens": N_("From (hour)"),
    "other_id": N_("The other"),
    "outcome": N_("How it ended"),
    "own_practice_id": N_("Own GP practice"),
    "partner": N_("Which partner"),
    "passed_on_to": N_("Passed on to"),
    "person_id": N_("Participant"),
    "phone": N_("Phone"),
    "phone2": N_("Second phone"),
    "place": N_("Where"),
    "postcode": N_("Postcode"),
    "postcodes": N_("Postcodes"),
    "practice_id": N_("Practice"),
    "price_cents": N_("Price"),
    "price_note": N_("Remark about the price"),
    "price_per": N_("Price per"),
    "price_times": N_("Number of times"),
    "provider": N_("Offered by"),
    "province": N_("Province"),
    "purpose": N_("What was asked"),
    "reached": N_("Spoke to"),
    "reason": N_("Reason"),
    "reason_id": N_("Reason"),
    "received_on": N_("Received on"),
    "recipient_id": N_("To whom"),
    "referrer_id": N_("Referrer"),
    "referrer_kind": N_("Kind of referrer"),
    "referrer_name": N_("Referrer"),
    "reopened_on": N_("Opened again on"),
    "reopened_why": N_("Why it goes on"),
    "report_back": N_("The practice wants to hear from us"),
    "report_to_id": N_("Report to"),
    "role": N_("Role"),
    "role_title": N_("Role under a letter"),
    "rrule": N_("Times"),
    "salutation": N_("Salutation"),
    "schedule_note": N_("Remark about the times"),
    "secure_mail": N_("Secure mail"),
    "sent_at": N_("Sent at"),
    "shift_x": N_("Shift to the right, mm"),
    "shift_y": N_("Shift down, mm"),
    "short_text": N_("In one or two sentences"),
    "sign_in_name": N_("Sign-in name"),
    "skips_holidays": N_("Not on public holidays"),
    "staff_id": N_("Colleague"),
    "start_on": N_("First day"),
    "starts_at": N_("When"),
    "starts_on": N_("From (day)"),
    "state": N_("State"),
    "status": N_("Status"),
    "stop_reason": N_("Why it stopped"),
    "stopped_on": N_("Stopped on"),
    "street": N_("Street"),
    "substitute_id": N_("Substitute"),
    "surname": N_("Surname"),
    "task": N_("Task"),
    "text_version": N_("Version of the text"),
    "their_reference": N_("Their reference"),
    "theme_id": N_("Theme"),
    "title": N_("Title"),
    "town": N_("Town"),
    "transport": N_("Transport"),
    "tussenvoegsel": N_("Tussenvoegsel"),
    "until": N_("Until (day)"),
    "valid_until": N_("Valid until"),
    "voicemail": N_("Voicemail may be left"),
    "voucher_id": N_("Voucher"),
    "voucher_valid": N_("Voucher valid for, months"),
    "warm": N_("Straight from the consultation (warm hand-over)"),
    "way": N_("By which way"),
    "website": N_("Website"),
    "wheelchair": N_("Wheelchair can get in"),
    "window": N_("Side of the window"),
    "wishes": N_("Wishes: what, when, with whom"),
    "withdrawn_on": N_("Withdrawn on"),
    "withdrawn_why": N_("Why withdrawn"),
    "word_participant": N_("Word for participant"),
    "word_voucher": N_("Word for voucher"),
    "written_by_id": N_("Written by"),
    "written_on": N_("Written on"),
    "untouched_after": N_("Untouched cases are listed after, days"),
    "offer_within": N_("An offered place is kept for, working days"),
    "country": N_("Country"),
    "progress_weeks": N_("Progress letter after, weeks"),
    "deceased_on": N_("Deceased on"),
    "enrolment_id": N_("Activity it is about"),
    "ended_by_id": N_("Ended with the closing"),
    "offered_on": N_("Place offered on"),
    "offer_until": N_("Offered place kept until"),
    "queued_at": N_("At the end of the waiting list since"),
    "called_practice_id": N_("Which practice was phoned"),
    "weigh_suspected": N_("Is there still a suspicion?"),
    "weigh_unsafe": N_("Acutely or structurally unsafe?"),
    "weigh_able": N_("Can we offer or organise help?"),
    "weigh_accepted": N_("Do those involved accept help?"),
    "weigh_safer": N_("Does help make it safe in time?"),
    "must_report": N_("Decision 1: must it be reported?"),
    "may_help": N_("Decision 2: is help possible too?"),
    "from_on": N_("On hold from"),
    "until_on": N_("On hold until"),
    "intake_id": N_("Talk"),
    "attempt_id": N_("Contact"),
    "follows_id": N_("Goes on from the letter"),
    "promised_on": N_("Next word promised on"),
    "promised_sooner": N_("Or sooner when it stops"),
    "said": N_("What it told"),
}
OWN_LABELS = {
    ("voucher", "number"): N_("Voucher number"),
    ("person", "note"): N_("Note about the person"),
    ("contact", "active"): N_("Works here"),
    ("staff", "active"): N_("Works here"),
    ("practice", "active"): N_("Refers to us"),
    ("activity", "contact_name"): N_("Contact"),
    ("contact_attempt", "way"): N_("How"),
    ("contact_attempt", "outcome"): N_("How it went"),
    ("contact", "phone"): N_("Direct phone"),
    ("organisation", "name"): N_("Name of the organisation"),
    ("activity", "title"): N_("Name"),
    ("activity", "contact_phone"): N_("Phone"),
    ("activity", "contact_email"): N_("E-mail"),
    ("appointment", "warm"): N_("Straight after the consultation (warm hand-over)"),
    ("aftercare", "outcome"): N_("Does this person still take part?"),
    ("enrolment", "activity_id"): N_("Activity of the catalogue"),
    ("worry", "kind"): N_("What it is about"),
    ("request", "received_on"): N_("Came in on"),
    ("request", "answer"): N_("What was answered, and why"),
    ("practice_talk", "staff_id"): N_("Who of us"),
    ("retention_item", "choice"): N_("What happens to the data"),
    ("staff", "phone"): N_("Direct phone"),
    ("export", "what"): N_("What was exported"),
    ("request", "kind"): N_("What is asked"),
    ("request", "outcome"): N_("What came of it"),
    ("destruction", "number"): N_("Number"),
    ("contact", "title"): N_("Title before the name"),
}
PHONES = frozenset({"phone", "phone2", "contact_phone"})
YES_OR_NO = frozenset(
    {
        *("active", "accompanied", "comes_by", "interpreter", "letter_copy", "report_back", "warm", "one_talk_enough"),
        *("keeps_attendance", "skips_holidays", "discussed", "proved", "promised_sooner"),
    }
)
WORDS: dict[str, Mapping[str, str]] = {
    "form_of_address": codes.FORMS_OF_ADDRESS,
    "channel": codes.CHANNELS,
    "referrer_kind": codes.REFERRER_KINDS,
    "purpose": codes.CONSENT_PURPOSES,
    "answer": codes.CONSENT_ANSWERS,
    "how": codes.CONSENT_WAYS,
    "moment": codes.LETTER_MOMENTS,
    "letter_moments": codes.LETTER_MOMENTS,
    "letter_to": codes.LETTER_TO,
    "letter_way": codes.LETTER_WAYS,
    "place": codes.PLACES,
    "destination": codes.DESTINATIONS,
    "first_known_by": codes.KNOWN_BY,
    "stop_reason": codes.DROP_OUT_REASONS,
    "informed_how": HOW_INFORMED,
    "voicemail": codes.YES_NO,
    **dict.fromkeys(("weigh_suspected", "weigh_unsafe", "weigh_able", "weigh_accepted"), codes.YES_NO),
    **dict.fromkeys(("weigh_safer", "must_report", "may_help"), codes.YES_NO),
    "wheelchair": codes.YES_NO,
    "lift": codes.YES_NO,
    "role": {**codes.CONTACT_ROLES, **ROLES},
    "contact_by": {"phone": N_("Phone"), "post": N_("Post"), "email": N_("E-mail")},
    "direction": {"out": N_("We did"), "in": N_("They did")},
    "window": {"left": N_("Left"), "right": N_("Right")},
    "fold": {"none": N_("None")},
    "meldcode_step": {str(step): text for step, text in MELDCODE_STEPS.items()},
    "provider": {"own": N_("Ourselves"), "partner": N_("A partner")},
    "state": {
        **{"planned": N_("Planned"), "held": N_("Held"), "missed": N_("Did not go on"), "moved": N_("Moved")},
        **{"cancelled": N_("Called off"), "enrolled": N_("Signed up"), "waiting": N_("On the waiting list")},
        **{"offered": N_("Place offered"), "started": N_("Started"), "stopped": N_("Stopped"), **codes.LETTER_STATES},
    },
}
OWN_WORDS: dict[tuple[str, str], Mapping[str, str]] = {
    ("voucher", "status"): codes.STATUSES,
    ("activity", "status"): codes.ACTIVITY_STATUSES,
    ("voucher", "outcome"): codes.CLOSING_OUTCOMES,
    ("closing", "outcome"): codes.CLOSING_OUTCOMES,
    ("closing", "reason"): codes.DROP_OUT_REASONS,
    ("contact_attempt", "outcome"): codes.CONTACT_OUTCOMES,
    ("contact_attempt", "way"): codes.CONTACT_WAYS,
    ("dispatch", "way"): codes.LETTER_WAYS,
    ("aftercare", "outcome"): codes.AFTERCARE_OUTCOMES,
    ("returned_post", "settled_how"): codes.SETTLED,
    ("returned_post", "why"): RETURN_REASONS,
    ("letter", "ground"): codes.SIGNAL_GROUNDS,
    ("letter_text", "kind"): codes.LETTER_TEXTS,
    ("batch", "state"): codes.BATCH_STATES,
    ("practice", "kind"): codes.PRACTICE_KINDS,
    ("worry", "kind"): codes.WORRY_KINDS,
    ("appointment", "kind"): APPOINTMENTS,
    ("request", "kind"): requests.KINDS,
    ("request", "outcome"): requests.OUTCOMES,
    ("retention_term", "kind"): retention.KINDS,
    ("retention_item", "kind"): retention.KINDS,
    ("retention_item", "choice"): retention.CHOICES,
    ("destruction", "how"): retention.HOW,
    ("destruction", "why"): retention.WHY,
    ("voucher", "ground"): retention.GROUNDS,
    ("breach", "to_authority"): codes.YES_NO,
    ("breach", "to_people"): codes.YES_NO,
}
SEVERAL = frozenset({"contact_by", "letter_moments"})


@dataclass(frozen=True)
class Step:
    """One field of one record that changed: who did it, when, and what stood there before and after."""

    id: int
    at: datetime
    who: str
    deed: str  # the name in the log
    kind: str  # the table
    row: int
    what: str  # which record, in words
    field: str
    old: str
    new: str


def label(kind: str, column: str) -> str | None:
    """A field's name as it stands on the form; None for what no form shows."""
    if column in HIDDEN:
        return None
    words = OWN_LABELS.get((kind, column)) or LABELS.get(column)
    return _(words) if words else column


def is_known(kind: str, column: str) -> bool:
    """Whether there is a word for this field, or it is one of those that are not shown."""
    return column in HIDDEN or column in LABELS or (kind, column) in OWN_LABELS


def value_words(kind: str, column: str, value: Any) -> str:
    """A stored value as staff see it on the form; nothing is empty."""
    if value is None or value == "":
        return ""
    if column in YES_OR_NO:
        return _("Yes") if value else _("No")
    if column in PHONES:
        return show_phone(str(value))
    if column == "birth_date":
        return show_birth_date(str(value))
    if column == "price_cents":
        return f"€ {int(value) / 100:.2f}".replace(".", "," if language.current() == "nl" else ".")
    if column == "content":
        return letter_words(str(value))
    words = OWN_WORDS.get((kind, column)) or WORDS.get(column)
    if words is not None:
        parts = str(value).split() if column in SEVERAL else [str(value)]
        return ", ".join(codes.word(words, part) for part in parts)
    return _moment_words(value)


def letter_words(content: str) -> str:
    """The headings and their texts of a stored letter."""
    try:
        core = json.loads(content).get("core", ())
        return " · ".join(f"{heading}: {text}" for heading, text in core if text)
    except (ValueError, TypeError, AttributeError):
        return ""


def _moment_words(value: Any) -> str:
    """Days and hours as they are written here; anything else as it is."""
    text = str(value)
    if not isinstance(value, str) or not text[:1].isdigit():
        return text
    try:
        if len(text) == len("2026-11-06") and text[4] == "-":
            return show_date(date.fromisoformat(text))
        if "T" in text and text[4] == "-":
            return f"{datetime.fromisoformat(text):%d-%m-%Y %H:%M}"
    except ValueError:
        return text  # somebody's own words that look like a date
    return text
