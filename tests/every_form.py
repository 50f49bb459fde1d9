"""The forms of the program one by one, to be filled in by a test, and what of a form went wrong, in words.

A new field needs no line here: the forms and the tables say themselves what there is. A new form is a `Subject`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pytestqt.qtbot import QtBot

from desktop import clock
from desktop.rules.declared import SUBJECTS as DECLARED
from desktop.rules.declared import field_of
from desktop.rules.history import HIDDEN, label
from desktop.rules.paperwords import on_letters
from desktop.rules.staff import Member
from desktop.screens.pages import PAGES
from desktop.storage.changes import MODELS, Record, kind_of, plain
from desktop.storage.history import history, shown
from desktop.storage.models import (
    Activity,
    Aftercare,
    Appointment,
    Breach,
    Closing,
    Contact,
    ContactAttempt,
    Enrolment,
    Hold,
    Intake,
    Letter,
    MeldcodeStep,
    Neighbourhood,
    Organisation,
    Person,
    Practice,
    PracticeTalk,
    Request,
    RetentionItem,
    RetentionList,
    RetentionTerm,
    ReturnedPost,
    Schedule,
    Staff,
    Voucher,
    Worry,
)
from desktop.widgets.form import Form
from tests.factory import add_activity, add_enrolment, add_member, add_practice, add_row, add_voucher, days_ago
from tests.forms_filled import Pen, labels_of, typed_lines, values_of, words_of
from tests.screens.room import Room

OWN = frozenset({"id", "uid", "version"})
class World:
    """An office with two of everything, and somebody who fills in its forms."""

    def __init__(self, qtbot: QtBot, by: Member) -> None:
        self.by, self.today = by, clock.today()
        self.qtbot, self.room = qtbot, Room(qtbot, by, {})
        self.pen = Pen(self.today)
        add_member("K. de Boer", "coach")
        add_member("L. Smit", "coach")
        add_row(Neighbourhood(name="Noord", postcodes="5612"))
        add_row(Neighbourhood(name="Zuid", postcodes="5613"))
        self.linde = add_practice()
        self.plein = add_practice("Het Plein", agb="01056789")
        self.choir, self.walk = add_activity("Koor"), add_activity("Wandelen")
        self.voucher = add_voucher(by, self.linde, dated_on=days_ago(200), received_on=days_ago(199))

    def open(self, page: str, **arguments: Any) -> Form:
        form = PAGES[page](self.room.office, **arguments)
        assert isinstance(form, Form), page
        self.qtbot.addWidget(form)
        return form

    def save(self, form: Form) -> Any:
        """Saved, also when the program asks whether it is right."""
        made = self.saves(form)
        assert made, {name: words for name in labels_of(form) if (words := form.editor(name).complaint())}
        return made[0]

    def saves(self, form: Form) -> list[Any]:
        """What was saved; nothing when it was refused."""
        made: list[Any] = []
        form.saved.connect(made.append)
        form.submit()
        if not made and form.notice.answers():
            form.submit(sure=True)
        return made


Opens = Callable[[World, Any], Form]


@dataclass(frozen=True)
class Filled:
    """A form that is filled in: how it is opened, and what goes in the fields that take no words of their own."""

    open: Opens
    given: Mapping[str, str | None] = field(default_factory=dict)
    shows: bool = True  # opened again it shows what was typed in it; a deed on a record begins empty
    kind: str = ""  # of the row it fills; empty: the first of the subject
    joined: Sequence[str] = ()  # fields that stand for two columns, or say more than the column holds


@dataclass(frozen=True)
class Subject:
    """A record by its forms: the one in which it begins, those in which it is changed, and the rows it is kept in."""

    begin: Filled
    then: Sequence[Filled]
    rows: Callable[[World, Any], Sequence[Record]]
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    """Fields that do not stand in the forms that follow, and where they went."""
    whole: bool = True  # between them these forms set every column that is not the program's own


def _on(page: str, **arguments: Any) -> Opens:
    """A page opened without a record."""
    return lambda world, _made: world.open(page, **arguments)


def _of(page: str, name: str, **arguments: Any) -> Opens:
    """A page of the record that was made."""
    return lambda world, made: world.open(page, **{name: made.id}, **arguments)


def _case(page: str, **arguments: Any) -> Opens:
    """A page of the world's own case."""
    return lambda world, _made: world.open(page, voucher_id=world.voucher.id, **arguments)


