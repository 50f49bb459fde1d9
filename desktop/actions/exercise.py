"""The practice organisation: made-up people at every step of the path, to learn on. Must not know real data."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from desktop import clock
from desktop.actions import activities, aftercare, appointments, contacts, endings, enrolments, intakes, practices
from desktop.actions.action import action
from desktop.actions.entrance import CHEAP, Entered, NewOffice, enter, set_up
from desktop.actions.letter_sending import confirm_sent, fix_letter, send_letter
from desktop.actions.letters import write_letter
from desktop.actions.practice_talks import record_talk
from desktop.actions.signals import write_signal
from desktop.actions.vouchers import change_coach, register_voucher
from desktop.rules.activities import ActivityDraft
from desktop.rules.aftercare import AftercareDraft
from desktop.rules.codes import MARKS
from desktop.rules.deeds import (
    AppointmentDraft,
    ClosingDraft,
    ContactDraft,
    EnrolDraft,
    FirstTimeDraft,
    IntakeDraft,
    WorryDraft,
)
from desktop.rules.exercise import PASSWORD, SIGN_IN_NAME
from desktop.rules.organisation import OrganisationDraft
from desktop.rules.practice_talks import PracticeTalkDraft
from desktop.rules.practices import ContactDraft as PersonAtPractice
from desktop.rules.practices import PracticeDraft
from desktop.rules.schedules import read_schedule
from desktop.rules.signals import SignalDraft
from desktop.rules.staff import COORDINATOR, Member
from desktop.rules.vouchers import VoucherDraft
from desktop.storage.models import (
    Activity,
    Contact,
    Enrolment,
    Letter,
    Practice,
    Reason,
    Staff,
    StaffRole,
    Theme,
    Voucher,
)
from desktop.storage.staff import member_of

Step = Callable[[Member, Voucher, date], object]


@dataclass(frozen=True)
class Case:
    """Someone made up, and how far they got."""

    person: dict[str, Any]
    practice: int
    days_ago: int
    reasons: tuple[str, ...]
    steps: tuple[Step, ...] = ()
    report_back: str = "yes"


def make_exercise(folder: Path) -> Entered:
    """A practice organisation, signed in, without anyone in it yet."""
    new = NewOffice(
        organisation=OrganisationDraft(
            name="Welzijn Rivierdam",
            street="Brinkstraat",
            number="12",
            postcode="9797 PC",
            town="Rivierdam",
            phone="+31502110000",
            email="welzijn@rivierdam.example",
            website="www.welzijnrivierdam.example",
            province="Groningen",
        ),
        name="Robin Oefening",
        sign_in_name=SIGN_IN_NAME,
        password=PASSWORD,
    )
    return enter(set_up(folder, "exercise", new, CHEAP)[0])


def fill_exercise(by: Member) -> None:
    """Practices, activities and people; done by a made-up colleague, so that Ctrl+Z undoes only one's own."""
    colleague = member_of(add_made_up_colleague(by))
    at = [_practice(colleague, *facts) for facts in PRACTICES]
    for practice, talk in zip(at, TALKS, strict=False):
        _talk(colleague, practice, *talk)
    for facts in ACTIVITIES:
        _activity(colleague, *facts)
    for number, case in enumerate((*CASES, *_earlier())):
        _case(colleague, by if number % 2 else colleague, at[case.practice], case)


@action("made-up colleague added", may=COORDINATOR)
def add_made_up_colleague(by: Member) -> Staff:
    """Someone who cannot sign in and has done all that is there to begin with."""
    staff = Staff(name="Sam Voorbeeld", sign_in_name="sam", role_title="welzijnscoach", phone="+31502110001")
    staff.save()
    for role in ("coach", "intake"):
        StaffRole(staff=staff, role=role).save()
    return staff


