"""`make demo`: the main job and its letters on made-up samples, through the real window; a line per step.

With a display it can be followed on screen; without one it runs unseen. It stops at the first step that fails and
says which one that was.
"""

import os
import shutil
import sys
from collections import Counter
from collections.abc import Callable
from datetime import date, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from peewee import fn
from pypdf import PdfReader, PdfWriter
from PySide6.QtWidgets import QApplication

from desktop import clock
from desktop.actions.appointments import miss_appointment, plan_intake
from desktop.actions.consents import record_consents
from desktop.actions.contacts import record_contact
from desktop.actions.letter_correcting import withdraw_letter
from desktop.actions.letters import write_letter
from desktop.actions.vouchers import correct_voucher
from desktop.app import make_application
from desktop.rules.deeds import AppointmentDraft, ConsentDraft, ContactDraft, MissedDraft
from desktop.rules.lettercode import code
from desktop.rules.script import short_practice
from desktop.rules.staff import Member
from desktop.rules.vouchers import VoucherDraft
from desktop.screens.friday_rows import HEAD
from desktop.screens.letter import LetterPage
from desktop.screens.papers import PaperPlace
from desktop.screens.values import ValuePage
from desktop.screens.wijksafari import Wijksafari
from desktop.settings import Settings
from desktop.storage import folders
from desktop.storage.backup import list_backups
from desktop.storage.letters_due import due_of_case
from desktop.storage.models import (
    Activity,
    Appointment,
    Batch,
    Dispatch,
    Enrolment,
    Letter,
    Organisation,
    Person,
    Practice,
    PracticeTalk,
    ReturnedPost,
    Voucher,
)
from desktop.widgets.preview import Preview
from tests import letters_checked, pages_opened, steps
from tests.drive import Driver, close, running
from tests.paper import reading

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "demo"
PAUSE = 600  # milliseconds to look at each step, when somebody can
PERSON = "mevrouw Van den Heuvel-Smit"
PRACTICE = "Huisartsenpraktijk De Wilg"
PDF_PASSWORD = "wilg rivier fiets appel"  # made up, for made-up letters
AGREED = "Wij bellen binnen een week."
GOOD = 2  # letters of the pile that came out well at first
LETTERS, CARDS, SCREENS = FOLDER / "brieven", FOLDER / "kaarten", FOLDER / "schermen"
PILE = FOLDER / "stapel"


