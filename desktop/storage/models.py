"""Every table of the database as records. Must not know who may do what, nor the clock."""

import peewee
from peewee import BlobField, BooleanField, Check, DeferredForeignKey, ForeignKeyField, IntegerField, TextField
from playhouse.sqlite_ext import AutoIncrementField

from desktop.language import _
from desktop.rules.cases import MOMENTS
from desktop.rules.letter_envelope import Someone
from desktop.rules.names import Name, full, sort_key
from desktop.rules.organisation import USUAL_COLOUR
from desktop.rules.status import Terms
from desktop.storage.changes import (
    MODELS,
    Audit,
    Change,
    DayField,
    HourField,
    MomentField,
    Record,
    Table,
    WallField,
    kind_of,
)
from desktop.storage.search import Entry

RESPONSIBLE = frozenset({"coach", "substitute", "leader"})
"""Links to a colleague who is to do something; any other says who did it."""


def _words(*parts: object) -> str:
    return " ".join(str(part) for part in parts if part)


def _date_words(iso: str | None) -> str:
    """A birth date in the ways staff type it: 03041951, 03-04-1951 and 3-4-51 fold to these words."""
    if not iso or len(iso) < 10:
        return iso or ""
    year, month, day = iso.split("-")
    return _words(iso, f"{day}{month}{year}", f"{day}-{month}-{year}")


class Meta(Table):
    """What this file is: one row, made with the file."""

    id = peewee.AutoField()
    database_id = TextField()
    purpose = TextField(constraints=[Check("purpose IN ('office', 'exercise')")])
    folding_version = IntegerField()
    log_key = BlobField()


class Organisation(Record):
    """The welfare organisation: letterhead and the terms it works by; one row."""

    name = TextField()
    street = TextField(default="")
    number = TextField(default="")
    postcode = TextField(default="")
    town = TextField(default="")
    province = TextField(default="")
    phone = TextField(default="")
    email = TextField(default="")
    website = TextField(default="")
    logo = BlobField(null=True)
    colour = TextField(default=USUAL_COLOUR)
    window = TextField(default="right", constraints=[Check("\"window\" IN ('left', 'right')")])
    shift_x = IntegerField(default=0)  # mm
    shift_y = IntegerField(default=0)  # mm
    fold = TextField(default="DL", constraints=[Check("fold IN ('DL', 'C5', 'none')")])
    call_within = IntegerField(default=Terms.call_within)
    call_attempts = IntegerField(default=Terms.call_attempts)
    arrived_letter_within = IntegerField(default=Terms.arrived_letter_within)
    intake_letter_within = IntegerField(default=Terms.intake_letter_within)
    aftercare_after = IntegerField(default=Terms.aftercare_after)
    voucher_valid = IntegerField(default=Terms.voucher_valid)
    untouched_after = IntegerField(default=Terms.untouched_after)
    offer_within = IntegerField(default=Terms.offer_within)
    word_voucher = TextField(default="voucher")
    word_participant = TextField(default="deelnemer")


class Staff(Record):
    """A member of staff; the keys are in the manifest, found by `uid`."""

    name = TextField()
    sign_in_name = TextField(unique=True)
    role_title = TextField(default="")
    phone = TextField(default="")
    email = TextField(default="")
    active = BooleanField(default=True)

    def why_ended(self, link: str) -> str:
        """What somebody did stays theirs; who left is given nothing more to do."""
        if self.active or link not in RESPONSIBLE:
            return ""
        return _("{name} does not work here any more. Choose somebody else.").format(name=self.name)


class StaffRole(Record):
    staff = ForeignKeyField(Staff, backref="roles")
    role = TextField(constraints=[Check("role IN ('coordinator', 'coach', 'intake', 'leader')")])

    class Meta:
        indexes = ((("staff", "role"), True),)


class Neighbourhood(Record):
    name = TextField(unique=True)
    postcodes = TextField(default="")  # the four digits, separated by blanks


class Theme(Record):
    code = TextField(unique=True)
    name = TextField()
    position = IntegerField(default=0)


class Reason(Record):
    code = TextField(unique=True)
    name = TextField()
    position = IntegerField(default=0)
    active = BooleanField(default=True)


class ReasonTheme(Record):
    reason = ForeignKeyField(Reason, backref="themes", on_delete="CASCADE")
    theme = ForeignKeyField(Theme)

    class Meta:
        indexes = ((("reason", "theme"), True),)


