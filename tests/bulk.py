"""Ten years of a large organisation, made up in seconds: for the bench and for tests that count queries."""

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from desktop.rules.cases import Attempt, Ending, FirstTalk, Joined, Talk, Visit
from desktop.rules.cases import Case as Recorded
from desktop.rules.codes import MARKS
from desktop.rules.letters import LetterContent, Letterhead, Signature, as_json
from desktop.rules.letters_due import NOT_STARTED
from desktop.rules.names import Name, fold, full, sort_key, sound
from desktop.rules.staff import Member
from desktop.rules.status import Terms, status_of
from desktop.rules.vouchers import make_number, valid_until
from desktop.storage.changes import Audit, Change, Record, Table, kind_of, link, schema_version
from desktop.storage.database import database, transaction
from desktop.storage.models import (
    Activity,
    ActivityTheme,
    Aftercare,
    Appointment,
    Closing,
    Consent,
    Contact,
    ContactAttempt,
    Dispatch,
    Enrolment,
    Intake,
    Letter,
    LetterMoment,
    LetterPdf,
    Location,
    Neighbourhood,
    Person,
    Practice,
    Reason,
    Schedule,
    Staff,
    StaffRole,
    Theme,
    Voucher,
    VoucherReason,
)


def _each(text: str) -> list[str]:
    return text.split()


WOMEN = _each(
    "Annie Fatma Anna Maria Johanna Ingrid Ans Trijntje Hatice Ayşe Zeynep Agnieszka Małgorzata Katarzyna Thị Mai Linh "
    "Samira Khadija Latifa Wilhelmina Corrie Bep Truus Sanne Lotte Emma Sophie Mirjam Yvonne Petra Anja Gerda Riet"
)
MEN = _each(
    "Jan Piet Kees Henk Willem Mehmet Yılmaz Mustafa Ömer Łukasz Paweł Grzegorz Minh Đức Quang Mohammed Karim Youssef "
    "Sjaak Arie Bram Daan Sem Lars Jeroen Marcel Ruud Wim Ton Theo Bjørn Søren François José Goran"
)
BETWEEN = ("", "", "", "", "", "", "de", "van", "van der", "van den", "van de", "ter", "den", "van 't", "in 't", "ten")
FAMILY = _each(
    "Jansen Bakker Visser Smit Meijer Meer Mulder Bos Vos Peters Hendriks Dekker Brouwer Wit Dijk Graaf Linden Berg "
    "Heuvel Hoek Vries Boer Groot Jong Kok Koning Prins Schouten Kuipers Post Vermeulen Hermans Willems Maas Verhoeven "
    "Yıldız Çelik Şahin Öztürk Demir Kaya Aydın Nowak Kowalska Wiśniewski Dąbrowska Zieliński Łuczak Nguyễn Trần Phạm "
    "Đặng Hoàng Bùi Hassan Bouzid Amrani Idrissi Haddad Özdemir Straße Müller Sørensen García Fernández Silva Kovačević"
)
STREETS = _each(
    "Beukenlaan Lindelaan Kerkstraat Dorpsstraat Molenweg Havenkade Schoolstraat Brinkstraat Eikenhof Wilgenpad "
    "Stationsweg Marktplein Kanaaldijk Oranjestraat Julianalaan Rozenstraat Tulpstraat Veldweg Zandpad Vaartkade"
)
WIJKEN = _each("Centrum Noord Zuid Oost West Vogelbuurt Bloemenwijk Rivierwijk Schilderswijk Havenkwartier")
GROUPS = _each(
    "Koffie-inloop Wandelgroep Eetclub Breicafé Schilderclub Zangkoor Tuingroep Taalcafé Computerles Budgetspreekuur "
    "Rouwgroep Mantelzorgcafé Beweeggroep Zwemclub Yogales Kookgroep Klusgroep Leesclub Spelmiddag Muziekgroep"
)
WORDS = _each(
    "samen wandelen koffie buurt graag weer vaker onder mensen komen rust ritme overdag kinderen wonen ver weg slaapt "
    "slecht mist haar zus zoekt iets met muziek wil Nederlands oefenen durft niet alleen op woensdag liever ochtend"
)
CHANNELS = ("paper", "paper", "paper", "zorgdomein", "zorgmail", "siilo", "phone", "walk_in")
ENDINGS = ("completed", "completed", "completed", "one_talk", "not_reached", "not_interested", "stopped", "passed_on")
MANY = 20_000  # rows handed to the engine at once
Row = dict[str, Any]