def _practice(
    by: Member, name: str, agb: str, street: str, number: str, contacts: tuple[dict[str, Any], ...],
    letters: dict[str, Any],
) -> Practice:
    practice = practices.add_practice(by, PracticeDraft(
        name=name, agb=agb, street=street, number=number, postcode="9797 PC", town="Rivierdam", phone="+31502110002",
        **letters,
    ))  # fmt: skip
    for contact in contacts:
        practices.add_contact(by, PersonAtPractice(practice=practice.id, **contact))
    return practice


def _talk(by: Member, practice: Practice, days: int, again_in: int, whom: str, question: str, agreed: str) -> None:
    today = clock.today()
    record_talk(by, PracticeTalkDraft(
        practice=practice.id, held_on=today - timedelta(days=days), staff=by.id, with_whom=whom, question=question,
        agreed=agreed, next_on=today + timedelta(days=again_in),
    ))  # fmt: skip


def _activity(by: Member, title: str, letter_name: str, themes: str, place: str, when: str, capacity: int | None,
              cents: int) -> Activity:  # fmt: skip
    times, left = read_schedule(when, clock.today())
    return activities.add_activity(by, ActivityDraft(
        title=title, letter_name=letter_name, location_name=place, street="Brinkstraat", number="12",
        postcode="9797 PC", town="Rivierdam", schedules=times, schedule_note=left, capacity=capacity,
        price_cents=cents, price_per="session" if cents else "", wheelchair="yes",
        neighbourhood=neighbourhood(by, "Waterkant" if "Trefpunt" in place else "Centrum"),
        themes=tuple(theme.id for theme in Theme.select().where(Theme.code.in_(themes.split()))),
    ))  # fmt: skip


@action("made-up neighbourhood added", may=COORDINATOR | {"coach"})
def neighbourhood(by: Member, name: str) -> int | None:
    return activities.find_neighbourhood(name)


def _case(by: Member, coach: Member, practice: Practice, case: Case) -> None:
    today = clock.today()
    day = today - timedelta(days=case.days_ago)
    gp = Contact.select().where(Contact.practice == practice).order_by(Contact.role != "gp").first()
    draft = VoucherDraft(
        practice=practice.id, referrer=gp.id, report_to=gp.id, dated_on=day, received_on=day,
        reasons=tuple(reason.id for reason in Reason.select().where(Reason.code.in_(case.reasons))),
        consent_received="yes", consent_report_back=case.report_back, town="Rivierdam", postcode="9797 PC", sure=True,
        **case.person,
    )  # fmt: skip
    voucher = register_voucher(by, draft)
    change_coach(by, (voucher.id,), coach.id, None)
    for step in case.steps:
        step(by, voucher, today)


def _earlier() -> Iterator[Case]:
    """Who came and went in the half year before: enough at one practice for its page of results."""
    for number, (title, first_name, tussenvoegsel, surname, birth_date) in enumerate(EARLIER):
        day = 178 - 13 * number  # the last whole quarter holds six or seven of them on any day of the year
        person = {"form_of_address": title, "first_name": first_name, "tussenvoegsel": tussenvoegsel,
                  "surname": surname, "birth_date": birth_date, "phone": f"+3161200{2000 + number}"}  # fmt: skip
        activity = ACTIVITIES[number % 3][0]
        held = partial(_held, day - 9, "Weer meedoen.", (5, 5, 4, 5, 4, 6), gp=2 + number % 4)
        steps: tuple[Step, ...] = (partial(_called, day - 5, "reached"), held,
                                   partial(_enrolled, day - 10, activity, 12 - day), partial(_told, day - 11, "intake"),
                                   partial(_been, day - 12))  # fmt: skip
        if day > 104:
            talk = {"gp_contacts": number % 3, "satisfaction": 8, "times_present": 9, "times_held": 11}
            steps += (partial(_talked, day - 104, "still", talk), partial(_closed, day - 104, "completed"),
                      partial(_told, day - 104, "closing"))  # fmt: skip
        yield Case(person, 0, day, ("loneliness",), steps)


# ---- steps, each so many days ago