class Practice(Record):
    """A GP practice or another organisation that refers."""

    name = TextField()
    kind = TextField(default="gp")
    agb = TextField(null=True, unique=True)
    street = TextField(default="")
    number = TextField(default="")
    postcode = TextField(default="")
    town = TextField(default="")
    phone = TextField(default="")
    secure_mail = TextField(default="")
    neighbourhood = ForeignKeyField(Neighbourhood, null=True)
    coach = ForeignKeyField(Staff, null=True)
    substitute = ForeignKeyField(Staff, null=True)
    in_practice_hours = TextField(default="")
    letter_moments = TextField(default=" ".join(MOMENTS))
    letter_to = TextField(
        default="report_to", constraints=[Check("letter_to IN ('report_to', 'referrer', 'practice')")]
    )
    letter_copy = BooleanField(default=False)
    letter_way = TextField(default="print", constraints=[Check("letter_way IN ('text', 'pdf', 'print', 'told')")])
    salutation = TextField(default="")
    note = TextField(default="")
    active = BooleanField(default=True)
    merged_into = ForeignKeyField("self", null=True)
    pdf_password = TextField(default="")  # agreed with the practice; empty: an open PDF
    country = TextField(default="")  # empty: the Netherlands
    progress_weeks = IntegerField(null=True)  # after so many weeks the progress letter; empty: the organisation's term

    def why_ended(self, link: str) -> str:
        if self.merged_into_id is None or link == "counted_for":  # what it came to stays its own
            return ""
        stays = Practice.get_one(self.merged_into_id).name
        return _("{name} was merged into {other}. Go on there.").format(name=self.name, other=stays)

    def entry(self) -> Entry | None:
        if self.merged_into_id is not None:
            return None
        words = (
            self.name,
            self.agb,
            self.postcode,
            self.postcode.replace(" ", ""),
            self.town,
            self.phone,
            _national(self.phone),
            self.street,
        )
        return Entry(_words(*words), self.name)


class Contact(Record):
    """A person at a practice: GP, POH, assistant."""

    practice = ForeignKeyField(Practice, backref="contacts")
    role = TextField(default="gp")
    form_of_address = TextField(default="")
    initials = TextField(default="")
    first_name = TextField(default="")
    tussenvoegsel = TextField(default="")
    surname = TextField(default="")
    phone = TextField(default="")
    email = TextField(default="")
    salutation = TextField(default="")
    active = BooleanField(default=True)
    title = TextField(default="")  # "dr.": a doctorate, never made of a role

    @property
    def known_as(self) -> Name:
        return name_of(self)

    @property
    def addressed(self) -> Someone:
        """As a letter addresses and names them."""
        return Someone(self.known_as, self.role, self.salutation or "", self.title or "")

    def entry(self) -> Entry | None:
        return Entry(full(self.known_as), sort_key(self.known_as)) if self.active else None


class Person(Record):
    """Someone with a voucher. Never a BSN, a diagnosis or medication."""

    form_of_address = TextField(default="")  # "mevrouw", "de heer" or "" (neutral)
    initials = TextField(default="")
    first_name = TextField(default="")
    tussenvoegsel = TextField(default="")
    surname = TextField(default="")
    birth_name = TextField(default="")
    birth_date = TextField(default="", index=True)  # ISO, or only the year
    street = TextField(default="")
    number = TextField(default="")
    postcode = TextField(default="", index=True)
    town = TextField(default="")
    neighbourhood = ForeignKeyField(Neighbourhood, null=True)
    phone = TextField(default="", index=True)
    phone2 = TextField(default="", index=True)
    voicemail = TextField(default="")  # "", "yes", "no"
    best_time = TextField(default="")
    email = TextField(default="")
    contact_by = TextField(default="phone post email")  # ways the person allows
    comes_by = BooleanField(default=False)
    language = TextField(default="")
    interpreter = BooleanField(default=False)
    contact_name = TextField(default="")
    contact_relation = TextField(default="")
    contact_phone = TextField(default="")
    own_practice = ForeignKeyField(Practice, null=True)
    note = TextField(default="")
    informed_on = DayField(null=True)  # AVG 14: told where the data came from
    informed_how = TextField(default="")
    informed_by = ForeignKeyField(Staff, null=True)
    sound = TextField(default="", index=True)
    sort_name = TextField(default="", index=True)
    merged_into = ForeignKeyField("self", null=True, index=False)  # an index of nothing but empty would be chosen
    erased_on = DayField(null=True)
    deceased_on = DayField(null=True)  # a fact of the person: it ends every case, call and letter
    country = TextField(default="")  # empty: the Netherlands

    @property
    def known_as(self) -> Name:
        return name_of(self)

    def concerns(self) -> int | None:
        return int(self.id) if self.id is not None else None

    def why_ended(self, link: str) -> str:
        if self.erased_on is not None:
            return _("The data of this person were destroyed. Make a new person.")
        if self.merged_into_id is None:
            return ""
        stays = full(Person.get_one(self.merged_into_id).known_as)
        return _("{name} was merged into {other}. Go on there.").format(name=full(self.known_as), other=stays)

    def entry(self) -> Entry | None:
        if self.merged_into_id is not None or self.erased_on is not None:
            return None
        words = _words(
            full(self.known_as),
            self.birth_name,
            self.initials,
            _date_words(self.birth_date),
            self.phone,
            _national(self.phone),
            self.phone2,
            _national(self.phone2),
            self.postcode.replace(" ", ""),
            self.postcode,
        )
        return Entry(words, sort_key(self.known_as), self.id)