def _deed(kind: str) -> Opens:
    return lambda world, made: world.open("correct_deed", kind=kind, deed_id=made.id)


def _one(model: type[Record]) -> Callable[[World, Any], Sequence[Record]]:
    return lambda _world, made: [model.get_one(made.id)]


def _activity_rows(_world: World, made: Activity) -> Sequence[Record]:
    activity = Activity.get_one(made.id)
    return [activity, activity.location, *Schedule.select().where(Schedule.activity == activity)]


def _steps(world: World, _made: Any) -> Sequence[Record]:
    return list(MeldcodeStep.select().order_by(MeldcodeStep.step))


def _a_worry(world: World) -> Worry:
    made = Worry.select().first() or add_row(
        Worry(voucher=world.voucher, person=world.voucher.person_id, kind="violence", noticed_on=days_ago(90))
    )
    assert isinstance(made, Worry)
    return made


def _enrolment_of(voucher: Voucher) -> Enrolment:
    found = Enrolment.get(Enrolment.voucher == voucher)
    assert isinstance(found, Enrolment)
    return found


def _a_choice(world: World) -> Form:
    """Whose data have been kept long enough, on a yearly list."""
    item = RetentionItem.select().first()
    if item is None:
        listed = add_row(RetentionList(made_on=world.today, until=days_ago(365)))
        values = {"kind": "helped_wmo", "ended_on": days_ago(400), "cases": 1}
        item = add_row(RetentionItem(list=listed, person=world.voucher.person_id, **values))
    return world.open("retention_choice", list_id=item.list_id, item_id=item.id)


def _a_letter(world: World) -> Letter:
    values = {"moment": "arrived", "state": "sent", "content": LETTER, "written_on": days_ago(9)}
    made = add_row(
        Letter(
            voucher=world.voucher,
            person=world.voucher.person_id,
            practice=world.linde,
            recipient_key=f"{world.linde.id}-0",
            **values,
        )
    )
    assert isinstance(made, Letter)
    return made


def _taking_part(world: World) -> Form:
    if not Enrolment.select().exists():
        add_enrolment(world.voucher, world.choir, state="started", first_attended_on=days_ago(100),
                      enrolled_on=days_ago(120))  # fmt: skip
    return world.open("aftercare", voucher_id=world.voucher.id)


def _offered(world: World) -> Form:
    """A place that is kept for somebody who has to be told."""
    waits = add_enrolment(world.voucher, world.walk, state="offered", offered_on=world.today, offer_until=world.today)
    return world.open("offer", enrolment_id=waits.id)