@dataclass(frozen=True)
class Sizes:
    """How much of everything; `pdf_bytes` is the size of each stored letter."""

    persons: int = 25_000
    vouchers: int = 30_000
    practices: int = 100
    activities: int = 500
    letters: int = 90_000
    coaches: int = 12
    years: int = 10
    history: bool = True
    pdf_bytes: int = 0


LARGE = Sizes()
STRESS = Sizes(persons=100_000, vouchers=0, practices=100, activities=500, letters=0, history=False)
SMALL = Sizes(persons=60, vouchers=80, practices=6, activities=20, letters=60, coaches=3, years=2)


def fill(by: Member, sizes: Sizes, today: date, seed: int = 7) -> None:
    """Fill the open office of `by` with made-up people and their ten years; one transaction."""
    Filling(by, sizes, today, random.Random(seed)).run()


@dataclass
class Sheet:
    """The rows of one table on their way in, with the numbers they will have."""

    model: type[Table]
    defaults: Row = field(default_factory=dict)
    rows: list[tuple[Any, ...]] = field(default_factory=list)
    entries: list[tuple[Any, ...]] = field(default_factory=list)
    next: int = 1

    def __post_init__(self) -> None:
        self.fields = {each.name: each for each in self.model._meta.sorted_fields}
        self.defaults = {name: each.default for name, each in self.fields.items() if not callable(each.default)}
        self.convert = {
            name: each.db_value for name, each in self.fields.items() if type(each).__module__.startswith("desktop")
        }
        self.next = (self.model.select().order_by(self.model.id.desc()).scalar() or 0) + 1

    def add(self, **values: Any) -> int:
        """Take in a row; its id."""
        number = self.next
        self.next += 1
        whole = {**self.defaults, **values, "id": number}
        self.rows.append(tuple(self._plain(name, whole.get(name)) for name in self.fields))
        return number

    def findable(self, number: int, words: str, sort: str, person: int | None = None) -> None:
        self.entries.append((kind_of(self.model), number, person, fold(words), fold(sort)))

    def write(self) -> None:
        columns = ", ".join(f'"{each.column_name}"' for each in self.fields.values())
        marks = ", ".join("?" * len(self.fields))
        into = f'INSERT INTO "{self.model._meta.table_name}" ({columns}) VALUES ({marks})'  # noqa: S608 - own names
        _many(into, self.rows)
        _many(
            "INSERT INTO search_entry (kind, subject_id, person_id, text, sort_key) VALUES (?, ?, ?, ?, ?)",
            self.entries,
        )

    def _plain(self, name: str, value: Any) -> Any:
        return self.convert[name](value) if name in self.convert else value


def _many(statement: str, rows: list[tuple[Any, ...]]) -> None:
    connection = database.connection()
    for start in range(0, len(rows), MANY):
        connection.executemany(statement, rows[start : start + MANY])


@dataclass
class Case:
    """What is known of a voucher while its deeds are made up."""

    voucher: Row
    received: date
    attempts: list[Attempt] = field(default_factory=list)
    planned: list[Visit] = field(default_factory=list)
    intakes: list[FirstTalk] = field(default_factory=list)
    enrolled: list[Joined] = field(default_factory=list)
    aftercare: list[Talk] = field(default_factory=list)
    closed_on: date | None = None

    def ending(self) -> str:
        """The letter about the end of the case."""
        started = any(each.first_on for each in self.enrolled)
        declined = self.voucher.get("outcome") in NOT_STARTED and not started
        return "" if self.closed_on is None else "declined" if declined else "closing"

    def moments(self) -> list[str]:
        """What letters are about, those that must not be missing first."""
        wanted = [self.ending(), "arrived", "intake", "progress", "signal", "closing", "declined"]
        return list(dict.fromkeys(filter(None, wanted)))

    def facts(self) -> Recorded:
        return Recorded(
            self.received,
            attempts=self.attempts,
            visits=self.planned,
            intakes=self.intakes,
            joined=self.enrolled,
            talks=self.aftercare,
            endings=(Ending(self.closed_on),) if self.closed_on is not None else (),
        )