class DifferentPeople(Record):
    """Two who look alike and are not the same person, as somebody has judged."""

    person = ForeignKeyField(Person, on_delete="CASCADE")
    other = ForeignKeyField(Person, on_delete="CASCADE")

    class Meta:
        indexes = ((("person", "other"), True),)


# the list of participants walks this one index and looks at no row
Person.add_index(
    Person.index(Person.sort_name, Person.id, name="person_in_order").where(
        Person.merged_into.is_null() & Person.erased_on.is_null()
    )
)
Person.add_index(Person.index(Person.erased_on, name="person_erased").where(Person.erased_on.is_null(False)))


class Voucher(Record):
    """A case: one voucher of one person. `status` and `due_on` come from rules.status only."""

    person = ForeignKeyField(Person, backref="vouchers")
    number = TextField(unique=True)
    their_reference = TextField(default="")
    practice = ForeignKeyField(Practice, null=True)
    referrer = ForeignKeyField(Contact, null=True)
    referrer_kind = TextField(default="")  # of a name that was typed: "" is not known
    referrer_name = TextField(default="")  # as written, when not (yet) a contact
    report_to = ForeignKeyField(Contact, null=True)
    dated_on = DayField()
    received_on = DayField(index=True)
    channel = TextField(default="paper")
    note = TextField(default="")
    valid_until = DayField(null=True)
    report_back = BooleanField(default=True)
    ground = TextField(default="wmo")  # why the data may be used at all; consent to share is another thing
    warm = BooleanField(default=False)  # direct na consult
    icpc = TextField(default="")
    coach = ForeignKeyField(Staff, null=True)
    substitute = ForeignKeyField(Staff, null=True)
    status = TextField(
        default="received",
        index=True,
        constraints=[
            Check(
                "status IN ('received', 'contacting', 'intake_planned', 'intake_held', 'placing', 'participating', "
                "'aftercare', 'closed')"
            )
        ],
    )
    due_on = DayField(null=True, index=True)
    outcome = TextField(default="")
    previous = ForeignKeyField("self", null=True)

    def entry(self) -> Entry | None:
        return Entry(
            _words(self.number, self.number.replace("-", ""), self.their_reference), self.number, self.person_id
        )


class NumberSeries(Table):
    """The highest number given out in a year: no undo and no destroying gives one out twice."""

    id = AutoIncrementField()
    series = TextField(unique=True)  # the two digits of the year
    last = IntegerField()


class SpentNumber(Table):
    """A number of a case that was destroyed, known by its digest only: nobody else ever gets it."""

    id = AutoIncrementField()
    digest = TextField(unique=True)


class VoucherReason(Record):
    voucher = ForeignKeyField(Voucher, backref="reasons")
    reason = ForeignKeyField(Reason)

    class Meta:
        indexes = ((("voucher", "reason"), True),)


class CaseDeed(Record):
    """What every deed of a voucher's path has; no table of its own."""

    voucher = ForeignKeyField(Voucher)
    person = ForeignKeyField(Person)
    staff = ForeignKeyField(Staff, null=True)  # who did it
    note = TextField(default="")


class ContactAttempt(CaseDeed):
    """A telephone call or other contact, out or in."""

    at = MomentField()
    direction = TextField(default="out", constraints=[Check("direction IN ('out', 'in')")])
    way = TextField(default="phone")
    outcome = TextField()
    call_back_on = DayField(null=True)
    call_back_at = HourField(null=True)