def _called(days: int, outcome: str, by: Member, voucher: Voucher, today: date) -> None:
    contacts.record_contact(by, ContactDraft(
        voucher_id=voucher.id, on=today - timedelta(days=days), at=time(10, 15), outcome=outcome,
        informed=outcome == "reached", sure=True,
    ))  # fmt: skip


def _planned(days_ahead: int, hour: int, place: str, by: Member, voucher: Voucher, today: date) -> None:
    appointments.plan_intake(by, AppointmentDraft(
        voucher_id=voucher.id, day=today + timedelta(days=days_ahead), hour=time(hour), place=place,
        coach=Voucher.get_by_id(voucher.id).coach_id, sure=True,
    ))  # fmt: skip


def _held(days: int, goals: str, marks: tuple[int, ...], by: Member, voucher: Voucher, today: date,
          gp: int | None = None) -> None:  # fmt: skip
    intakes.hold_intake(by, IntakeDraft(
        voucher_id=voucher.id, held_on=today - timedelta(days=days), place="home", goals=goals,
        coach=Voucher.get_by_id(voucher.id).coach_id, consent_activity="yes", gp_contacts=gp, sure=True,
        **_marked(*marks),
    ))  # fmt: skip


def _marked(*marks: int) -> dict[str, Any]:
    return dict(zip(MARKS, marks, strict=True))


def _enrolled(days: int, title: str, start_in: int, by: Member, voucher: Voucher, today: date) -> None:
    activity = Activity.get(Activity.title == title)
    enrolments.enrol(by, EnrolDraft(
        voucher_id=voucher.id, activities=(activity.id,), enrolled_on=today - timedelta(days=days),
        start_on=today + timedelta(days=start_in), sure=True,
    ))  # fmt: skip


def _been(days: int, by: Member, voucher: Voucher, today: date) -> None:
    enrolment = Enrolment.get(Enrolment.voucher == voucher)
    enrolments.record_first_time(by, FirstTimeDraft(
        voucher_id=voucher.id, enrolment_id=enrolment.id, first_attended_on=today - timedelta(days=days),
        first_known_by="leader", sure=True,
    ))  # fmt: skip


def _talked(days: int, outcome: str, said: dict[str, Any], by: Member, voucher: Voucher, today: date) -> None:
    """The talk three months on, with how often they were there at what they joined."""
    enrolment = Enrolment.get(Enrolment.voucher == voucher)
    aftercare.hold_aftercare(by, AftercareDraft(
        voucher_id=voucher.id, held_on=today - timedelta(days=days), outcome=outcome, enrolment_id=enrolment.id,
        sure=True, **said,
    ))  # fmt: skip


def _worried(by: Member, voucher: Voucher, today: date) -> None:
    endings.record_worry(by, WorryDraft(
        voucher_id=voucher.id, kind="neglect", noticed_on=today, note="Huis koud en geen eten in huis.", sure=True,
    ))  # fmt: skip


def _signalled(sentence: str, by: Member, voucher: Voucher, today: date) -> None:
    write_signal(by, SignalDraft(voucher_id=voucher.id, ground="consent", sentence=sentence, sure=True))


def _written(days: int, moment: str, by: Member, voucher: Voucher, today: date) -> Letter:
    """A letter of that day, with akkoord, ready to be sent."""
    coach = member_of(Voucher.get_by_id(voucher.id).coach)
    with clock.days_ago(days):
        return fix_letter(coach, write_letter(coach, voucher.id, moment).id)


def _told(days: int, moment: str, by: Member, voucher: Voucher, today: date) -> None:
    """A letter that went out, the way its practice wants it, with the copy to the referrer."""
    letter = _written(days, moment, by, voucher, today)
    with clock.days_ago(days):
        for each in (letter, *Letter.select().where(Letter.copy_of == letter)):
            confirm_sent(by, send_letter(by, each.id, voucher.practice.letter_way).id)