class Demo:
    """One story: lists brought in, vouchers registered, one person from first call to last letter, a Friday's post."""

    def __init__(self, staff: Driver, days: steps.Days) -> None:
        self.staff, self.days = staff, days
        self.person = Person()
        self.printed = Letter()  # the last one of the pile
        self.second = Voucher()  # a case that things go wrong with

    def steps(self) -> list[Callable[[], str]]:
        return [
            self.organisation,
            self.practices,
            self.activities,
            self.voucher_from_a_mail,
            self.voucher_with_a_bsn_in_the_mail,
            self.voucher_by_hand,
            self.call,
            self.appointment_card,
            self.intake,
            self.activity_found,
            self.activity_card,
            self.first_time,
            self.letter_after_the_intake,
            self.progress_letter,
            self.closing,
            self.overtaken_letter,
            self.wrong_practice,
            self.other_letters,
            self.written_up,
            self.friday,
            self.printed_together,
            self.nobody_waits,
            self.came_back,
            self.practice_talk,
            self.results,
            self.wijksafari,
            self.papers,
            self.screens,
            self.promised_word,
            self.letters_read,
            self.backup,
        ]

    # -- bringing in -------------------------------------------------------------------------------------

    def organisation(self) -> str:
        self.staff.look_for("Oefenorganisatie")
        return (
            f"Oefenorganisatie {Organisation.get().name} gemaakt: {Person.select().count()} verzonnen deelnemers, "
            f"{len(self.staff.rows('Te doen'))} taken in Te doen"
        )

    def practices(self) -> str:
        totals = steps.import_list(self.staff, "practices", steps.PRACTICES)
        return f"Praktijken ingelezen: {totals} Nu {Practice.select().count()} praktijken"

    def activities(self) -> str:
        totals = steps.import_list(self.staff, "activities", steps.ACTIVITIES)
        return f"Activiteiten ingelezen: {totals} Nu {Activity.select().count()} activiteiten"

    # -- vouchers ----------------------------------------------------------------------------------------

    def voucher_from_a_mail(self) -> str:
        steps.paste_mail(self.staff, 1)
        self._photograph("nieuwe-voucher-uit-mail")
        voucher = steps.register(self.staff, "gisteren")
        self.person = voucher.person
        return f"Voucher {voucher.number} uit een geplakte mail: {PERSON}"

    def voucher_with_a_bsn_in_the_mail(self) -> str:
        steps.paste_mail(self.staff, 3)
        self.staff.look_for("BSN weggelaten")
        self.second = steps.register(self.staff, "gisteren")
        return f"Voucher {self.second.number} uit een mail met een BSN: het BSN is weggelaten"

    def voucher_by_hand(self) -> str:
        staff = self.staff
        staff.press("Ctrl+N")
        for field, text in (
            ("Datum op voucher", "vandaag"),
            ("Voornaam of voorletters", "Grażyna"),
            ("Achternaam", "Wójcik"),
            ("Telefoon", "06 1200 0099"),
            ("Geboortedatum", "3-4-51"),
        ):
            staff.fill(field, text)
        staff.choose("Praktijk", "nowak")
        staff.choose("Verwijzer", "nowak")
        staff.pick("Praktijk mocht doorgeven", "j")
        staff.pick("Wij mogen terugkoppelen", "n")
        staff.save()
        voucher: Voucher = Voucher.select().order_by(Voucher.id.desc()).get()
        if voucher.person.surname != "Wójcik":
            raise AssertionError("the voucher was not saved")
        return f"Voucher {voucher.number} met de hand ingevoerd, alleen met het toetsenbord"

    # -- one person, from call to closing ----------------------------------------------------------------

    def call(self) -> str:
        self.staff.window.show_place("tasks")
        self.staff.do(f"Bel {PERSON}", open=False)
        self._photograph("belstand")
        self.staff.press("1")
        self.staff.breathe()
        self.staff.press("Space")
        return f"Gebeld: gesproken; intake gepland op {self._appointment().starts_at:%d-%m-%Y om %H:%M}"

    def appointment_card(self) -> str:
        self.staff.program.open("appointment_card", appointment_id=self._appointment().id)
        return self._save_paper("afspraakkaart.pdf")

    def intake(self) -> str:
        moment = self._appointment().starts_at
        self.days.go_to(moment.date(), moment.time())
        steps.hold_intake(
            self.staff, PERSON, "Weer mensen zien in de buurt.", "Mevrouw gaat een keer mee naar de koffie.",
            (6, 4, 5, 6, 3, 7),
        )  # fmt: skip
        return "Intake gehouden: wensen, zes cijfers en toestemming vastgelegd"

    def activity_found(self) -> str:
        best = self.staff.rows()[0]
        self._photograph("activiteit-zoeken")
        steps.sign_up(self.staff, "Koffietafel Het Veer", "morgen")
        return f"Activiteit gevonden: Koffietafel Het Veer (bovenaan stond {best.title}: {best.subtitle})"

    def activity_card(self) -> str:
        self.staff.program.open("activity_card", enrolment_id=self._enrolment().id)
        return self._save_paper("activiteitenkaart.pdf")

    def first_time(self) -> str:
        self.days.go_to(self._enrolment().start_on + timedelta(days=1))
        steps.first_time(self.staff, PERSON)
        return f"Eerste keer geweest op {self._enrolment().first_attended_on:%d-%m-%Y}; de status volgt vanzelf"

    def letter_after_the_intake(self) -> str:
        steps.write_letter(self.staff, PERSON)
        self._photograph("brief-concept")
        return _told(self._send())

    def progress_letter(self) -> str:
        """Three months on: what was said at the talk, with how often they were there, locked for the practice."""
        steps.agree_password(self.staff, PRACTICE, PDF_PASSWORD)
        self.days.pass_days(95)
        steps.aftercare_and_write(self.staff, PERSON, "Gaat nog elke week.")
        self._photograph("brief-voortgang")
        made = self._send()
        if not PdfReader(made).is_encrypted:
            raise AssertionError(f"{made.name} opens without a password")
        _must_say(made, "7 van 8 keer")
        return (
            "Nazorggesprek gehouden; voortgangsbrief met '7 van 8 keer' verstuurd als PDF met AES-256: die gaat open "
            f"met het wachtwoord van de praktijk en niet zonder: {_at(made)}"
        )

    def closing(self) -> str:
        steps.find(self.staff, "heuvel")
        self.staff.push("Afsluiten")
        steps.end(self.staff, "Afgerond")
        return f"Afgesloten. {_told(self._send())}"

    # -- what the records overtake -----------------------------------------------------------------------

    def overtaken_letter(self) -> str:
        """A concept lies there while a colleague reaches the person: the sentence is named, and filled anew."""
        letter = self._do(write_letter, self.second.id, "arrived")
        self._do(record_contact, ContactDraft(voucher_id=self.second.id, outcome="reached", informed=True))
        self.staff.program.open("letter", letter_id=letter.id)
        self.staff.look_for("De gegevens zijn veranderd")
        self._photograph("brief-ingehaald")
        self.staff.push("Opnieuw vullen")
        return f"Brief ingehaald door een gesprek: genoemd, opnieuw gevuld. {_told(self._send())}"

    def wrong_practice(self) -> str:
        """It turns out to be another practice's voucher: what went is to be taken back, and the right one hears."""
        case = Voucher.get_by_id(self.second.id)
        right = Practice.select().where((Practice.id != case.practice_id) & (Practice.kind == "gp")).first()
        told = Letter.select().where((Letter.voucher == case) & (Letter.state == "sent")).get()
        self._do(
            correct_voucher,
            VoucherDraft(
                id=case.id, version=case.version, person_id=case.person_id, practice=right.id,
                dated_on=case.dated_on, received_on=case.received_on, coach=case.coach_id,
                voucher_number=case.number, sure=True,
            ),
        )  # fmt: skip
        who = f"{case.person.form_of_address} {case.person.surname}"
        self.staff.window.show_place("tasks")
        self.staff.look_for("klopt niet meer")
        self._photograph("verkeerde-praktijk")
        self._do(withdraw_letter, told.id, "naar de verkeerde praktijk")
        self._do(
            record_consents,
            ConsentDraft(person_id=case.person_id, voucher_id=case.id, report_back="yes", given_on=clock.today(),
                         how="spoken"),
        )  # fmt: skip
        again = self._do(write_letter, case.id, "arrived")
        if again.practice_id != right.id:
            raise AssertionError("the right practice was not written to")
        self.staff.program.open("letter", letter_id=again.id)
        made = self._send()
        return f"Verkeerde praktijk rechtgezet ({who}): brief ingetrokken, toestemming opnieuw gevraagd. {_told(made)}"

    def promised_word(self) -> str:
        """On the day that the letter named, the next word is owed."""
        letter = Letter.select().where((Letter.voucher == self.second.id) & Letter.withdrawn_on.is_null()).get()
        day = letter.promised_on
        if day is None:
            raise AssertionError("the letter promised no day")
        self.days.go_to(day)
        owed = [each.moment for each in due_of_case(self._by(), self.second.id, day) if not each.why_not]
        if not owed:
            raise AssertionError(f"{day} was promised and nothing is owed")
        following = self._do(write_letter, self.second.id, owed[0])
        self.staff.program.open("letter", letter_id=following.id)
        return f"Beloofd volgend bericht op {day:%d-%m-%Y} stond klaar. {_told(self._send())}"

    def other_letters(self) -> str:
        """Of the made-up people: one letter of each kind that was not written yet."""
        made: list[str] = []
        for moment, words in (("arrived", "Aangekomen"), ("declined", "Niet doorgegaan"), ("receipt", "Ontvangst")):
            self.staff.window.show_place("letters")
            owed = [row for row in self.staff.rows("Brieven") if row.action and row.key[2:3] == (moment,)]
            if not owed:
                continue
            self.staff.do(owed[0].title)
            self._send()
            made.append(words)
        if not made:
            raise AssertionError("no letter is owed to any practice")
        return f"Ook geschreven en verstuurd: {', '.join(made).lower()}"

    def written_up(self) -> str:
        """Talks of which nobody wrote down how they went hold their letters up; nobody came, and a new day was set."""
        late = (Appointment.kind == "intake") & (Appointment.state == "planned")
        now = clock.local_now().replace(tzinfo=None)
        held_up = list(Appointment.select().where(late & (Appointment.starts_at < now)))
        for each in held_up:
            self._do(miss_appointment, MissedDraft(id=each.id, version=each.version))
            self._do(plan_intake, AppointmentDraft(voucher_id=each.voucher_id, day=self._working_day(), hour=time(11)))
        return f"Vastgelegd dat bij {len(held_up)} afspraken niemand kwam, en opnieuw afgesproken"

    def _working_day(self) -> date:
        """Some two weeks on; no coach has two talks at one time."""
        day = clock.today() + timedelta(days=14)
        while day.weekday() > 4 or Appointment.select().where(fn.date(Appointment.starts_at) == day).exists():
            day += timedelta(days=1)
        return day

    # -- many letters ------------------------------------------------------------------------------------

    def friday(self) -> str:
        """Enter again and again: what goes as text or PDF goes, what goes on paper is made ready."""
        before, files = _confirmed(), len(_files(LETTERS))
        page = steps.open_friday(self.staff, LETTERS)
        self._photograph("vrijdagmiddag")
        steps.work_off_friday(self.staff, page)
        went, ready = _confirmed() - before, sum(row.key[0] != HEAD for row in page.rows.rows())
        made = len(_files(LETTERS)) - files
        if set(went) != {"text", "pdf"} or not ready or made != went["pdf"]:
            raise AssertionError(f"it went otherwise on Friday: {went}, {made} files, ready to print: {ready}")
        return (
            f"Vrijdagscherm, met Enter van brief naar brief: {went['text']} als tekst en {went['pdf']} als PDF "
            f"verstuurd; {ready} klaar om samen af te drukken"
        )

    def printed_together(self) -> str:
        """As after a jam: some came out well, the rest is printed once more."""
        first, rest = PILE / "stapel.pdf", PILE / "verder.pdf"
        page = steps.print_together(self.staff, first)
        self._photograph("samen-afdrukken")
        steps.good_up_to(self.staff, page, GOOD)
        if len(_good_of_pile()) != GOOD:
            raise AssertionError("other letters count as sent than those that came out well")
        begun = {each.letter.practice_id for each in _good_of_pile()}
        steps.print_the_rest(self.staff, page, rest)
        steps.all_good(self.staff, page)
        done = _good_of_pile()
        self.printed = done[-1].letter
        letters, practices = len(done), len({each.letter.practice_id for each in done})
        slips, more = _sheets(first) - letters, _sheets(rest) - (letters - GOOD)
        if [each.position for each in done] != list(range(1, letters + 1)) or slips != practices:
            raise AssertionError(f"{letters} letters and {slips} cover slips came out for {practices} practices")
        if more != practices - len(begun):
            raise AssertionError(f"{more} cover slips came out with the rest")
        return (
            f"{letters} brieven samen afgedrukt met {slips} omslagen, {letters + slips} vellen geteld; goed tot en met "
            f"brief {GOOD}, de rest opnieuw met {more} omslag, en alle {letters} bevestigd"
        )

    def nobody_waits(self) -> str:
        self.staff.window.show_place("letters")
        self.staff.push("Wie wacht op bericht")
        self.staff.look_for("Niemand wacht meer op bericht.")
        self._photograph("vrijdagmiddag-klaar")
        return "Vrijdagscherm: niemand wacht meer op bericht"

    def came_back(self) -> str:
        """One of the pile; its code stands at the foot of the paper."""
        letter = self.printed
        steps.came_back(self.staff, code(letter.id))
        if [each.letter_id for each in ReturnedPost.select()] != [letter.id]:
            raise AssertionError("another letter was recorded as returned")
        task = f"Adres van {short_practice(letter.practice.name)} nakijken: een brief kwam terug"
        self._must_be_to_do(task)
        return f"Brief {code(letter.id)} kwam terug, gevonden met Ctrl+F; in Te doen: {task}"

    # -- per practice ------------------------------------------------------------------------------------

    def practice_talk(self) -> str:
        steps.talk_with_practice(self.staff, PRACTICE, "H. Postma", "Wie kunnen we sturen?", AGREED)
        talk: PracticeTalk = PracticeTalk.select().order_by(PracticeTalk.id.desc()).get()
        if (talk.held_on, talk.agreed) != (clock.today(), AGREED) or not self.staff.sees(AGREED):
            raise AssertionError("the talk was not recorded")
        return f"Gesprek met {PRACTICE} vastgelegd: {AGREED}"

    def results(self) -> str:
        steps.find(self.staff, PRACTICE)
        self.staff.push("Resultaten per kwartaal")
        page = self.staff.page()
        if not isinstance(page, ValuePage):
            raise AssertionError(f"no results on screen but {page.title!r}")
        made = self._keep(page.paper, LETTERS / f"resultaten-{page.quarter.code}.pdf")
        _must_say(made, AGREED)
        return f"Resultaten van een kwartaal voor {PRACTICE}, met wat is afgesproken, als brief: {_at(made)}"

    def wijksafari(self) -> str:
        steps.find(self.staff, PRACTICE)
        self.staff.push("Wijksafari")
        page = self.staff.page()
        if not isinstance(page, Wijksafari):
            raise AssertionError(f"no wijksafari on screen but {page.title!r}")
        made = self._keep(page.paper, CARDS / "wijksafari.pdf")
        _must_say(made, "Ochtendkoffie")
        return f"Wijksafari-kaart gemaakt, {len(page.ticks.ticked())} activiteiten op één bladzijde: {_at(made)}"

    # -- papers and screens ------------------------------------------------------------------------------

    def papers(self) -> str:
        day = clock.today()
        self.staff.program.open("day_sheet", day=day)
        self._save_paper("dagblad.pdf")
        self.staff.program.open("blank_intake")
        self._save_paper("intakeformulier.pdf")
        return "Dagblad en leeg intakeformulier gemaakt"

    def screens(self) -> str:
        count = 0
        for name, opened in pages_opened.every_page(self.staff.program):
            if opened:
                self._photograph(name)
                count += 1
        return f"{count} schermen gefotografeerd in demo/schermen"

    def letters_read(self) -> str:
        side = Organisation.get().window
        read = {path.name: letters_checked.complaints(_opened(path), side) for path in _files(LETTERS)}
        wrong = {name: said for name, said in read.items() if said}
        if wrong:
            raise AssertionError(f"letters that cannot go: {wrong}")
        return (
            f"{len(read)} brieven nagelezen: één bladzijde, letters ingesloten, adres in het venster, geen open velden"
        )

    def backup(self) -> str:
        close(self.staff)
        made = list_backups(folders.backup_folder(self.staff.program.folder))
        if not made:
            raise AssertionError("no backup was made")
        return f"Gesloten, met een gecontroleerde back-up ({made[0].path.stat().st_size // 1024} kB)"

    # -- inside ------------------------------------------------------------------------------------------

    def _send(self) -> Path:
        """Approve, fix, save as PDF, confirm."""
        steps.approve_and_fix(self.staff)
        made = steps.send_as_pdf(self.staff, LETTERS)
        letter: Letter = Letter.get_by_id(self._letter().letter_id)
        if letter.state != "sent":
            raise AssertionError("the letter was not sent")
        return made

    def _letter(self) -> LetterPage:
        return steps.letter_on_screen(self.staff)

    def _appointment(self) -> Appointment:
        found: Appointment = Appointment.get(Appointment.person == self.person)
        return found

    def _enrolment(self) -> Enrolment:
        found: Enrolment = Enrolment.get(Enrolment.person == self.person)
        return found

    def _by(self) -> Member:
        by: Member = self.staff.program.desk.by
        return by

    def _do(self, deed: Callable[..., Any], *args: Any) -> Any:
        """What a colleague does meanwhile, at another desk."""
        return deed(self._by(), *args)

    def _save_paper(self, name: str) -> str:
        page = self.staff.page()
        if not isinstance(page, Preview):
            raise AssertionError(f"no paper on screen but {page.title!r}")
        steps.save_paper(self.staff, page, CARDS / name)
        _sheets(CARDS / name)
        self.staff.press("Escape")
        return f"Kaart gemaakt: demo/kaarten/{name}"

    def _keep(self, place: PaperPlace, file: Path) -> Path:
        """The paper beside what was chosen."""
        paper = place.paper()
        if paper is None:
            raise AssertionError(f"there is no paper: {self.staff.words()}")
        self._photograph(file.stem)
        steps.save_paper(self.staff, paper, file)
        if _sheets(file) != 1:
            raise AssertionError(f"{file.name} is not one page")
        return file

    def _must_be_to_do(self, task: str) -> None:
        self.staff.window.show_place("tasks")
        if task not in [row.title for row in self.staff.rows("Te doen")]:
            raise AssertionError(f"{task!r} does not stand in Te doen")

    def _photograph(self, name: str) -> None:
        self.staff.photograph(SCREENS / f"{name}.png")