LETTER = '{"core": [["Hoe het gaat", "Goed."]]}'
TUESDAY = "elke dinsdag 10:00-11:30 vanaf 6 januari 2026 tot 30 juni 2026"
FRIDAY = "elke vrijdag 14:00-15:00 vanaf 9 januari 2026 tot 26 juni 2026, behalve 16 januari 2026 (bel eerst)"
ANNA = {"given": "A. (Anna)", "address": "5612 CD 12", "birth_date": "3-4-1951", "form_of_address": "mevrouw"}
BEN = {"given": "B. (Ben)", "address": "5613 EF 40", "birth_date": "4-5-1952", "form_of_address": "de heer"}
OF_LINDE = {"practice": "Huisartsenpraktijk De Linde", "referrer": "M. Jansen, huisarts", "referrer_kind": None}
VOUCHER = OF_LINDE | ANNA | {"icpc": "Z04"}
ASKED = ("consent_report_back", "consent_activity", "consent_hexagon")
EDIT_VOUCHER = Filled(
    _of("edit_voucher", "voucher_id"),
    {"practice": "Het Plein", "icpc": "Z12"},
    joined=("referrer", "report_to"),
)
EDIT_PERSON = Filled(
    lambda world, made: world.open("edit_person", person_id=made.person_id),
    BEN,
    kind="person",
    joined=("given", "surname", "address"),
)
CONSENTS = {"consent_received": "a consent", "consent_report_back": "a consent", "consent_how": "of the consents"}
SUBJECTS: dict[str, Subject] = {
    "voucher": Subject(
        Filled(_on("new_voucher"), VOUCHER),
        (
            EDIT_VOUCHER,
            EDIT_PERSON,
            Filled(lambda world, made: world.open("coach", voucher_ids=(made.id,))),
            Filled(_of("ground", "voucher_id")),
        ),
        lambda _world, made: [Voucher.get_one(made.id), Person.get_one(made.person_id)],
        CONSENTS,
    ),
    "walk-in": Subject(
        Filled(lambda world, _made: world.open("new_voucher", activity_id=world.choir.id), VOUCHER),
        (
            EDIT_VOUCHER,
            EDIT_PERSON,
            Filled(
                lambda world, made: world.open("first_time", enrolment_id=_enrolment_of(made).id, correct=True),
                {"note": None},
                shows=False,
            ),
        ),
        lambda _world, made: [Voucher.get_one(made.id), Person.get_one(made.person_id), _enrolment_of(made)],
        CONSENTS,
        whole=False,
    ),
    "practice": Subject(
        Filled(_on("practice"), {"agb": "01012345", "postcode": "5611 AA"}),
        (Filled(_of("edit_practice", "practice_id"), {"agb": "01067890", "postcode": "5611 BB"}),),
        _one(Practice),
    ),
    "contact": Subject(
        Filled(lambda world, _made: world.open("contact", practice_id=world.linde.id)),
        (
            Filled(
                lambda world, made: world.open("contact", practice_id=world.linde.id, contact_id=made.id),
                {"practice": None, "takes_along": None},
            ),
        ),
        _one(Contact),
        {"takes_along": "the practice on the vouchers"},
    ),
    "activity": Subject(
        Filled(
            _on("edit_activity"),
            {
                **{"schedules": TUESDAY, "price": "€ 2,50 per keer", "provider": "partner"},
                **{"postcode": "5614 AA", "age_to": "80"},
            },
        ),
        (
            Filled(
                _of("edit_activity", "activity_id"),
                {
                    **{"schedules": FRIDAY, "price": "€ 20 voor 8 keer, eerste keer gratis", "provider": None},
                    **{"postcode": "5615 BB", "age_to": "90"},
                },
            ),
        ),
        _activity_rows,
    ),
    "organisation": Subject(
        Filled(_on("organisation"), {"colour": "#1F5FA8"}),
        (Filled(_on("organisation"), {"colour": "#2E7D32"}),),
        lambda _world, _made: [Organisation.get()],
    ),
    "staff": Subject(
        Filled(lambda world, _made: world.open("staff", staff_id=Staff.get(Staff.name == "L. Smit").id)),
        (Filled(_of("staff", "staff_id")),),
        _one(Staff),
        {"roles": "rows of their own"},
    ),
    "contact_attempt": Subject(
        Filled(_case("record_contact"), {"call_back_on": "+3"}),
        (Filled(_deed("contact"), {"call_back_on": "+4"}, joined=("on", "at")),),
        _one(ContactAttempt),
        {"informed": "on the person"},
    ),
    "appointment": Subject(
        Filled(_case("plan_intake"), {"day": "+3"}),
        (
            Filled(_deed("appointment"), {"day": "+4"}),
            Filled(_of("miss_intake", "appointment_id"), {"cancelled": "True", "note": None}, shows=False),
        ),
        _one(Appointment),
        {"cancelled": "its state"},
    ),
    "intake": Subject(
        Filled(_case("hold_intake"), dict.fromkeys(ASKED, "yes")),
        (Filled(_deed("intake")),),
        _one(Intake),
        {
            **dict.fromkeys(ASKED, "a consent"),
            "informed": "on the person",
        },
    ),
    "aftercare": Subject(
        Filled(
            lambda world, _made: _taking_part(world),
            {"outcome": "stopped", "times_present": "7", "times_held": "8"},
        ),
        (Filled(_deed("aftercare"), {"outcome": "never", "times_present": "3", "times_held": "9"}),),
        _one(Aftercare),
        dict.fromkeys(("times_present", "times_held"), "on the enrolment that was asked of"),
    ),
    "enrolment": Subject(
        Filled(
            _case("enrol"),
            {"activities": None, "accompanied": "1", "visit_day": "+5", "visit_hour": "10:30", "waiting": None},
        ),
        (
            Filled(_deed("enrolment"), {"activity": None, "waiting": None}),
            Filled(_of("first_time", "enrolment_id"), shows=False),
            Filled(_deed("enrolment"), {"destination": "", "times_present": "3", "times_held": "9", "waiting": None}),
            Filled(_of("stop_enrolment", "enrolment_id"), shows=False),
        ),
        _one(Enrolment),
        dict.fromkeys(("visit_day", "visit_hour", "visit_with"), "an appointment"),
    ),
    "offer": Subject(
        Filled(lambda world, _made: _offered(world), {"answer": "yes", "start_on": "+5"}),
        (),
        _one(Enrolment),
        {"answer": "its state"},
        whole=False,
    ),
    "hold": Subject(
        Filled(_case("pause"), {"from_on": "-9", "until_on": "+9"}),
        (Filled(_deed("hold"), {"from_on": "-8", "until_on": "+8", "ended_on": "-2"}),),
        _one(Hold),
    ),
    "worry": Subject(
        Filled(_case("worry"), {"noticed_on": "-80"}),
        (Filled(_of("worry", "worry_id"), {"noticed_on": "-81"}, joined=("called_on", "called_at")),),
        _one(Worry),
    ),
    "closing": Subject(
        Filled(_case("close"), {"outcome": "stopped"}),
        (
            Filled(_deed("closing"), {"outcome": "passed_on"}),
            Filled(_case("reopen"), {"reopened_on": "+0"}, shows=False),
        ),
        _one(Closing),
    ),
    "person": Subject(
        Filled(lambda world, _made: world.open("death", person_id=world.voucher.person_id), {"deceased_on": "-9"}),
        (Filled(lambda world, made: world.open("death", person_id=made.id), {"deceased_on": "-3"}),),
        _one(Person),
        whole=False,
    ),
    "breach": Subject(
        Filled(_on("breach")),
        (
            Filled(
                _of("breach", "breach_id"),
                joined=("noticed_on", "noticed_at", "authority_on", "authority_at"),
            ),
        ),
        _one(Breach),
    ),
    "request": Subject(
        Filled(lambda world, _made: world.open("request", person_id=world.voucher.person_id), {"received_on": "-60"}),
        (
            Filled(_of("request", "request_id"), {"received_on": "-50", "answered_on": "-3", "proved": "1"}),
            Filled(_of("request", "request_id"), {"received_on": "-51", "answered_on": "-2", "proved": "1"}),
        ),
        _one(Request),
    ),
    "practice_talk": Subject(
        Filled(lambda world, _made: world.open("practice_talk", practice_id=world.linde.id), {"next_on": "+30"}),
        (
            Filled(_of("practice_talk", "talk_id"), {"next_on": "+40"}),
            Filled(_of("move_practice_talk", "talk_id"), {"next_on": "+50"}),
        ),
        _one(PracticeTalk),
    ),
    "meldcode_step": Subject(
        Filled(lambda world, _made: world.open("meldcode", worry_id=_a_worry(world).id)),
        (Filled(lambda world, _made: world.open("meldcode", worry_id=_a_worry(world).id)),),
        _steps,
    ),
    "retention_term": Subject(
        Filled(_on("retention_terms")),
        (Filled(_on("retention_terms")),),
        lambda _world, _made: list(RetentionTerm.select().order_by(RetentionTerm.id)),
    ),
    "retention_item": Subject(
        Filled(lambda world, _made: _a_choice(world), {"choice": "keep"}),
        (
            Filled(lambda world, _made: _a_choice(world), {"choice": "keep"}),
            Filled(lambda world, _made: _a_choice(world), {"choice": "anonymise", "why_keep": ""}),
        ),
        lambda _world, _made: [RetentionItem.get()],
    ),
    "returned_post": Subject(
        Filled(lambda world, _made: world.open("came_back", letter_id=_a_letter(world).id)),
        (),
        _one(ReturnedPost),
    ),
}