def _closed(days: int, outcome: str, by: Member, voucher: Voucher, today: date) -> None:
    endings.close_case(by, ClosingDraft(
        voucher_id=voucher.id, closed_on=today - timedelta(days=days), outcome=outcome, sure=True,
    ))  # fmt: skip


# ---- what is made up

ALL_LETTERS = ("arrived", "intake", "progress", "closing", "declined", "signal")
PRACTICES: tuple[tuple[str, str, str, str, tuple[dict[str, str], ...], dict[str, Any]], ...] = (
    ("Huisartsenpraktijk De Wilg", "01990011", "Wilgenlaan", "3", (
        {"role": "gp", "initials": "H.", "surname": "Postma", "form_of_address": "mevrouw"},
        {"role": "poh_ggz", "initials": "T.", "surname": "Aksoy"},
    ), {}),
    ("Gezondheidscentrum Kade", "01990022", "Havenkade", "41", (
        {"role": "gp", "initials": "J.", "tussenvoegsel": "van", "surname": "Loon", "form_of_address": "de heer"},
        {"role": "assistant", "first_name": "Ans", "surname": "Kuipers"},
    ), {"letter_to": "practice", "letter_copy": True, "letter_way": "pdf"}),
    ("Praktijk Nowak", "01990033", "Singel", "8", (
        {"role": "gp", "initials": "K.", "surname": "Nowak", "form_of_address": "mevrouw"},
    ), {"letter_moments": ALL_LETTERS, "letter_way": "text"}),
)  # fmt: skip
ACTIVITIES: tuple[tuple[str, str, str, str, str, int | None, int], ...] = (
    ("Ochtendkoffie", "een inloop bij ons in de wijk", "meeting", "De Brug", "ma t/m vr 9:30-12:00", None, 0),
    ("Wandelclub Rustig Aan", "een wandelgroep", "exercise nature", "De Brug", "dinsdag 10:00-11:30", 15, 0),
    ("Eetkamer", "een eettafel in de wijk", "food meeting", "Trefpunt Waterkant", "woensdag 17:30-19:30", 12, 450),
    ("Lotgenoten na verlies", "een groep bij ons", "grief", "Trefpunt Waterkant", "donderdag 13:30-15:30", 8, 0),
    ("Formulierenhulp", "hulp bij papieren", "money", "De Brug", "dinsdag 9:00-12:00", None, 0),
    ("Stoelgym", "een beweeggroep", "exercise relaxing", "Trefpunt Waterkant", "vrijdag 10:00-11:00", 2, 200),
    ("Buurttuin", "een tuingroep", "nature creative", "Trefpunt Waterkant", "zaterdag 10:00-12:00", 20, 0),
    ("Computerspreekuur", "een computerspreekuur", "digital learning", "De Brug", "donderdag 14:00-16:00", 10, 0),
)  # fmt: skip
TALKS: tuple[tuple[int, int, str, str, str], ...] = (  # days ago, next one in so many days
    (88, 3, "H. Postma, T. Aksoy", "Wie kunnen we sturen, en hoe snel belt iemand?",
     "Wij bellen binnen een week. Sam is elke dinsdagochtend in de praktijk."),
    (97, -4, "Ans Kuipers", "De vouchers raken op.", "Wij brengen nieuwe vouchers langs en een wijksafari-kaart."),
)  # fmt: skip
EARLIER = (
    ("mevrouw", "Greet", "", "Hoekstra", "1949-03-02"),
    ("de heer", "Wim", "", "Bakema", "1952-11-14"),
    ("mevrouw", "Fatma", "", "Kılıç", "1963-06-30"),
    ("mevrouw", "Ria", "van", "Dam", "1946-01-09"),
    ("de heer", "Hamid", "", "Bouzid", "1970-10-21"),
    ("mevrouw", "Joke", "", "Meijer", "1955-05-17"),
    ("de heer", "Piet", "de", "Vries", "1941-12-03"),
    ("mevrouw", "Agnieszka", "", "Lewandowska", "1985-02-26"),
    ("mevrouw", "Tineke", "", "Postuma", "1958-08-08"),
    ("de heer", "Sjoerd", "", "Wiersma", "1967-04-11"),
    ("mevrouw", "Lan", "", "Trần", "1972-09-19"),
    ("de heer", "Koos", "van der", "Ploeg", "1950-07-05"),
)
CASES: tuple[Case, ...] = (
    Case({"form_of_address": "mevrouw", "first_name": "Truus", "tussenvoegsel": "van der", "surname": "Wielen",
          "birth_date": "1948-02-11", "phone": "+31612000001", "best_time": "'s ochtends"}, 0, 12,
         ("loneliness", "grief"),
         (partial(_called, 6, "no_answer"),)),
    Case({"form_of_address": "de heer", "first_name": "Minh", "surname": "Nguyễn", "birth_date": "1957-09-30",
          "phone": "+31502000002"}, 1, 7, ("inactivity", "overweight")),
    Case({"form_of_address": "mevrouw", "first_name": "Elif", "surname": "Çelik", "birth_date": "1969-05-12",
          "phone": "+31612000003", "language": "Turks", "interpreter": True}, 1, 4, ("money", "stress"),
         (partial(_called, 2, "reached"), partial(_planned, 0, 14, "practice"))),
    Case({"form_of_address": "de heer", "first_name": "Paweł", "surname": "Łukasiewicz", "birth_date": "1983-12-01",
          "phone": "+31612000004"}, 2, 9, ("stress",),
         (partial(_called, 6, "voicemail"), partial(_called, 5, "reached"), partial(_planned, 1, 10, "office"))),
    Case({"form_of_address": "mevrouw", "first_name": "Sevda", "surname": "Öztürk-Bakker", "birth_date": "1975-07-07",
          "phone": "+31612000005"}, 0, 16, ("mood", "daytime"),
         (partial(_called, 12, "reached"), partial(_held, 8, "Ik wil weer eens onder de mensen.", (6, 4, 5, 5, 3, 6)),
          partial(_signalled, "Mevrouw vertelde vandaag dat zij al weken slecht slaapt en weinig eet. Zij wil graag "
                              "dat u dit weet."))),
    Case({"form_of_address": "de heer", "first_name": "Gerrit", "tussenvoegsel": "'t", "surname": "Hart",
          "birth_date": "1951-01-20", "phone": "+31622334455"}, 0, 110, ("physical", "loneliness"),
         (partial(_called, 106, "reached"), partial(_told, 105, "arrived"),
          partial(_held, 100, "Soepeler worden en mensen zien.", (5, 6, 6, 6, 4, 7)),
          partial(_enrolled, 99, "Stoelgym", -96), partial(_told, 97, "intake"), partial(_been, 95))),
    Case({"form_of_address": "mevrouw", "first_name": "Jannie", "tussenvoegsel": "de",
          "surname": "Groot-van der Meulen", "birth_date": "1944",
          "phone": "+31502000006", "street": "Kerkpad", "number": "12 bis"}, 2, 30, ("grief",),
         (partial(_called, 27, "reached"), partial(_told, 26, "arrived"),
          partial(_held, 21, "Over mijn man praten.", (6, 3, 4, 5, 5, 6)),
          partial(_enrolled, 18, "Lotgenoten na verlies", -3), partial(_told, 17, "intake"))),
    Case({"form_of_address": "de heer", "first_name": "Bjørn", "surname": "IJsbrandy", "birth_date": "1990-03-15",
          "phone": "+31612000007"}, 1, 60, ("daytime",),
         (partial(_called, 57, "reached"), partial(_held, 50, "Iets te doen hebben overdag.", (7, 5, 5, 5, 4, 5)),
          partial(_enrolled, 48, "Buurttuin", -45), partial(_told, 47, "intake"), partial(_been, 43),
          partial(_closed, 5, "completed"))),
    Case({"form_of_address": "mevrouw", "first_name": "Nel", "surname": "Visser", "birth_date": "1960-10-10",
          "phone": "+31612000008"}, 0, 25, ("loneliness",),
         (partial(_called, 20, "no_answer"), partial(_called, 16, "voicemail"), partial(_told, 14, "arrived"),
          partial(_called, 12, "no_answer"))),
    Case({"form_of_address": "", "first_name": "Robin", "surname": "d'Hondt", "birth_date": "2001-06-06",
          "phone": "+31612000009"}, 2, 3, ("mood",), (partial(_called, 1, "reached"), _worried), report_back="ask"),
    Case({"form_of_address": "de heer", "first_name": "Ahmed", "tussenvoegsel": "el", "surname": "Idrissi",
          "birth_date": "1978-11-23", "phone": "+31612000010"}, 1, 40, ("money",),
         (partial(_called, 36, "reached"), partial(_closed, 30, "not_interested"), partial(_told, 28, "declined"))),
    Case({"form_of_address": "mevrouw", "first_name": "Anh", "surname": "Đặng", "birth_date": "1966-08-19",
          "phone": "+31612000011"}, 0, 1, ("language", "loneliness")),
    Case({"form_of_address": "mevrouw", "first_name": "Hatice", "surname": "Aydın", "birth_date": "1950-04-22",
          "phone": "+31612000012"}, 0, 122, ("loneliness", "physical"),
         (partial(_called, 119, "reached"),
          partial(_held, 112, "Vaker de deur uit, en niet alleen.", (5, 5, 4, 5, 3, 6), gp=4),
          partial(_enrolled, 110, "Wandelclub Rustig Aan", -105), partial(_told, 108, "intake"), partial(_been, 104),
          partial(_talked, 10, "still", {"times_present": 11, "times_held": 13, "gp_contacts": 1, "satisfaction": 9,
                                         **_marked(6, 7, 7, 6, 7, 7)}),
          partial(_written, 1, "progress"))),
    Case({"form_of_address": "de heer", "first_name": "Sjaak", "surname": "Mulder", "birth_date": "1944-08-03",
          "phone": "+31502000013"}, 1, 130, ("grief", "daytime"),
         (partial(_called, 127, "reached"),
          partial(_held, 120, "Weer iets om voor op te staan.", (6, 4, 3, 5, 4, 6), gp=3),
          partial(_enrolled, 118, "Eetkamer", -112), partial(_told, 116, "intake"), partial(_been, 111),
          partial(_talked, 6, "other", {"times_present": 3, "times_held": 12, "gp_contacts": 3, "satisfaction": 6}),
          partial(_enrolled, 5, "Buurttuin", 2))),
    Case({"form_of_address": "mevrouw", "first_name": "Corrie", "tussenvoegsel": "van 't", "surname": "Veen",
          "birth_date": "1958-12-17", "phone": "+31612000014"}, 2, 126, ("stress",),
         (partial(_called, 121, "voicemail"), partial(_called, 120, "reached"),
          partial(_held, 114, "Leren ontspannen.", (5, 4, 5, 5, 5, 5), gp=2),
          partial(_enrolled, 112, "Stoelgym", -108), partial(_told, 110, "intake"), partial(_been, 107),
          partial(_talked, 4, "stopped", {"stop_reason": "other_care", "times_present": 2, "times_held": 14,
                                          "gp_contacts": 2, "satisfaction": 7}))),
    Case({"form_of_address": "de heer", "first_name": "Tomasz", "surname": "Wójcik", "birth_date": "1987-05-09",
          "phone": "+31612000015"}, 1, 118, ("digital",),
         (partial(_called, 114, "reached"), partial(_held, 108, "Zelf dingen kunnen regelen.", (7, 6, 6, 6, 5, 6)),
          partial(_enrolled, 106, "Computerspreekuur", -100), partial(_told, 104, "intake"),
          partial(_talked, 3, "never", {"stop_reason": "threshold", "gp_contacts": 0}),
          partial(_told, 2, "progress"))),
)  # fmt: skip