class Filling:
    """One filling: sheets by table, history by moment."""

    def __init__(self, by: Member, sizes: Sizes, today: date, chance: random.Random) -> None:
        self.by, self.sizes, self.today, self.chance = by, sizes, today, chance
        self.sheets: dict[type[Table], Sheet] = {}
        self.events: list[tuple[datetime, int, str, str, int, int | None, list[tuple[str, int, int | None]]]] = []
        self.first_day = today - timedelta(days=365 * sizes.years)
        self.terms = Terms()

    def run(self) -> None:
        with transaction():
            database.execute_sql("PRAGMA defer_foreign_keys = on")
            self.reasons = [row.id for row in Reason.select()]
            self.themes = [row.id for row in Theme.select()]
            self.staff = [self.by.id, *(self._coach(number) for number in range(self.sizes.coaches))]
            self.wijken = [
                self.add(Neighbourhood, name=name, postcodes=f"{5600 + at} {5650 + at}")
                for at, name in enumerate(WIJKEN)
            ]
            self.practices = [self._practice(number) for number in range(self.sizes.practices)]
            self.activities = [self._activity(number) for number in range(self.sizes.activities)]
            self.people = [self._person(number) for number in range(self.sizes.persons)]
            self._all_vouchers()
            for sheet in self.sheets.values():
                sheet.write()
            if self.sizes.history:
                self._write_history()

    def add(self, model: type[Table], **values: Any) -> int:
        sheet = self.sheets.get(model)
        if sheet is None:
            sheet = self.sheets[model] = Sheet(model)
        if issubclass(model, Record):
            values.setdefault("uid", f"{self.chance.getrandbits(128):032x}")
            values.setdefault("version", 1)
        return sheet.add(**values)

    def happened(
        self, on: date, name: str, model: type[Table], number: int, person: int | None, *rows: tuple[type[Table], int]
    ) -> None:
        """An audit line with the rows it changed."""
        if self.sizes.history:
            hour = time(8 + self.chance.randrange(9), self.chance.randrange(60), self.chance.randrange(60))
            changed = [(kind_of(each), row, person) for each, row in ((model, number), *rows)]
            who = self.chance.choice(self.staff)
            self.events.append((datetime.combine(on, hour, UTC), who, name, kind_of(model), number, person, changed))

    # ---- the organisation ----

    def _coach(self, number: int) -> int:
        staff = self.add(
            Staff,
            name=f"{self.chance.choice(WOMEN)} {self.chance.choice(FAMILY)}",
            sign_in_name=f"coach{number}",
            role_title="welzijnscoach",
            phone=self._phone(),
        )
        self.add(StaffRole, staff=staff, role="coach")
        return staff

    def _practice(self, number: int) -> tuple[int, list[int]]:
        name = f"Huisartsenpraktijk {self.chance.choice(STREETS)} {number + 1}"
        agb, phone, postcode = f"{1_000_000 + number:08d}", self._phone(), self._postcode()
        practice = self.add(
            Practice,
            name=name,
            agb=agb,
            phone=phone,
            postcode=postcode,
            town="Dorpstad",
            street=self.chance.choice(STREETS),
            number=str(1 + number),
            neighbourhood=self.chance.choice(self.wijken),
            coach=self.chance.choice(self.staff),
        )
        self.sheets[Practice].findable(practice, f"{name} {agb} {postcode} Dorpstad {phone}", name)
        contacts = []
        for role in ("gp", "gp", "poh_ggz", "assistant"):
            who = Name(
                initials=f"{self.chance.choice('ABCDEFGHJKLM')}.",
                tussenvoegsel=self.chance.choice(BETWEEN),
                surname=self.chance.choice(FAMILY),
            )
            contact = self.add(
                Contact,
                practice=practice,
                role=role,
                initials=who.initials,
                tussenvoegsel=who.tussenvoegsel,
                surname=who.surname,
            )
            self.sheets[Contact].findable(contact, full(who), sort_key(who))
            contacts.append(contact)
        return practice, contacts

    def _activity(self, number: int) -> int:
        place = self.add(
            Location,
            name=f"Buurthuis {self.chance.choice(STREETS)}",
            town="Dorpstad",
            street=self.chance.choice(STREETS),
            number=str(number + 1),
            postcode=self._postcode(),
        )
        title = f"{self.chance.choice(GROUPS)} {self.chance.choice(WIJKEN)} {number + 1}"
        activity = self.add(
            Activity,
            title=title,
            short_text=self._words(6),
            location=place,
            neighbourhood=self.chance.choice(self.wijken),
            capacity=self.chance.choice((None, 8, 12, 20)),
            price_cents=self.chance.choice((None, 0, 150, 300)),
        )
        self.sheets[Activity].findable(activity, title, title)
        day = self.chance.choice(("MO", "TU", "WE", "TH", "FR"))
        self.add(Schedule, activity=activity, rrule=f"FREQ=WEEKLY;BYDAY={day}", opens=time(10), closes=time(11, 30))
        for theme in self.chance.sample(self.themes, 2):
            self.add(ActivityTheme, activity=activity, theme=theme)
        return activity

    def _person(self, number: int) -> int:
        woman = self.chance.random() < 0.6
        surname = self.chance.choice(FAMILY)
        if self.chance.random() < 0.4:
            surname += "-" + self.chance.choice(FAMILY)
        first = self.chance.choice(WOMEN if woman else MEN)
        born = (date(1930, 1, 1) + timedelta(days=self.chance.randrange(26_000))).isoformat()
        name = Name("mevrouw" if woman else "de heer", first[0] + ".", first, self.chance.choice(BETWEEN), surname)
        phone, postcode = f"+316{10_000_000 + (number * 7919) % 89_999_999}", self._postcode()
        person = self.add(
            Person,
            form_of_address=name.form_of_address,
            initials=name.initials,
            first_name=first,
            tussenvoegsel=name.tussenvoegsel,
            surname=surname,
            birth_date=born,
            phone=phone,
            postcode=postcode,
            street=self.chance.choice(STREETS),
            town="Dorpstad",
            number=str(self.chance.randrange(1, 200)),
            neighbourhood=self.chance.choice(self.wijken),
            sound=sound(surname),
            sort_name=fold(sort_key(name)),
            informed_on=self.first_day,
        )
        year, month, day = born.split("-")
        words = f"{full(name)} {name.initials} {born} {day}{month}{year} {day}-{month}-{year} {phone} 0{phone[3:]} "
        self.sheets[Person].findable(person, f"{words} {postcode.replace(' ', '')} {postcode}", sort_key(name), person)
        return person

    # ---- the path of a voucher ----

    def _all_vouchers(self) -> None:
        letters = self._letter_quota()
        days = sorted(
            self.first_day + timedelta(days=int(self.chance.random() * 365 * self.sizes.years))
            for _ in range(self.sizes.vouchers)
        )
        sequences: dict[int, int] = {}
        for at, received in enumerate(days):
            sequences[received.year] = sequences.get(received.year, 0) + 1
            person = self.people[at] if at < len(self.people) else self.chance.choice(self.people)
            self._voucher(person, received, make_number(received.year, sequences[received.year]), next(letters))

    def _letter_quota(self) -> Iterator[int]:
        """How many letters each case gets, so that all together are as many as asked."""
        given = 0
        for at in range(1, self.sizes.vouchers + 1):
            due = round(self.sizes.letters * at / self.sizes.vouchers) - given
            given += due
            yield due

    def _voucher(self, person: int, received: date, number: str, letters: int) -> None:
        practice, contacts = self.chance.choice(self.practices)
        coach = self.chance.choice(self.staff)
        case = Case({"coach": coach, "practice": practice, "person": person}, received)
        voucher = self._next(Voucher)
        rows: list[tuple[type[Table], int]] = []
        for reason in self.chance.sample(self.reasons, 2):
            rows.append((VoucherReason, self.add(VoucherReason, voucher=voucher, reason=reason)))
        self._deeds(case, voucher, received)
        unasked = 0.005 if case.closed_on else 0.1  # a closed case with an open question is rare
        for purpose in ("received", "report_back"):
            consent = self.add(
                Consent,
                person=person,
                voucher=voucher,
                purpose=purpose,
                answer="ask" if self.chance.random() < unasked else "yes",
                given_on=received,
                how="via_practice",
                staff=coach,
            )
            rows.append((Consent, consent))
        self.happened(received, "voucher registered", Voucher, voucher, person, (Person, person), *rows)
        status = status_of(case.facts(), self.terms)
        self.add(
            Voucher,
            person=person,
            number=number,
            practice=practice,
            referrer=contacts[0],
            report_to=contacts[0],
            dated_on=received - timedelta(days=2),
            received_on=received,
            channel=self.chance.choice(CHANNELS),
            note=self._words(14),
            coach=coach,
            status=status.status,
            due_on=status.due_on,
            valid_until=valid_until(received, 6),
            outcome=case.voucher.get("outcome", ""),
        )
        self.sheets[Voucher].findable(voucher, f"{number} {number.replace('-', '')}", number, person)
        for moment in case.moments()[:letters]:
            written = case.closed_on if moment == case.ending() else received + timedelta(days=10)
            self._letter(voucher, person, practice, contacts[0], moment, written or received)

    def _next(self, model: type[Table]) -> int:
        if model not in self.sheets:
            self.sheets[model] = Sheet(model)
        return self.sheets[model].next

    def _deeds(self, case: Case, voucher: int, received: date) -> None:
        """As far along the path as the time since then allows, like cases in real life."""
        deed = {"voucher": voucher, "person": case.voucher["person"], "staff": case.voucher["coach"]}
        steps: tuple[Callable[[Case, Row, date], date | None], ...] = (
            self._call,
            self._intake,
            self._enrol,
            self._aftercare,
            self._close,
        )
        day = received
        for step in steps:
            done = step(case, deed, day + timedelta(days=2 + self.chance.randrange(12)))
            if done is None or done > self.today:
                break
            day = done

    def _call(self, case: Case, deed: Row, day: date) -> date | None:
        for attempt in range(1 + self.chance.randrange(3)):
            on = day + timedelta(days=attempt)
            if on > self.today:
                return None
            outcome = "reached" if attempt == 2 or self.chance.random() < 0.6 else "no_answer"
            case.attempts.append(Attempt(on, outcome))
            self._deed(
                ContactAttempt,
                on,
                "contact recorded",
                **deed,
                at=datetime.combine(on, time(9, 30), UTC),
                outcome=outcome,
                note=self._words(8),
            )
            if outcome == "reached":
                return on
        return day + timedelta(days=3)

    def _intake(self, case: Case, deed: Row, day: date) -> date | None:
        held = day <= self.today
        self._deed(
            Appointment,
            min(day, self.today),
            "intake planned",
            **deed,
            coach=deed["staff"],
            starts_at=datetime.combine(day, time(10 + self.chance.randrange(6))),
            state="held" if held else "planned",
        )
        if not held:
            case.planned.append(Visit(datetime.combine(day, time(10))))
            return None
        case.intakes.append(FirstTalk(day))
        self._deed(
            Intake,
            day,
            "intake held",
            **deed,
            coach=deed["staff"],
            held_on=day,
            goals=self._words(20),
            wishes=self._words(12),
            agreed=self._words(12),
            gp_contacts=self.chance.choice((None, 1, 2, 4)),
            **self._marks(),
        )
        return day

    def _enrol(self, case: Case, deed: Row, day: date) -> date | None:
        if day > self.today or self.chance.random() < 0.2:
            return None if day > self.today else day
        came = day + timedelta(days=7)
        first = came if came <= self.today else None
        state = "started" if first else "enrolled"
        case.enrolled.append(Joined(state, day, came, first))
        self._deed(
            Enrolment,
            day,
            "enrolled",
            **deed,
            activity=self.chance.choice(self.activities),
            state=state,
            enrolled_on=day,
            start_on=came,
            first_attended_on=first,
            first_known_by="phone" if first else "",
            times_present=self.chance.randrange(9) if first else None,
            times_held=8 if first else None,
        )
        return day + timedelta(days=90)

    def _aftercare(self, case: Case, deed: Row, day: date) -> date | None:
        """Three months on, of whom began; the talk itself may wait."""
        if day > self.today or not any(each.first_on for each in case.enrolled):
            return None if day > self.today else day
        outcome = self.chance.choice(("still", "still", "other"))
        case.aftercare.append(Talk(day, outcome))
        self._deed(
            Aftercare,
            day,
            "aftercare held",
            **deed,
            coach=deed["staff"],
            held_on=day,
            outcome=outcome,
            satisfaction=1 + self.chance.randrange(10),
            gp_contacts=self.chance.randrange(6),
            **self._marks(),
        )
        return day

    def _marks(self) -> Row:
        return {mark: self.chance.randrange(11) for mark in MARKS}

    def _close(self, case: Case, deed: Row, day: date) -> date | None:
        if day <= self.today:
            case.closed_on = day
            case.voucher["outcome"] = outcome = self.chance.choice(ENDINGS)
            self._deed(Closing, day, "case closed", **deed, closed_on=day, outcome=outcome, reason="")
        return None

    def _deed(self, model: type[Table], on: date, name: str, **values: Any) -> None:
        number = self.add(model, **values)
        self.happened(on, name, model, number, values["person"], (Voucher, values["voucher"]))

    def _letter(self, voucher: int, person: int, practice: int, contact: int, moment: str, day: date) -> None:
        on = min(day, self.today)
        sent = day <= self.today
        letter = self.add(
            Letter,
            voucher=voucher,
            person=person,
            moment=moment,
            practice=practice,
            recipient=contact,
            recipient_key=f"{practice}-{contact}",
            state="sent" if sent else "concept",
            written_on=on,
            content=CONTENT,
            written_by=self.by.id,
            approved_by=self.by.id if sent else None,
        )
        self.add(LetterMoment, letter=letter, moment=moment)
        if sent:
            at = datetime.combine(on, time(15), UTC)
            self.add(Dispatch, letter=letter, way="print", sent_at=at, confirmed_at=at, staff=self.by.id)
            if self.sizes.pdf_bytes:
                self.add(
                    LetterPdf,
                    letter=letter,
                    bytes=self.chance.randbytes(self.sizes.pdf_bytes),
                    sha256=f"{self.chance.getrandbits(256):064x}",
                )
        self.happened(on, "letter sent" if sent else "letter written", Letter, letter, person)

    # ---- history ----

    def _write_history(self) -> None:
        self.events.sort(key=lambda event: event[0])
        schema, key = schema_version(), bytes(database.execute_sql("SELECT log_key FROM meta").fetchone()[0])
        mac = (database.execute_sql("SELECT mac FROM audit ORDER BY id DESC LIMIT 1").fetchone() or ("",))[0]
        audits, changes = Sheet(Audit), Sheet(Change)
        for at, staff, name, kind, subject, person, changed in self.events:
            row = (at.isoformat(timespec="microseconds"), staff, name, kind, subject, person, None, "", "")
            mac = link(key, mac, row)
            audit = audits.add(
                at=at, staff_id=staff, name=name, subject_kind=kind, subject_id=subject, person_id=person, mac=mac
            )
            for table, number, whose in changed:
                own = (table, number) == (kind, subject)
                changes.add(
                    audit=audit,
                    person_id=whose,
                    table=table,
                    row=number,
                    version=1 if own else 2,
                    schema=schema,
                    before=None if own else BEFORE,
                    after=None if own else AFTER,
                )
        audits.write()
        changes.write()

    # ---- small things ----

    def _words(self, many: int) -> str:
        return " ".join(self.chance.choices(WORDS, k=many)).capitalize() + "."

    def _phone(self) -> str:
        return f"+3140{self.chance.randrange(2_000_000, 9_999_999)}"

    def _postcode(self) -> str:
        letters = self.chance.choice("ABCDEGHJ") + self.chance.choice("ABCDEGHJKL")
        return f"{5600 + self.chance.randrange(100)} {letters}"


