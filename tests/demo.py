"""`make demo`: the main job on made-up samples, through the real window; a line per step, results in demo/.

With a display it can be followed on screen; without one it runs unseen. It stops at the first step that fails and
says which one that was.
"""

import os
import shutil
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "demo"
NEEDS_DISPLAY = sys.platform.startswith("linux")
SEEN = not NEEDS_DISPLAY or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
if not SEEN:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
if os.environ.get("QT_QPA_PLATFORM") == "offscreen":
    SEEN = False

from desktop import clock  # noqa: E402 - Qt must know first whether there is a display
from desktop.app import make_application  # noqa: E402
from desktop.screens.letter import LetterPage  # noqa: E402
from desktop.settings import Settings  # noqa: E402
from desktop.storage import folders  # noqa: E402
from desktop.storage.backup import list_backups  # noqa: E402
from desktop.storage.models import (  # noqa: E402
    Activity,
    Appointment,
    Enrolment,
    Letter,
    Organisation,
    Person,
    Practice,
    Voucher,
)
from desktop.widgets.preview import Preview  # noqa: E402
from tests import letters_checked, pages_opened, steps  # noqa: E402
from tests.drive import Driver, close, running  # noqa: E402

PAUSE = 600  # milliseconds to look at each step, when somebody can
PERSON = "mevrouw Van den Heuvel-Smit"
LETTERS, CARDS, SCREENS = FOLDER / "brieven", FOLDER / "kaarten", FOLDER / "schermen"


class Demo:
    """One story: lists brought in, vouchers registered, one person from the first call to the last letter."""

    def __init__(self, staff: Driver, days: steps.Days) -> None:
        self.staff, self.days = staff, days
        self.person = Person()

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
            self.aftercare_and_closing,
            self.other_letters,
            self.papers,
            self.screens,
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
        voucher = steps.register(self.staff, "gisteren")
        return f"Voucher {voucher.number} uit een mail met een BSN: het BSN is weggelaten"

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
        return self._send()

    def aftercare_and_closing(self) -> str:
        self.days.pass_days(95)
        steps.aftercare_and_close(self.staff, PERSON, "Gaat nog elke week.", "Afgerond")
        return "Nazorggesprek en afgesloten. " + self._send()

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
        wrong = {path.name: said for path in _files(LETTERS) if (said := letters_checked.complaints(path, side))}
        if wrong:
            raise AssertionError(f"letters that cannot go: {wrong}")
        count = len(_files(LETTERS))
        return f"{count} brieven nagelezen: één bladzijde, letters ingesloten, adres in het venster, geen open velden"

    def backup(self) -> str:
        close(self.staff)
        made = list_backups(folders.backup_folder(self.staff.program.folder))
        if not made:
            raise AssertionError("no backup was made")
        return f"Gesloten, met een gecontroleerde back-up ({made[0].path.stat().st_size // 1024} kB)"

    # -- inside ------------------------------------------------------------------------------------------

    def _send(self) -> str:
        """Approve, fix, save as PDF, confirm."""
        steps.approve_and_fix(self.staff)
        made = steps.send_as_pdf(self.staff, LETTERS)
        letter: Letter = Letter.get_by_id(self._letter().letter_id)
        if letter.state != "sent":
            raise AssertionError("the letter was not sent")
        return f"Brief geschreven, akkoord, vastgezet en verstuurd: demo/brieven/{made.name}"

    def _letter(self) -> LetterPage:
        return steps.letter_on_screen(self.staff)

    def _appointment(self) -> Appointment:
        found: Appointment = Appointment.get(Appointment.person == self.person)
        return found

    def _enrolment(self) -> Enrolment:
        found: Enrolment = Enrolment.get(Enrolment.person == self.person)
        return found

    def _save_paper(self, name: str) -> str:
        page = self.staff.page()
        if not isinstance(page, Preview):
            raise AssertionError(f"no paper on screen but {page.title!r}")
        page.choose_file = lambda _parent, _name: str(CARDS / name)
        self.staff.push("Opslaan als PDF")
        self.staff.breathe()
        if not (CARDS / name).is_file():
            raise AssertionError(f"{name} was not saved")
        self.staff.press("Escape")
        return f"Kaart gemaakt: demo/kaarten/{name}"

    def _photograph(self, name: str) -> None:
        self.staff.photograph(SCREENS / f"{name}.png")


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.pdf"))


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def run() -> int:
    """0 when every step went; else 1, after saying which one did not."""
    if FOLDER.exists():
        shutil.rmtree(FOLDER)
    for folder in (LETTERS, CARDS, SCREENS):
        folder.mkdir(parents=True)
    settings = Settings.in_memory()
    settings.set("scheme", "light")
    make_application([], settings)
    say("Wijkrecept, de oefenorganisatie: " + ("volg het op het scherm" if SEEN else "zonder beeldscherm"))
    with steps.story_from(clock.today()) as days, running(FOLDER / "data", "exercise", settings, PAUSE * SEEN) as staff:
        for number, step in enumerate(Demo(staff, days).steps(), 1):
            try:
                said = step()
            except Exception as error:  # noqa: BLE001 - a demo says which step failed, whatever it is
                staff.photograph(FOLDER / "mislukt.png")
                say(f"{number}. MISLUKT bij {step.__name__}: {type(error).__name__}: {error}")
                return 1
            say(f"{number}. {said}")
    say("Klaar: zie demo/brieven, demo/kaarten en demo/schermen")
    return 0


if __name__ == "__main__":
    sys.exit(run())