class Closing(CaseDeed):
    """The end of a case, and its being opened again."""

    closed_on = DayField()
    outcome = TextField()
    reason = TextField(default="")
    passed_on_to = TextField(default="")
    reopened_on = DayField(null=True)
    reopened_why = TextField(default="")


class Location(Record):
    name = TextField()
    street = TextField(default="")
    number = TextField(default="")
    postcode = TextField(default="")
    town = TextField(default="")
    neighbourhood = ForeignKeyField(Neighbourhood, null=True)
    wheelchair = TextField(default="")  # "", "yes", "no"
    lift = TextField(default="")


class Activity(Record):
    """Something of the catalogue, own or a partner's."""

    title = TextField()
    letter_name = TextField(default="")  # neutral name for letters
    short_text = TextField(default="")
    long_text = TextField(default="")
    provider = TextField(default="own", constraints=[Check("provider IN ('own', 'partner')")])
    partner = TextField(default="")
    location = ForeignKeyField(Location, null=True)
    neighbourhood = ForeignKeyField(Neighbourhood, null=True)
    leader = ForeignKeyField(Staff, null=True)
    contact_name = TextField(default="")
    contact_phone = TextField(default="")
    contact_email = TextField(default="")
    capacity = IntegerField(null=True)
    age_from = IntegerField(null=True)
    age_to = IntegerField(null=True)
    price_cents = IntegerField(null=True)
    price_per = TextField(default="")
    price_times = IntegerField(null=True)
    price_note = TextField(default="")
    wheelchair = TextField(default="")
    lift = TextField(default="")
    language = TextField(default="")
    transport = TextField(default="")
    how_to_join = TextField(default="")
    keeps_attendance = BooleanField(default=False)
    skips_holidays = BooleanField(default=True)
    status = TextField(default="active", constraints=[Check("status IN ('active', 'inactive', 'full', 'stopped')")])
    schedule_note = TextField(default="")  # what could not be read as a rule
    note = TextField(default="")
    checked_on = DayField(null=True)
    checked_by = ForeignKeyField(Staff, null=True)

    def entry(self) -> Entry | None:
        return Entry(_words(self.title, self.short_text, self.contact_name), self.title)


class Schedule(Record):
    activity = ForeignKeyField(Activity, backref="schedules")
    rrule = TextField(default="")
    starts_on = DayField(null=True)
    ends_on = DayField(null=True)
    opens = HourField(null=True)
    closes = HourField(null=True)
    note = TextField(default="")
    not_on = TextField(default="")  # days on which it is not held after all, yyyy-mm-dd


class ActivityTheme(Record):
    activity = ForeignKeyField(Activity, backref="themes")
    theme = ForeignKeyField(Theme)

    class Meta:
        indexes = ((("activity", "theme"), True),)


class Enrolment(CaseDeed):
    """Activity found: one of the catalogue or a destination outside it, or a place on the waiting list."""

    activity = ForeignKeyField(Activity, null=True, backref="enrolments")
    destination = TextField(default="")  # code of a destination outside the catalogue
    destination_name = TextField(default="")
    state = TextField(
        default="enrolled",
        constraints=[Check("state IN ('enrolled', 'waiting', 'offered', 'started', 'stopped')")],
    )
    enrolled_on = DayField()
    start_on = DayField(null=True)
    first_attended_on = DayField(null=True)
    first_known_by = TextField(default="")
    accompanied = BooleanField(default=False)
    stopped_on = DayField(null=True)
    stop_reason = TextField(default="")
    times_present = IntegerField(null=True)  # "7 of 8 times", where somebody knows it
    times_held = IntegerField(null=True)
    offered_on = DayField(null=True)  # the place was offered to who waits
    offer_until = DayField(null=True)  # and is kept so long
    queued_at = MomentField(null=True)  # put at the end of the waiting list since
    ended_by = ForeignKeyField(Closing, null=True)  # stopped because the case was closed
    ended_in = DeferredForeignKey("Aftercare", null=True)  # or because the aftercare talk said so
    next_step = TextField(default="")  # what the coach chose when it stopped: "find", "close"


class Appointment(CaseDeed):
    """Something planned: an intake, a first visit together, an aftercare talk."""

    kind = TextField(default="intake", constraints=[Check("kind IN ('intake', 'first_visit', 'aftercare')")])
    starts_at = WallField(index=True)
    place = TextField(default="office")  # office, home, practice, activity, phone
    address = TextField(default="")
    coach = ForeignKeyField(Staff, null=True)
    state = TextField(
        default="planned", constraints=[Check("state IN ('planned', 'held', 'missed', 'moved', 'cancelled')")]
    )
    warm = BooleanField(default=False)
    enrolment = ForeignKeyField(Enrolment, null=True)  # where they go together
    ended_by = ForeignKeyField(Closing, null=True)  # called off because the case was closed