def faults(world: World, subject: Subject) -> Iterator[str]:
    """What is lost, told wrong or never asked, in words."""
    seen = _Seen(world, subject)
    seen.fill(subject.begin)
    yield from seen.lost()
    for number, filled in enumerate(subject.then):
        seen.fill(filled, number + 1)
        yield from seen.lost()
        yield from seen.untold()
    yield from seen.never_set()


def bsn_kept(world: World, subject: Subject, text: str) -> Iterator[str]:
    """The fields of the first form, and of those that follow, in which this text is saved."""
    seen = _Seen(world, subject)
    for number, filled in enumerate((subject.begin, *subject.then)):
        form = seen.typed_form(filled, number)
        for name in typed_lines(form):
            before = form.editor(name).raw()
            form.editor(name).set_raw(text)
            form.editor(name).tell_edited()
            if world.saves(form):
                yield name
                return
            form.editor(name).set_raw(before)
        seen.keep(world.save(form))


ONCE = dict.fromkeys(("agb", "next_on"))
"""Fields of which no two records have the same."""


def odd_kept(world: World, subject: Subject, text: str) -> Iterator[str]:
    """The fields for paper in which this text is kept without a question, in the first form and those that follow."""
    seen = _Seen(world, subject)
    for number, filled in enumerate((subject.begin, *subject.then)):
        filled = replace(filled, given={**filled.given, **ONCE})
        for name in typed_lines(seen.typed_form(filled, number)):
            form = seen.typed_form(filled, number)
            if name not in typed_lines(form):
                continue
            form.editor(name).set_raw(text)
            form.editor(name).tell_edited()
            made: list[Any] = []
            form.saved.connect(made.append)
            form.submit()
            if made:
                seen.keep(made[0])
                yield from (f"{name}: {field}" for field in _for_paper(subject.rows(world, seen.made), text))
        seen.keep(world.save(seen.typed_form(filled, number)))


