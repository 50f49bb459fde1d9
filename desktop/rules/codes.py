"""The fixed lists of the field as codes with their words; editable lists are rows. Must not know tables or screens."""

from collections.abc import Mapping

from desktop.language import N_, _

FORMS_OF_ADDRESS = {"mevrouw": N_("Mrs"), "de heer": N_("Mr"), "": N_("Neutral")}
PRACTICE_KINDS = {
    "gp": N_("GP practice"),
    "health_centre": N_("Health centre"),
    "physio": N_("Physiotherapy practice"),
    "social_work": N_("Social work"),
    "neighbourhood_team": N_("Neighbourhood team"),
    "welfare": N_("Other welfare organisation"),
    "other": N_("Other organisation"),
}
CONTACT_ROLES = {
    "gp": N_("GP"),
    "poh_ggz": N_("POH-GGZ"),
    "poh_s": N_("POH-S"),
    "assistant": N_("Practice assistant"),
    "physio": N_("Physiotherapist"),
    "social_worker": N_("Social worker"),
    "neighbourhood_team": N_("Neighbourhood team"),
    "welfare": N_("Other welfare organisation"),
    "other": N_("Other"),
}
REFERRER_KINDS = {**CONTACT_ROLES, "self": N_("Self")}
CHANNELS = {
    "paper": N_("Paper voucher"),
    "zorgdomein": N_("ZorgDomein"),
    "zorgmail": N_("ZorgMail"),
    "zivver": N_("Zivver"),
    "siilo": N_("Siilo"),
    "phone": N_("Phone"),
    "walk_in": N_("Walk-in after consult"),
    "meeting": N_("Meeting"),
    "self": N_("On own initiative"),
    "mentioned": N_("GP mentioned it, no referral"),
}
REASONS = {
    "loneliness": N_("Loneliness"),
    "mood": N_("Low mood or anxiety"),
    "stress": N_("Stress"),
    "meaning": N_("Loss of meaning"),
    "grief": N_("Grief"),
    "money": N_("Money worries"),
    "relations": N_("Relationship or family"),
    "physical": N_("Physical complaints with a social part"),
    "inactivity": N_("Too little exercise"),
    "overweight": N_("Overweight or lifestyle"),
    "sleep": N_("Sleep"),
    "daytime": N_("Daytime activity"),
    "digital": N_("Digital skills"),
    "language": N_("Language"),
    "carer": N_("Caring for someone"),
    "frequent": N_("Frequent attender"),
    "other": N_("Other reason"),
}
THEMES = {
    "meeting": N_("Meeting people"),
    "exercise": N_("Exercise"),
    "food": N_("Eating together"),
    "creative": N_("Creative"),
    "music": N_("Music"),
    "nature": N_("Nature and garden"),
    "learning": N_("Learning"),
    "digital": N_("Digital"),
    "money": N_("Money and forms"),
    "grief": N_("Grief and meaning"),
    "carers": N_("For carers"),
    "volunteering": N_("Volunteering"),
    "lifestyle": N_("Healthy living"),
    "relaxing": N_("Relaxing"),
}
REASON_THEMES = {
    "loneliness": "meeting food creative music volunteering",
    "mood": "meeting exercise nature relaxing creative",
    "stress": "relaxing exercise nature money",
    "meaning": "grief volunteering creative meeting",
    "grief": "grief meeting",
    "money": "money",
    "relations": "meeting grief",
    "physical": "exercise relaxing lifestyle",
    "inactivity": "exercise nature",
    "overweight": "exercise lifestyle food",
    "sleep": "relaxing exercise",
    "daytime": "creative nature volunteering learning",
    "digital": "digital learning",
    "language": "learning meeting",
    "carer": "carers meeting",
    "frequent": "meeting exercise relaxing",
    "other": "meeting",
}
CONTACT_WAYS = {
    "phone": N_("Phone"),
    "visit": N_("Visit"),
    "mail": N_("E-mail"),
    "message": N_("Message"),
    "post": N_("Post"),
}
CONTACT_OUTCOMES = {
    "reached": N_("Reached"),
    "someone_else": N_("Someone else on the line"),
    "calls_back": N_("Calls back"),
    "not_now": N_("Not now"),
    "no_answer": N_("No answer"),
    "voicemail": N_("Voicemail"),
    "wrong_number": N_("Wrong number"),
    "sent": N_("Sent"),  # of a card by post or a message
}
UNANSWERED = frozenset({"no_answer", "voicemail", "wrong_number", "sent"})
"""Outcomes of a call or message with which nobody was spoken to."""
PLACES = {
    "office": N_("At our office"),
    "home": N_("At home"),
    "practice": N_("At the practice"),
    "activity": N_("At the activity"),
    "phone": N_("By phone"),
}
DESTINATIONS = {
    "buddy": N_("Buddy (maatje)"),
    "volunteering": N_("Volunteering elsewhere"),
    "social_work": N_("Social work"),
    "debt_help": N_("Debt help"),
    "care": N_("Care"),
    "elsewhere": N_("Something else outside the catalogue"),
}
KNOWN_BY = {"attendance": N_("Attendance list"), "phone": N_("Phone"), "leader": N_("Activity leader")}
AFTERCARE_OUTCOMES = {
    "still": N_("Still takes part"),
    "other": N_("Does another activity"),
    "stopped": N_("Stopped"),
    "never": N_("Never started"),
}
WORRY_KINDS = {
    "suicide": N_("Signs of suicide"),
    "violence": N_("Signs of violence"),
    "neglect": N_("Signs of neglect"),
}
HOLD_REASONS = {"ill": N_("Ill"), "away": N_("Away"), "other": N_("Something else")}
CLOSING_OUTCOMES = {
    "completed": N_("Completed"),
    "one_talk": N_("One talk was enough"),
    "not_reached": N_("Not reached"),
    "not_interested": N_("Not interested"),
    "not_suitable": N_("Not suitable"),
    "passed_on": N_("Passed on"),
    "stopped": N_("Stopped"),
    "expired": N_("Expired"),
    "deceased": N_("Deceased"),
    "error": N_("Entered in error"),
}
DROP_OUT_REASONS = {
    "circumstances": N_("Personal circumstances"),
    "illness": N_("Illness or death"),
    "no_match": N_("No match with the offer"),
    "cost": N_("Cost"),
    "waiting": N_("Waiting time"),
    "threshold": N_("Threshold too high"),
    "language": N_("Language"),
    "unreachable": N_("Became unreachable"),
    "other_care": N_("Moved to other care"),
    "other": N_("Other"),
}
NEXT_STEPS = {"find": N_("Look for something else"), "close": N_("Close the case")}
"""What the coach chooses to do after somebody stopped."""
STATUSES = {
    "received": N_("Received"),
    "contacting": N_("Calling"),
    "intake_planned": N_("Intake planned"),
    "intake_held": N_("Intake held"),
    "placing": N_("Looking for an activity"),
    "participating": N_("Takes part"),
    "aftercare": N_("Aftercare talk held"),
    "closed": N_("Closed"),
}
CONSENT_PURPOSES = {
    "received": N_("Practice may pass on the data"),
    "report_back": N_("We may report back to the practice"),
    "activity": N_("We may tell the activity"),
    "questionnaires": N_("Questionnaires"),
    "hexagon": N_("Hexagon in the letter"),
    "signal": N_("The practice may hear this one signal"),
}
CONSENT_ANSWERS = {"yes": N_("Yes"), "no": N_("No"), "ask": N_("Still to ask")}
CONSENT_WAYS = {"spoken": N_("Spoken"), "written": N_("In writing"), "via_practice": N_("Through the practice")}
LETTER_MOMENTS = {
    "arrived": N_("Arrived"),
    "intake": N_("After the intake"),
    "update": N_("Further word"),
    "progress": N_("Progress"),
    "closing": N_("Closing"),
    "declined": N_("Declined"),
    "signal": N_("Signal"),
}
AGREED_MOMENTS = {moment: text for moment, text in LETTER_MOMENTS.items() if moment != "update"}
"""What is agreed with a practice; a further word follows from what a letter promised."""
LETTER_TEXTS = {
    **LETTER_MOMENTS,
    "receipt": N_("Receipt without consent"),
    "ended": N_("Closed, without consent"),
}
SIGNAL_GROUNDS = {
    "consent": N_("With the person's consent"),
    "meldcode": N_("On the ground of the Meldcode"),
    "vital": N_("Because there is danger to life"),
}
MIXED_UP = {
    "case": N_("The voucher was moved to the right participant"),
    "deed": N_("It tells of another participant or voucher"),
}
BATCH_STATES = {
    "printing": N_("Printing"),
    "printed": N_("Printed, not confirmed yet"),
    "done": N_("Confirmed"),
    "stopped": N_("Broken off"),
}
SETTLED = {
    "address_changed": N_("The address was changed"),
    "address_right": N_("The address is right"),
    "other_way": N_("Sent another way"),
}
LETTER_STATES = {"concept": N_("Concept"), "fixed": N_("Ready to send"), "sent": N_("Sent")}
LETTER_WAYS = {"text": N_("Copy as text"), "pdf": N_("PDF by secure mail"), "print": N_("Print"),
               "told": N_("Told in the meeting")}  # fmt: skip