class Talk(CaseDeed):
    """What is asked in the intake and again three months on; no table of its own."""

    mark_body = IntegerField(null=True)
    mark_feeling = IntegerField(null=True)
    mark_meaning = IntegerField(null=True)
    mark_quality = IntegerField(null=True)
    mark_joining = IntegerField(null=True)
    mark_daily = IntegerField(null=True)
    gp_contacts = IntegerField(null=True)  # in the three months before, as the person says


class Intake(Talk):
    """A talk that was held: goals in the person's words, wishes, barriers, six marks."""

    appointment = ForeignKeyField(Appointment, null=True)
    held_on = DayField()
    place = TextField(default="office")
    coach = ForeignKeyField(Staff, null=True)
    goals = TextField(default="")
    wishes = TextField(default="")
    barriers = TextField(default="")
    agreed = TextField(default="")
    one_talk_enough = BooleanField(default=False)
    warm = BooleanField(default=False)


class Aftercare(Talk):
    """The talk three months on: how it goes with taking part, and the marks again."""

    appointment = ForeignKeyField(Appointment, null=True)
    held_on = DayField()
    place = TextField(default="phone")
    coach = ForeignKeyField(Staff, null=True)
    outcome = TextField(
        default="", constraints=[Check("outcome IN ('', 'still', 'other', 'stopped', 'never')")]
    )  # empty: of before this was asked
    stop_reason = TextField(default="")
    satisfaction = IntegerField(null=True, constraints=[Check("satisfaction BETWEEN 1 AND 10")])


class Worry(CaseDeed):
    """A sign of suicide, violence or neglect; on top of Te doen until done."""

    kind = TextField()
    noticed_on = DayField()
    called_at = MomentField(null=True)
    reached = TextField(default="")
    meldcode_step = IntegerField(default=1)
    done_on = DayField(null=True)
    called_practice = ForeignKeyField(Practice, null=True)  # which practice was phoned
    weigh_suspected = TextField(default="")  # the five questions of weighing: "", "yes", "no"
    weigh_unsafe = TextField(default="")
    weigh_able = TextField(default="")
    weigh_accepted = TextField(default="")
    weigh_safer = TextField(default="")
    must_report = TextField(default="")  # the two decisions, each apart: "", "yes", "no"
    may_help = TextField(default="")


class Hold(CaseDeed):
    """Ill or away: the place is kept, and nothing is asked until the day it ends."""

    from_on = DayField()
    until_on = DayField()
    reason = TextField(default="")
    ended_on = DayField(null=True)  # back sooner than thought
    ended_by = ForeignKeyField(Closing, null=True)  # or over because the case was closed


class Consent(Record):
    """An answer to one question of sharing, for one case and its addressee; the newest recorded counts."""

    person = ForeignKeyField(Person, backref="consents")
    voucher = ForeignKeyField(Voucher, null=True)
    purpose = TextField()
    answer = TextField(constraints=[Check("answer IN ('yes', 'no', 'ask')")])
    given_on = DayField()
    how = TextField(default="")
    staff = ForeignKeyField(Staff, null=True)
    text_version = IntegerField(default=1)
    withdrawn_on = DayField(null=True)
    practice = ForeignKeyField(Practice, null=True)  # whom it was given for: another practice has its own answer
    intake = ForeignKeyField(Intake, null=True)  # the talk in which it was given: taken back with it
    attempt = ForeignKeyField(ContactAttempt, null=True)  # or the call
    sure = BooleanField(default=False)  # it contradicts another answer, and who recorded it was asked which counts


class Postponement(Record):
    """A task that comes back on a later day."""

    voucher = ForeignKeyField(Voucher)
    task = TextField()
    until = DayField()
    staff = ForeignKeyField(Staff, null=True)
    ended_by = ForeignKeyField(Closing, null=True)  # no longer put off: the case was closed
    subject = IntegerField(default=0)  # which of two tasks of one kind: the enrolment or appointment it is about

    class Meta:
        indexes = ((("voucher", "task", "subject"), True),)


class Gap(Record):
    """A reason and neighbourhood for which nothing suitable was found."""

    voucher = ForeignKeyField(Voucher, null=True)
    reason = ForeignKeyField(Reason, null=True)
    neighbourhood = ForeignKeyField(Neighbourhood, null=True)
    noticed_on = DayField()
    note = TextField(default="")