def _confirmed() -> Counter[str]:
    """How many letters went which way, as somebody confirmed."""
    went = Dispatch.select(Dispatch.way).where(Dispatch.confirmed_at.is_null(False))
    return Counter(dispatch.way for dispatch in went)


def _good_of_pile() -> list[Dispatch]:
    """The letters of the newest pile that count as sent, in its order."""
    pile = Batch.select().order_by(Batch.id.desc()).get().uid
    found = Dispatch.select().where(Dispatch.batch == pile, Dispatch.confirmed_at.is_null(False))
    return list(found.order_by(Dispatch.position))


def _at(file: Path) -> str:
    return str(file.relative_to(FOLDER.parent))


def _told(made: Path) -> str:
    return f"Brief geschreven, akkoord, vastgezet en verstuurd: {_at(made)}"


def _opened(file: Path) -> bytes:
    """A letter as the practice reads it; one that is locked opens with the password and with nothing else."""
    pdf = file.read_bytes()
    reader = PdfReader(BytesIO(pdf))
    if not reader.is_encrypted:
        return pdf
    if "/AESV3" not in str(reader.trailer["/Encrypt"].get_object()):
        raise AssertionError(f"{file.name} is not locked with AES-256")
    if reader.decrypt("") or reader.decrypt(PDF_PASSWORD.upper()) or not reader.decrypt(PDF_PASSWORD):
        raise AssertionError(f"{file.name} opens otherwise than with the password alone")
    made = BytesIO()
    PdfWriter(clone_from=reader).write(made)
    return made.getvalue()