LETTER_TO = {"report_to": N_("Whom the voucher says"), "referrer": N_("The referrer"), "practice": N_("The practice")}
ACTIVITY_STATUSES = {"active": N_("Active"), "inactive": N_("Inactive"), "full": N_("Full"), "stopped": N_("Stopped")}
MARKS = {
    "mark_body": N_("Body"),
    "mark_feeling": N_("Feeling"),
    "mark_meaning": N_("What I enjoy"),
    "mark_quality": N_("Quality of life"),
    "mark_joining": N_("Taking part"),
    "mark_daily": N_("Daily life"),
}
YES_NO = {"yes": N_("Yes"), "no": N_("No")}
CONTACT_BY = {"phone": N_("Phone"), "post": N_("Post"), "email": N_("E-mail")}
DIRECTIONS = {"out": N_("We did"), "in": N_("They did")}
HOW_INFORMED = {"spoken": N_("Told in the talk"), "leaflet": N_("Leaflet handed over"), "post": N_("Leaflet by post")}
PROVIDERS = {"own": N_("Ourselves"), "partner": N_("A partner")}
WINDOWS = {"left": N_("Left"), "right": N_("Right")}
FOLDS = {"DL": "DL", "C5": "C5", "none": N_("None")}
APPOINTMENT_STATES = {
    "planned": N_("Planned"),
    "held": N_("Held"),
    "missed": N_("Did not go on"),
    "moved": N_("Moved"),
    "cancelled": N_("Called off"),
}
ENROLMENT_STATES = {
    "enrolled": N_("Signed up"),
    "waiting": N_("On the waiting list"),
    "offered": N_("Place offered"),
    "started": N_("Started"),
    "stopped": N_("Stopped"),
}


def word(codes: Mapping[str, str], code: str | None) -> str:
    """The code's word in the language spoken now; an unknown code shows as itself."""
    return _(codes.get(code or "", code or ""))


def options(codes: Mapping[str, str]) -> list[tuple[str, str]]:
    """(code, word) pairs for a choice, in the field's order."""
    return [(code, _(text)) for code, text in codes.items()]