class Letter(Record):
    """A feedback letter about one moment to one recipient."""

    voucher = ForeignKeyField(Voucher, backref="letters")
    person = ForeignKeyField(Person)
    moment = TextField(
        constraints=[Check("moment IN ('arrived', 'intake', 'update', 'progress', 'closing', 'declined', 'signal')")]
    )
    practice = ForeignKeyField(Practice, null=True)
    recipient = ForeignKeyField(Contact, null=True)
    recipient_key = TextField()  # practice and contact in one value, so that a letter without contact is unique too
    state = TextField(default="concept", constraints=[Check("state IN ('concept', 'fixed', 'sent')")])
    content = TextField()  # JSON of rules.letters.LetterContent
    written_by = ForeignKeyField(Staff, null=True)
    written_on = DayField()
    approved_by = ForeignKeyField(Staff, null=True)
    approved_at = MomentField(null=True)
    discussed = BooleanField(default=False)
    corrects = ForeignKeyField("self", null=True)
    withdrawn_on = DayField(null=True)
    withdrawn_why = TextField(default="")
    copy_of = ForeignKeyField("self", null=True)  # the copy to the referrer of a letter to somebody else
    ground = TextField(default="", constraints=[Check("ground IN ('', 'consent', 'meldcode', 'vital')")])  # of a signal
    worry = ForeignKeyField(Worry, null=True)  # what a signal is about
    subject = IntegerField(default=0)  # the id of the deed that its moment is about: see LetterMoment
    follows = ForeignKeyField("self", null=True)  # an earlier letter that stays true and that this one goes on from
    facts = TextField(default="")  # JSON of the fields its texts were filled with, to see what was overtaken
    promised_on = DayField(null=True)  # the day under "Volgend bericht"
    promised_sooner = BooleanField(default=False)  # "of eerder als zij stopt"
    going_on = TextField(default="")  # the ids of the enrolments it told of, with a plus where somebody had begun
    mixed_up = TextField(
        default="", constraints=[Check("mixed_up IN ('', 'case', 'deed')")]
    )  # it was sent, and the case or what it tells of was moved to the right person or case since


Letter.add_index(
    Letter.index(
        Letter.voucher, Letter.moment, Letter.recipient_key, Letter.subject, unique=True, name="letter_once"
    ).where(
        Letter.withdrawn_on.is_null() & Letter.corrects.is_null() & (Letter.moment != "signal")
        & (Letter.mixed_up == "")
    )
)
Letter.add_index(Letter.index(Letter.state, Letter.withdrawn_on, Letter.written_on, name="letter_state"))
Letter.add_index(
    Letter.index(Letter.voucher, Letter.moment, Letter.withdrawn_on, Letter.written_on, name="letter_told")
)
# the last letter to somebody, whose address is compared before sending
Letter.add_index(Letter.index(Letter.recipient_key, Letter.state, name="letter_addressed"))
# the archive walks this one index and looks at no row: a row holds a page of text
Letter.add_index(
    Letter.index(
        Letter.written_on,
        Letter.id,
        Letter.state,
        Letter.withdrawn_on,
        Letter.moment,
        Letter.practice,
        Letter.person,
        Letter.recipient,
        Letter.copy_of,
        Letter.voucher,
        name="letter_archive",
    )
)


class LetterMoment(Record):
    """One letter settles every moment it covers."""

    letter = ForeignKeyField(Letter, backref="moments")
    moment = TextField()
    subject = IntegerField(default=0)  # the deed it tells of: an intake, an aftercare talk, a closing, a kept promise
    said = TextField(default="")  # what it told of that deed: the outcome of a closing


class SharedPart(Record):
    """What many letters have in common, kept once: a typeface, a logo. Never anything about a person."""

    sha256 = TextField(unique=True)
    bytes = BlobField()


class LetterPdf(Record):
    """The fixed bytes of a letter; never changed. `parts` says where shared parts belong between these bytes."""

    letter = ForeignKeyField(Letter, backref="pdfs", unique=True)
    bytes = BlobField()
    sha256 = TextField()  # of the whole
    parts = TextField(default="")  # JSON: [[offset in the whole, id of the shared part], ...]; then `bytes` is packed


