"""The fields of a person and of a voucher, and what hangs on a voucher besides its deeds. Must not know tables."""

from desktop.language import N_
from desktop.rules import codes
from desktop.rules.dates import AHEAD, PAST
from desktop.rules.fields import (
    BIRTH,
    CHOICE,
    DAY,
    FLAG,
    LINK,
    LONG,
    NAME,
    NEVER,
    NUMBER,
    PHONE,
    SEVERAL,
    Field,
    Subject,
)
from desktop.rules.retention import GROUNDS

TOLD = "noted in the talk or with a consent"
FOLLOWS = "follows from the deeds"
PERSON = Subject("person", N_("Participant"), (
    Field("form_of_address", N_("Form of address"), CHOICE, codes.FORMS_OF_ADDRESS),
    Field("initials", N_("Initials"), on_paper=NAME),
    Field("first_name", N_("First name"), on_paper=NAME),
    Field("tussenvoegsel", N_("Tussenvoegsel"), on_paper=NAME),
    Field("surname", N_("Surname"), on_paper=NAME),
    Field("birth_name", N_("Birth name")),
    Field("birth_date", N_("Birth date"), BIRTH),
    Field("street", N_("Street"), on_paper=NAME, group="address"),
    Field("number", N_("House number"), on_paper=NAME, group="address"),
    Field("postcode", N_("Postcode"), on_paper=NAME, group="address"),
    Field("town", N_("Town"), on_paper=NAME, group="address"),
    Field("country", N_("Country"), on_paper=NAME, group="address"),
    Field("neighbourhood", N_("Neighbourhood"), LINK, group="address", set_by="follows from the postcode"),
    Field("phone", N_("Phone"), PHONE),
    Field("phone2", N_("Second phone"), PHONE),
    Field("voicemail", N_("Voicemail may be left"), CHOICE, codes.YES_NO),
    Field("best_time", N_("Best time to call")),
    Field("email", N_("E-mail")),
    Field("contact_by", N_("May be contacted by"), SEVERAL, codes.CONTACT_BY, counted=True),
    Field("comes_by", N_("Comes by, cannot be phoned"), FLAG),
    Field("language", N_("Language")),
    Field("interpreter", N_("An interpreter is needed"), FLAG),
    Field("contact_name", N_("Contact person or representative"), others=True, group="contact_person"),
    Field("contact_relation", N_("Who that is"), others=True, group="contact_person"),
    Field("contact_phone", N_("Phone of the contact person"), PHONE, others=True, group="contact_person"),
    Field("own_practice", N_("Own GP practice"), LINK),
    Field("informed_on", N_("Told where the data came from"), DAY, asked=N_("Told on"), lies=PAST, group="informed",
          set_by=TOLD),
    Field("informed_how", N_("How the person was told"), CHOICE, codes.HOW_INFORMED, group="informed", set_by=TOLD),
    Field("informed_by", N_("Told by"), LINK, group="informed", set_by=TOLD),
    Field("deceased_on", N_("Deceased on"), DAY, lies=PAST, set_by="a death is a deed of its own"),
    Field("person_note", N_("Note about the person"), LONG, kept_as="note"),
    Field("sound", group=NEVER, set_by="made of the surname"),
    Field("sort_name", group=NEVER, set_by="made of the name"),
    Field("merged_into", N_("Merged into"), LINK, group=NEVER, set_by="merging is a deed of its own"),
    Field("erased_on", N_("Data destroyed on"), DAY, group=NEVER, set_by="destroying is a deed of its own"),
))  # fmt: skip
VOUCHER = Subject("voucher", N_("Voucher"), (
    Field("person", N_("Participant"), LINK, set_by="chosen or made with the voucher"),
    Field("voucher_number", N_("Voucher number"), on_paper=NAME, kept_as="number"),
    Field("their_reference", N_("Their reference"), on_paper=NAME),
    Field("practice", N_("Practice"), LINK),
    Field("referrer", N_("Referrer"), LINK),
    Field("referrer_kind", N_("Referrer: who is that?"), CHOICE, codes.REFERRER_KINDS, counted=True),
    Field("referrer_name", N_("Referrer"), on_paper=NAME),
    Field("report_to", N_("Report to"), LINK),
    Field("dated_on", N_("Date on the voucher"), DAY),
    Field("received_on", N_("Received on"), DAY),
    Field("channel", N_("Received through"), CHOICE, codes.CHANNELS, counted=True),
    Field("note", N_("Note"), LONG),
    Field("valid_until", N_("Valid until"), DAY, lies=AHEAD),
    Field("report_back", N_("The practice wants to hear from us"), FLAG),
    Field("warm", N_("Straight from the consultation (warm hand-over)"), FLAG),
    Field("icpc", N_("Z code")),
    Field("coach", N_("Coach"), LINK),
    Field("ground", N_("Ground"), CHOICE, GROUNDS, counted=True, set_by="asked apart, with the privacy of a person"),
    Field("substitute", N_("Substitute"), LINK, set_by="asked with the coach, for one case or many"),
    Field("status", N_("Status"), CHOICE, codes.STATUSES, counted=True, set_by=FOLLOWS),
    Field("outcome", N_("How it ended"), CHOICE, codes.CLOSING_OUTCOMES, counted=True, set_by=FOLLOWS),
    Field("due_on", kind=DAY, set_by=FOLLOWS),
    Field("previous", kind=LINK, set_by="the case before this one"),
))  # fmt: skip
VOUCHER_REASON = Subject("voucher_reason", N_("Reason of the voucher"), (
    Field("voucher", N_("Voucher"), LINK),
    Field("reason", N_("Reason"), LINK),
))  # fmt: skip
DIFFERENT_PEOPLE = Subject("different_people", N_("Judged to be different people"), (
    Field("person", N_("Participant"), LINK),
    Field("other", N_("The other"), LINK),
))  # fmt: skip
POSTPONEMENT = Subject("postponement", N_("Postponed task"), (
    Field("voucher", N_("Voucher"), LINK),
    Field("task", N_("Task"), counted=True),
    Field("until", N_("Until (day)"), DAY),
    Field("staff", N_("Colleague"), LINK),
    Field("subject", kind=NUMBER),
    Field("ended_by", N_("Ended with the closing"), LINK),
))  # fmt: skip
GAP = Subject("gap", N_("Missing in the offer"), (
    Field("voucher", N_("Voucher"), LINK),
    Field("reason", N_("Reason"), LINK),
    Field("neighbourhood", N_("Neighbourhood"), LINK),
    Field("noticed_on", N_("Noticed on"), DAY),
    Field("note", N_("Note"), LONG),
))  # fmt: skip
SUBJECTS = (PERSON, VOUCHER, VOUCHER_REASON, DIFFERENT_PEOPLE, POSTPONEMENT, GAP)
