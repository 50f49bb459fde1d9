"""The fields of the organisation, of who works there, and of what the law asks it to keep. Must not know tables."""

from desktop.language import N_
from desktop.rules import codes, requests, retention
from desktop.rules.dates import PAST
from desktop.rules.fields import (
    BYTES,
    CHOICE,
    DAY,
    FLAG,
    LINK,
    LONG,
    MOMENT,
    NAME,
    NUMBER,
    PHONE,
    TEXT,
    Field,
    Subject,
)
from desktop.rules.staff import ROLES

LISTED = "made with the yearly list"
ORGANISATION = Subject("organisation", N_("Organisation"), (
    Field("name", N_("Name of the organisation"), on_paper=NAME),
    Field("phone", N_("Phone"), PHONE),
    Field("street", N_("Street"), on_paper=NAME),
    Field("number", N_("House number"), on_paper=NAME),
    Field("postcode", N_("Postcode"), on_paper=NAME),
    Field("town", N_("Town"), on_paper=NAME),
    Field("email", N_("E-mail"), on_paper=NAME),
    Field("website", N_("Website"), on_paper=NAME),
    Field("province", N_("Province")),
    Field("colour", N_("Colour")),
    Field("logo", asked=N_("Logo"), kind=BYTES),
    Field("window", N_("Side of the window"), CHOICE, codes.WINDOWS),
    Field("fold", N_("Fold mark"), CHOICE, codes.FOLDS),
    Field("shift_x", N_("Shift to the right, mm"), NUMBER),
    Field("shift_y", N_("Shift down, mm"), NUMBER),
    Field("call_within", N_("First call within, working days"), NUMBER),
    Field("call_attempts", N_("Attempts on different days"), NUMBER),
    Field("arrived_letter_within", N_("First word to the practice within, days"), NUMBER),
    Field("intake_letter_within", N_("Letter after the intake within, working days"), NUMBER),
    Field("aftercare_after", N_("Aftercare talk after, months"), NUMBER),
    Field("voucher_valid", N_("Voucher valid for, months"), NUMBER),
    Field("untouched_after", N_("Untouched cases are listed after, days"), NUMBER),
    Field("offer_within", N_("An offered place is kept for, working days"), NUMBER),
    Field("word_voucher", N_("Word for voucher"), set_by="asked in no form, set with the organisation"),
    Field("word_participant", N_("Word for participant"), set_by="asked in no form, set with the organisation"),
))  # fmt: skip
STAFF = Subject("staff", N_("Colleague"), (
    Field("name", N_("Name"), on_paper=NAME),
    Field("sign_in_name", N_("Sign-in name"), set_by="asked once, with the first password"),
    Field("role_title", N_("Role under a letter"), on_paper=NAME),
    Field("phone", N_("Direct phone"), PHONE),
    Field("email", N_("E-mail"), on_paper=NAME),
    Field("active", N_("Works here"), FLAG, set_by="leaving is a deed of its own"),
))  # fmt: skip
STAFF_ROLE = Subject("staff_role", N_("Role"), (
    Field("staff", N_("Colleague"), LINK),
    Field("role", N_("Role"), CHOICE, ROLES),
))  # fmt: skip
REQUEST = Subject("request", N_("Request"), (
    Field("person", N_("Participant"), LINK, set_by="on whose page"),
    Field("kind", N_("What is asked"), CHOICE, requests.KINDS),
    Field("received_on", N_("Came in on"), DAY, lies=PAST),
    Field("asked_by", N_("Asked by"), others=True),
    Field("proved", N_("It is certain who asks"), FLAG),
    Field("answer_by", N_("Answer before"), DAY, set_by="follows from the kind and the day"),
    Field("answered_on", N_("Answered on"), DAY, lies=PAST),
    Field("outcome", N_("What came of it"), CHOICE, requests.OUTCOMES),
    Field("answer", N_("What was answered, and why"), LONG),
    Field("extended_why", N_("Why it takes longer"), LONG),
    Field("staff", N_("Colleague"), LINK, set_by="who wrote it down"),
))  # fmt: skip
BREACH = Subject("breach", N_("Data breach"), (
    Field("noticed_at", N_("Noticed on"), MOMENT),
    Field("happened_on", N_("Happened on"), DAY, lies=PAST),
    Field("what", N_("What happened"), LONG),
    Field("whose", N_("Which people and which data"), LONG),
    Field("people", N_("How many people"), NUMBER),
    Field("consequences", N_("What it may lead to"), LONG),
    Field("measures", N_("What was done about it"), LONG),
    Field("to_authority", N_("Is it reported there?"), CHOICE, codes.YES_NO),
    Field("authority_at", N_("Reported on"), MOMENT),
    Field("authority_number", N_("Number of the report")),
    Field("to_people", N_("Are they told?"), CHOICE, codes.YES_NO),
    Field("people_on", N_("Told on"), DAY, lies=PAST),
    Field("why_not", N_("Why something is not reported"), LONG),
    Field("closed_on", N_("Closed on"), DAY, lies=PAST),
    Field("staff", N_("Colleague"), LINK, set_by="who wrote it down"),
))  # fmt: skip
RETENTION_TERM = Subject("retention_term", N_("Term for keeping data"), (
    Field("kind", N_("Kind"), CHOICE, retention.KINDS, set_by="the name of its field"),
    Field("months", N_("Months after the end of the case"), NUMBER),
))  # fmt: skip
RETENTION_LIST = Subject("retention_list", N_("Yearly list"), (
    Field("made_on", N_("Made on (day)"), DAY),
    Field("until", N_("Until (day)"), DAY),
    Field("approved_on", N_("Approved on"), DAY),
    Field("approved_by", N_("Approved by"), LINK),
    Field("done_on", N_("Done on"), DAY),
))  # fmt: skip
RETENTION_ITEM = Subject("retention_item", N_("Line of the yearly list"), (
    Field("list", N_("Yearly list"), LINK, set_by=LISTED),
    Field("person", N_("Participant"), LINK, set_by=LISTED),
    Field("kind", N_("Kind"), CHOICE, retention.KINDS, set_by=LISTED),
    Field("ended_on", N_("Ended on"), DAY, set_by=LISTED),
    Field("cases", N_("Cases"), NUMBER, set_by=LISTED),
    Field("choice", N_("What happens to the data"), CHOICE, retention.CHOICES),
    Field("why_keep", N_("Why they are kept longer"), LONG),
    Field("done_on", N_("Done on"), DAY, set_by=LISTED),
))  # fmt: skip
DESTRUCTION = Subject("destruction", N_("Certificate"), (
    Field("number", N_("Number")),
    Field("done_on", N_("Done on"), DAY),
    Field("how", N_("How"), CHOICE, retention.HOW),
    Field("why", N_("Why"), CHOICE, retention.WHY),
    Field("persons", N_("Persons"), NUMBER),
    Field("cases", N_("Cases"), NUMBER),
    Field("rows", N_("Rows"), NUMBER),
    Field("person_number", N_("Number of the person in the log"), NUMBER),
    Field("request", N_("Request"), LINK),
    Field("list", N_("Yearly list"), LINK),
    Field("backups_until", N_("Backups hold it until"), DAY),
    Field("staff", N_("Colleague"), LINK),
))  # fmt: skip
OTHERS_MARK = Subject("others_mark", N_("Is of others"), (
    Field("person", N_("Participant"), LINK),
    Field("table"),
    Field("row", kind=NUMBER),
))  # fmt: skip
EXPORT = Subject("export", N_("Export"), (
    Field("what", N_("What was exported"), TEXT),
    Field("reason", N_("Reason"), LONG),
    Field("lines", N_("Lines"), NUMBER),
    Field("exported_at", N_("Exported at"), MOMENT),
    Field("staff", N_("Colleague"), LINK),
))  # fmt: skip
SUBJECTS = (
    ORGANISATION, STAFF, STAFF_ROLE, REQUEST, BREACH, RETENTION_TERM, RETENTION_LIST, RETENTION_ITEM, DESTRUCTION,
    OTHERS_MARK, EXPORT,
)  # fmt: skip