class Dispatch(Record):
    """One way of sending a fixed letter; sent only when staff confirm."""

    letter = ForeignKeyField(Letter, backref="dispatches")
    way = TextField(constraints=[Check("way IN ('text', 'pdf', 'print', 'told')")])
    batch = TextField(default="")
    position = IntegerField(default=0)
    sent_at = MomentField()
    confirmed_at = MomentField(null=True)
    staff = ForeignKeyField(Staff, null=True)


# by which way and by whom, for the archive
Dispatch.add_index(
    Dispatch.index(Dispatch.letter, Dispatch.confirmed_at, Dispatch.way, Dispatch.staff, name="dispatch_how")
)


class Batch(Record):
    """Letters that were printed in one go; `Dispatch.batch` is its uid. Nothing in it is sent until confirmed."""

    started_at = MomentField()
    letters = IntegerField()
    printed = IntegerField(default=0)  # so many were handed to the printer
    state = TextField(default="printing", constraints=[Check("state IN ('printing', 'printed', 'done', 'stopped')")])
    ended_at = MomentField(null=True)
    staff = ForeignKeyField(Staff, null=True)


class ReturnedPost(Record):
    """A letter that came back; open until somebody looked at the address."""

    letter = ForeignKeyField(Letter, backref="returns")
    dispatch = ForeignKeyField(Dispatch, null=True)  # the sending that did not arrive
    practice = ForeignKeyField(Practice, null=True)
    returned_on = DayField()
    why = TextField(default="")
    settled_on = DayField(null=True, index=True)
    settled_how = TextField(
        default="", constraints=[Check("settled_how IN ('', 'address_changed', 'address_right', 'other_way')")]
    )
    staff = ForeignKeyField(Staff, null=True)


class LetterText(Record):
    """A version of the text of one kind of letter; the newest of a kind is in use, none means as shipped."""

    kind = TextField(
        constraints=[
            Check(
                "kind IN ('arrived', 'intake', 'update', 'progress', 'closing', 'declined', 'signal', 'receipt', "
                "'ended')"
            )
        ],
        index=True,
    )
    body = TextField()
    made_at = MomentField()
    staff = ForeignKeyField(Staff, null=True)


class PracticeTalk(Record):
    """A talk with a practice: what can we help you with, what was agreed, and when again."""

    practice = ForeignKeyField(Practice, backref="talks")
    held_on = DayField()
    staff = ForeignKeyField(Staff, null=True)
    with_whom = TextField(default="")
    question = TextField(default="")
    agreed = TextField(default="")
    next_on = DayField(null=True)


class QuietPractice(Record):
    """What was decided about a practice that sent nobody in a quarter: put off, or no talk needed."""

    practice = ForeignKeyField(Practice)
    quarter = TextField()  # its code
    until = DayField(null=True)  # put off until then
    settled_on = DayField(null=True)
    staff = ForeignKeyField(Staff, null=True)


class ValuesKept(Record):
    """What a practice's vouchers came to in a quarter, as it was before something it was counted from went or moved.

    Of the whole group, with no day, no number and no name: never what one person did.
    """

    counted_for = ForeignKeyField(Practice)
    quarter = TextField()  # its code
    received = IntegerField(default=0)
    arrived = IntegerField(default=0)
    started = IntegerField(default=0)
    began_before = IntegerField(default=0)
    active = IntegerField(default=0)
    letters = IntegerField(default=0)
    on_time = IntegerField(default=0)
    pairs = IntegerField(default=0)
    contacts_before = IntegerField(null=True)  # of all pairs together; of fewer than five nothing is kept
    contacts_after = IntegerField(null=True)
    of_few = BooleanField(default=False)
    earlier = IntegerField(default=0)

    class Meta:
        indexes = ((("counted_for", "quarter"), True),)


class Request(Record):
    """Someone asks to see, correct or destroy their data; what was asked outlives the data, without contents."""

    person = ForeignKeyField(Person, null=True)
    kind = TextField(constraints=[Check("kind IN ('access', 'correction', 'destruction', 'objection')")])
    received_on = DayField()
    answer_by = DayField()
    asked_by = TextField(default="")
    proved = BooleanField(default=False)  # who asks is who they say
    extended_why = TextField(default="")
    answered_on = DayField(null=True)
    outcome = TextField(default="")
    answer = TextField(default="")
    staff = ForeignKeyField(Staff, null=True)