def _for_paper(rows: Sequence[Record], text: str) -> Iterator[str]:
    """The fields of these rows that reach paper and hold the text."""
    for row in rows:
        for each in on_letters(kind_of(type(row))):
            if text in str(getattr(row, each.column) or "").lower():
                yield f"{kind_of(type(row))}.{each.name}"


class _Seen:
    """What was typed of one record so far, and the rows as they were before and after the last time."""

    def __init__(self, world: World, subject: Subject) -> None:
        self._world, self._subject = world, subject
        self.made: Any = None
        self._typed: dict[str, Any] = {}
        self._before: dict[tuple[str, int], dict[str, Any]] = {}
        self._rows: dict[tuple[str, int], dict[str, Any]] = {}
        self._set: dict[str, set[str]] = {}

    def fill(self, filled: Filled, which: int = 0) -> None:
        self.keep(self._world.save(self.typed_form(filled, which)))

    def typed_form(self, filled: Filled, which: int) -> Form:
        """The form with something in every field, not saved yet."""
        form = filled.open(self._world, self.made)
        given = {name: _day(self._world, text) for name, text in filled.given.items()}
        self._typed |= self._world.pen.fill(form, given, which)
        for hidden in labels_of(form).keys() - words_of(form).keys():
            self._typed.pop(hidden, None)
        return form

    def keep(self, made: Any) -> None:
        """Note what was saved, and the rows as they are now."""
        if self.made is None:
            self.made = made[0] if isinstance(made, list) else made
        self._before = self._rows
        self._rows = {}
        for row in self._subject.rows(self._world, self.made):
            self._rows[kind_of(type(row)), row.id] = plain(row)
        self._note_set()

    def lost(self) -> Iterator[str]:
        """What stands otherwise in the forms that show the record, or on its rows, than it was typed."""
        stands: dict[str, Any] = {}
        for filled in self._subject.then:
            if filled.shows:
                stands |= values_of(filled.open(self._world, self.made))
        rows = self._subject.rows(self._world, self.made)
        for name, value in self._typed.items():
            there = stands[name] if name in stands else _on_a_row(rows, name)
            if there is not _NOWHERE and there != value:
                yield f"{name}: typed {value!r}, opened again it is {there!r}"
            if there is _NOWHERE and name not in self._subject.elsewhere:
                yield f"{name}: typed {value!r}, and nobody knows where it went"

    def untold(self) -> Iterator[str]:
        """What history does not tell of the last time, or tells in other words than the form."""
        forms = self._forms()
        for (kind, row), now in self._rows.items():
            steps = history(self._world.by, kind, row)
            before = self._before.get((kind, row), {})
            for column in _changed(before, now):
                words = (label(kind, column), *(shown(kind, column, each[column]) for each in (before, now)))
                if not any(words == (step.field, step.old, step.new) for step in steps):
                    yield f"{kind}.{column}: history does not tell {words}"
                declared = field_of(kind, column)
                assert declared is not None, f"{kind}.{column} is not declared"
                wanted = (declared.on_form, words[2])
                if (found := forms.get((kind, declared.name), wanted)) != wanted:
                    yield f"{kind}.{column}: history says {wanted}, the form {found}"

    def _forms(self) -> dict[tuple[str, str], tuple[str, str]]:
        """By table and field: what it is called in the form that shows it, and what it says there."""
        found: dict[tuple[str, str], tuple[str, str]] = {}
        first = next(iter(self._rows))[0]
        for filled in self._subject.then:
            if filled.shows:
                form = filled.open(self._world, self.made)
                labels = labels_of(form)
                for name, words in words_of(form).items():
                    if name not in filled.joined:
                        found[filled.kind or first, name] = (labels[name], words)
        return found

    def never_set(self) -> Iterator[str]:
        """Columns that no form filled or changed and that are not the program's own."""
        for kind, columns in self._set.items() if self._subject.whole else ():
            asked = {each.column for each in DECLARED[kind].fields if not each.set_by}
            yield from (f"{kind}.{column} is set by no form" for column in sorted(asked - columns))

    def _note_set(self) -> None:
        for (kind, row), now in self._rows.items():
            old = self._before.get((kind, row)) or plain(MODELS[kind]())
            self._set.setdefault(kind, set()).update(
                column for column, value in now.items() if value not in (None, "") and old[column] != value
            )