BEFORE = json.dumps({"due_on": "2026-11-06", "status": "received"})
AFTER = json.dumps({"due_on": "2026-11-13", "status": "contacting"})
CONTENT = json.dumps(
    as_json(
        LetterContent(
            letterhead=Letterhead("Welzijn Dorpstad", ("Brinkstraat 12", "5611 AB Dorpstad"), "040 211 00 00"),
            address=("Huisartsenpraktijk De Linde", "t.a.v. M. Jansen, huisarts", "Lindelaan 4", "5611 XA  DORPSTAD"),
            references=(("Uw verwijzing van", "6 november 2026"), ("Datum", "17 november 2026")),
            subject="Betreft: mw. A. van der Meer-de Wit, geb. 03-04-1951",
            kind="Welzijn op Recept, bericht na de intake",
            salutation="Geachte dokter Jansen,",
            core=(
                ("Stand van zaken", "Mevrouw doet mee aan een inloop bij ons in de wijk."),
                ("Wat is afgesproken", "Twee keer per week. Over twee weken bellen wij haar."),
                ("Wat vragen wij van u", "Geen actie nodig."),
                ("Volgend bericht", "Rond 19 februari 2027, of eerder als zij stopt."),
            ),
            closing=Signature("F. Yıldız", "welzijnscoach", "06 1234 5678"),
        )
    ),
    ensure_ascii=False,
)