class Breach(Record):
    """Data went where they should not be, or were lost; within 72 hours the authority may have to know."""

    noticed_at = MomentField()
    happened_on = DayField(null=True)
    what = TextField()
    whose = TextField(default="")
    people = IntegerField(null=True)  # how many
    consequences = TextField(default="")
    measures = TextField(default="")
    to_authority = TextField(default="")  # "", "yes", "no"
    authority_at = MomentField(null=True)
    authority_number = TextField(default="")
    to_people = TextField(default="")  # "", "yes", "no"
    people_on = DayField(null=True)
    why_not = TextField(default="")
    closed_on = DayField(null=True)
    staff = ForeignKeyField(Staff, null=True)


class RetentionTerm(Record):
    """How many months the data of one kind of case are kept after its end."""

    kind = TextField(unique=True)
    months = IntegerField()


class RetentionList(Record):
    """Once a year: whose data have been kept long enough, for the coordinator to approve."""

    made_on = DayField()
    until = DayField()
    approved_on = DayField(null=True)
    approved_by = ForeignKeyField(Staff, null=True)
    done_on = DayField(null=True)


class RetentionItem(Record):
    """One person on a yearly list; the line outlives the person, as a number."""

    list = ForeignKeyField(RetentionList, backref="items")
    person = ForeignKeyField(Person, null=True)
    kind = TextField()
    ended_on = DayField()
    cases = IntegerField()
    choice = TextField(default="destroy", constraints=[Check("choice IN ('destroy', 'anonymise', 'keep')")])
    why_keep = TextField(default="")
    done_on = DayField(null=True)


class Destruction(Record):
    """What a certificate says: how much was destroyed, why and by whom, never whose."""

    number = TextField(unique=True)
    done_on = DayField()
    how = TextField(constraints=[Check("how IN ('destroy', 'anonymise')")])
    why = TextField()  # request or retention
    persons = IntegerField()
    cases = IntegerField()
    rows = IntegerField()
    person_number = IntegerField(null=True)  # what the log calls the person; nobody has this number any more
    request = ForeignKeyField(Request, null=True)
    list = ForeignKeyField(RetentionList, null=True)
    backups_until = DayField()
    staff = ForeignKeyField(Staff, null=True)

    def concerns(self) -> int | None:
        return self.person_number  # type: ignore[no-any-return]


class OthersMark(Record):
    """A text that holds data of other people, which may be left out of somebody's own file."""

    person = ForeignKeyField(Person, on_delete="CASCADE")
    table = TextField()
    row = IntegerField()

    class Meta:
        indexes = ((("table", "row"), True),)


class MeldcodeStep(CaseDeed):
    """One of the five steps of the Meldcode, taken for a worry."""

    worry = ForeignKeyField(Worry, backref="steps", on_delete="CASCADE")
    step = IntegerField(constraints=[Check("step BETWEEN 1 AND 5")])
    done_on = DayField()

    class Meta:
        indexes = ((("worry", "step"), True),)


class Export(Record):
    """A list that left the program, and why; not what was in it."""

    what = TextField()
    reason = TextField()
    lines = IntegerField()
    exported_at = MomentField()
    staff = ForeignKeyField(Staff, null=True)


RECORDS: tuple[type[Record], ...] = (
    Organisation,
    Staff,
    StaffRole,
    Neighbourhood,
    Theme,
    Reason,
    ReasonTheme,
    Practice,
    Contact,
    Person,
    DifferentPeople,
    Voucher,
    VoucherReason,
    ContactAttempt,
    Appointment,
    Intake,
    Location,
    Activity,
    Schedule,
    ActivityTheme,
    Enrolment,
    Aftercare,
    Worry,
    Hold,
    Closing,
    Consent,
    Postponement,
    Gap,
    Letter,
    LetterMoment,
    SharedPart,
    LetterPdf,
    Dispatch,
    Batch,
    ReturnedPost,
    LetterText,
    PracticeTalk,
    QuietPractice,
    ValuesKept,
    Request,
    Breach,
    RetentionTerm,
    RetentionList,
    RetentionItem,
    Destruction,
    OthersMark,
    MeldcodeStep,
    Export,
)
TABLES = (Meta, Audit, Change, NumberSeries, SpentNumber, *RECORDS)
MODELS.update({kind_of(model): model for model in RECORDS})


def name_of(row: Person | Contact) -> Name:
    """The name parts of a person or contact as the rules take them."""
    return Name(
        form_of_address=row.form_of_address,
        initials=row.initials,
        first_name=row.first_name,
        tussenvoegsel=row.tussenvoegsel,
        surname=row.surname,
        birth_name=getattr(row, "birth_name", ""),
    )


def _national(phone: str) -> str:
    return "0" + phone[3:] if phone.startswith("+31") else phone