def _must_say(file: Path, text: str) -> None:
    if text not in " ".join(reading.text(_opened(file)).split()):
        raise AssertionError(f"{file.name} does not say {text!r}")


def _sheets(file: Path) -> int:
    """How many sheets of paper a file holds, when it was made at all."""
    if not file.is_file():
        raise AssertionError(f"{file.name} was not made")
    return reading.pages(file.read_bytes())


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.pdf"))


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def can_be_seen() -> bool:
    """Whether there is a display to follow it on; Qt is told before the program is made."""
    shown = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    if sys.platform.startswith("linux") and not shown:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    return os.environ.get("QT_QPA_PLATFORM") != "offscreen"


def run() -> int:
    """0 when every step went; else 1, after saying which one did not."""
    if FOLDER.exists():
        shutil.rmtree(FOLDER)
    for folder in (LETTERS, CARDS, SCREENS, PILE):
        folder.mkdir(parents=True)
    settings = Settings.in_memory()
    settings.set("scheme", "light")
    seen = can_be_seen()
    make_application([], settings)
    QApplication.setDoubleClickInterval(1)  # two presses are two steps, however soon one follows the other
    say("Wijkrecept, de oefenorganisatie: " + ("volg het op het scherm" if seen else "zonder beeldscherm"))
    with steps.story_from(clock.today()) as days, running(FOLDER / "data", "exercise", settings, PAUSE * seen) as staff:
        for number, step in enumerate(Demo(staff, days).steps(), 1):
            try:
                said = step()
            except Exception as error:  # noqa: BLE001 - a demo says which step failed, whatever it is
                staff.photograph(FOLDER / "mislukt.png")
                say(f"{number}. MISLUKT bij {step.__name__}: {type(error).__name__}: {error}")
                return 1
            say(f"{number}. {said}")
    say("Klaar: zie demo/brieven, demo/stapel, demo/kaarten en demo/schermen")
    return 0


if __name__ == "__main__":
    sys.exit(run())
