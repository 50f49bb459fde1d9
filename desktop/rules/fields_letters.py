"""The fields of a letter and of all that happens to it. Must not know tables."""

from desktop.language import N_
from desktop.rules import codes
from desktop.rules.dates import PAST
from desktop.rules.fields import BYTES, CHOICE, DAY, FLAG, LETTER, LINK, LONG, MOMENT, NUMBER, WORDS, Field, Subject
from desktop.rules.returned_post import REASONS

OF_LETTER = "the letter that came back"
SETTLED = "settling is a deed of its own"
LETTER_ = Subject("letter", N_("Letter"), (
    Field("voucher", N_("Voucher"), LINK),
    Field("person", N_("Participant"), LINK),
    Field("moment", N_("Moment"), CHOICE, codes.LETTER_MOMENTS, counted=True),
    Field("practice", N_("Practice"), LINK),
    Field("recipient", N_("To whom"), LINK),
    Field("recipient_key", counted=True),
    Field("state", N_("State"), CHOICE, codes.LETTER_STATES, counted=True),
    Field("content", N_("Text of the letter"), LETTER, on_paper=WORDS),
    Field("written_by", N_("Written by"), LINK),
    Field("written_on", N_("Written on"), DAY),
    Field("approved_by", N_("Approved by"), LINK),
    Field("approved_at", N_("Approved at"), MOMENT),
    Field("discussed", N_("Discussed with the participant"), FLAG),
    Field("corrects", N_("Corrects the letter"), LINK),
    Field("follows", N_("Goes on from the letter"), LINK),
    Field("withdrawn_on", N_("Withdrawn on"), DAY),
    Field("withdrawn_why", N_("Why withdrawn"), LONG),
    Field("copy_of", N_("Copy of the letter to somebody else"), LINK),
    Field("ground", N_("Ground"), CHOICE, codes.SIGNAL_GROUNDS, counted=True),
    Field("worry", N_("Worry"), LINK),
    Field("promised_on", N_("Next word promised on"), DAY),
    Field("promised_sooner", N_("Or sooner when it stops"), FLAG),
    Field("mixed_up", N_("No longer right because"), CHOICE, codes.MIXED_UP, counted=True),
    Field("subject", kind=NUMBER),
    Field("facts"),
    Field("going_on"),
))  # fmt: skip
LETTER_MOMENT = Subject("letter_moment", N_("Moment of the letter"), (
    Field("letter", N_("Letter"), LINK),
    Field("moment", N_("Moment"), CHOICE, codes.LETTER_MOMENTS, counted=True),
    Field("subject", kind=NUMBER),
    Field("said", N_("What it told")),
))  # fmt: skip
SHARED_PART = Subject("shared_part", N_("Part of letters"), (
    Field("sha256"),
    Field("bytes", kind=BYTES),
))  # fmt: skip
LETTER_PDF = Subject("letter_pdf", N_("Letter as fixed"), (
    Field("letter", N_("Letter"), LINK),
    Field("bytes", kind=BYTES),
    Field("sha256"),
    Field("parts"),
))  # fmt: skip
DISPATCH = Subject("dispatch", N_("Sending"), (
    Field("letter", N_("Letter"), LINK),
    Field("way", N_("By which way"), CHOICE, codes.LETTER_WAYS, counted=True),
    Field("batch"),
    Field("position", kind=NUMBER),
    Field("sent_at", N_("Sent at"), MOMENT),
    Field("confirmed_at", N_("Confirmed at"), MOMENT),
    Field("staff", N_("Colleague"), LINK),
))  # fmt: skip
BATCH = Subject("batch", N_("Letters printed in one go"), (
    Field("started_at", N_("Started at"), MOMENT),
    Field("letters", N_("Letters"), NUMBER),
    Field("printed", N_("Printed"), NUMBER),
    Field("state", N_("State"), CHOICE, codes.BATCH_STATES),
    Field("ended_at", N_("Ended at"), MOMENT),
    Field("staff", N_("Colleague"), LINK),
))  # fmt: skip
RETURNED_POST = Subject("returned_post", N_("Returned post"), (
    Field("letter", N_("Letter"), LINK, set_by=OF_LETTER),
    Field("dispatch", N_("Sending"), LINK, set_by=OF_LETTER),
    Field("practice", N_("Practice"), LINK, set_by=OF_LETTER),
    Field("returned_on", N_("Came back on"), DAY, lies=PAST),
    Field("why", N_("Why"), CHOICE, REASONS, counted=True, asked=N_("What stands on the envelope")),
    Field("settled_on", N_("Settled on"), DAY, set_by=SETTLED),
    Field("settled_how", N_("How it was settled"), CHOICE, codes.SETTLED, counted=True, set_by=SETTLED),
    Field("staff", N_("Colleague"), LINK, set_by=OF_LETTER),
))  # fmt: skip
LETTER_TEXT = Subject("letter_text", N_("Text of a letter"), (
    Field("kind", N_("Kind"), CHOICE, codes.LETTER_TEXTS),
    Field("body", N_("Text"), LONG, on_paper=WORDS),
    Field("made_at", N_("Made at"), MOMENT),
    Field("staff", N_("Colleague"), LINK),
))  # fmt: skip
SUBJECTS = (LETTER_, LETTER_MOMENT, SHARED_PART, LETTER_PDF, DISPATCH, BATCH, RETURNED_POST, LETTER_TEXT)