_NOWHERE = object()


def _on_a_row(rows: Sequence[Record], name: str) -> Any:
    for row in rows:
        for each in DECLARED[kind_of(type(row))].fields:
            if each.name == name:
                return getattr(row, each.column)
    return _NOWHERE


def _changed(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    return [
        name for name in now if before and name not in OWN and name not in HIDDEN and before[name] != now[name]
    ]


def _day(world: World, text: str | None) -> str | None:
    """ "+3" as the day three days on."""
    if text is None or text[:1] not in ("+", "-") or not text[1:].isdigit():
        return text
    return f"{days_ago(-int(text)):%d-%m-%Y}"


CASE_FORMS = (
    *("contact_attempt", "appointment", "intake", "enrolment", "aftercare", "worry", "meldcode_step", "request"),
    *("returned_post", "retention_item", "hold", "closing"),
)


def fill_case(world: World) -> Person:
    """One person with everything that can be typed of them, each form filled in once and changed."""
    begun = SUBJECTS["voucher"]
    seen = _Seen(world, begun)
    seen.fill(begun.begin)
    world.voucher = seen.made
    for name in CASE_FORMS:
        other = _Seen(world, SUBJECTS[name])
        other.fill(SUBJECTS[name].begin)
        for number, filled in enumerate(SUBJECTS[name].then):
            other.fill(filled, number + 1)
    return Person.get_one(world.voucher.person_id)
