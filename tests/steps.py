"""The deeds of the main job as staff do them by keyboard, for the journeys and the demo. Must not check results."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrinter

from desktop import clock
from desktop.paths import resource
from desktop.rules.friday import SEND, SIGNAL
from desktop.screens import batch_steps
from desktop.screens.batches import BatchPage
from desktop.screens.friday import Friday
from desktop.screens.imports import ImportPage
from desktop.screens.letter import LetterPage
from desktop.storage.models import Voucher
from desktop.widgets.preview import Preview
from tests.drive import Driver, NotSeenError

PRACTICES = resource("exercise", "praktijken.csv")
ACTIVITIES = resource("exercise", "aanbod.xlsx")
MAILS = resource("exercise", "verwijsmails.txt")
DOTS = 72  # an inch, of a printer that only has to show how many sheets came out
MARKS = ("Lichaam", "Gevoel", "Wat mij zin geeft", "Kwaliteit van leven", "Meedoen", "Dagelijks leven")


class Days:
    """The days of a story: the program's clock stands where the story is."""

    def __init__(self, first: date) -> None:
        self._moment = datetime.combine(first, time(9, 0), clock.AMSTERDAM).astimezone(UTC)

    def now(self) -> datetime:
        self._moment += timedelta(seconds=1)  # no two deeds at one moment
        return self._moment

    def go_to(self, day: date, hour: time = time(9, 0)) -> None:
        self._moment = datetime.combine(day, hour, clock.AMSTERDAM).astimezone(UTC)

    def pass_days(self, days: int) -> None:
        self.go_to(clock.local(self._moment).date() + timedelta(days=days))


@contextmanager
def story_from(first: date) -> Iterator[Days]:
    """The program's clock follows the story as long as it is told."""
    days, real = Days(first), clock.now
    clock.now = days.now
    try:
        yield days
    finally:
        clock.now = real


def import_list(staff: Driver, place: str, file: Path) -> str:
    """Read a file of practices or activities and take over what is new; what the page said about it."""
    staff.window.show_place(place)
    staff.push("Inlezen uit bestand")
    page = staff.page()
    assert isinstance(page, ImportPage)
    page.choose_file = lambda _parent: str(file)
    staff.push("Bestand kiezen")
    staff.wait_idle()
    totals = page.totals.text()
    take_over(staff, page)
    return totals


def take_over(staff: Driver, page: ImportPage) -> None:
    if not page.take_button.isEnabled():
        return
    staff.breathe()
    staff.push(page.take_button.accessibleName())
    staff.wait(lambda: page.notice.answers(), lambda: f"not taken over: {staff.words()}")
    staff.wait_idle()


def paste_mail(staff: Driver, number: int) -> None:
    """A new voucher from one of the mails, copied together from the mail program."""
    QGuiApplication.clipboard().setText(MAILS.read_text("utf-8"))
    staff.press("Ctrl+N")
    staff.press("Ctrl+Shift+V")
    staff.look_for("mails: welke wil je?")
    for _n in range(number - 1):
        staff.press("Tab")
    staff.press("Space")
    staff.breathe()


def register(staff: Driver, dated: str, report_back: str = "ja") -> Voucher:
    """What no mail says in so many words is asked by the form; then it is saved."""
    staff.fill("Datum op voucher", dated)
    staff.pick("Praktijk mocht doorgeven", "j")
    staff.pick("Wij mogen terugkoppelen", report_back[0])
    staff.save()
    found: Voucher = Voucher.select().order_by(Voucher.id.desc()).get()
    return found


def call_and_plan(staff: Driver, person: str) -> None:
    """From Te doen: 1 for "reached", then the first free moment of the coach."""
    staff.window.show_place("tasks")
    staff.do(person)
    staff.press("1")
    staff.breathe()
    staff.press("Space")
    staff.breathe()


def hold_intake(staff: Driver, person: str, goals: str, agreed: str, marks: tuple[int, ...]) -> None:
    """From Te doen; saved with the button that goes on to the catalogue."""
    staff.window.show_place("tasks")
    staff.do(f"Intake {person}")
    staff.fill("Wat voor deze persoon telt", goals)
    staff.fill("Wat is afgesproken", agreed)
    for name, mark in zip(MARKS, marks, strict=True):
        staff.pick(name, str(mark))
    staff.pick("Wij mogen de activiteit informeren", "j")
    staff.go_to("Verteld waar de gegevens vandaan komen")
    staff.press("Space")
    staff.push("Opslaan en activiteit zoeken")


def sign_up(staff: Driver, activity: str, first_day: str) -> None:
    """From the list of what fits this person."""
    staff.do(activity)
    staff.fill("Eerste dag", first_day)
    staff.save()


def write_letter(staff: Driver, person: str) -> LetterPage:
    """From the letters that are owed to the concept on screen."""
    staff.window.show_place("letters")
    staff.do(person)
    return letter_on_screen(staff)


def write_signal(staff: Driver, person: str, ground: str, sentence: str) -> LetterPage:
    """From the letters that are owed, through the ground, to the concept on screen."""
    staff.window.show_place("letters")
    staff.do(f"Signaal: {person}")
    staff.pick("Waarom mag de praktijk dit weten?", ground)
    staff.fill("Wat de praktijk moet weten", sentence)
    staff.save()
    return letter_on_screen(staff)


def letter_on_screen(staff: Driver) -> LetterPage:
    page = staff.page()
    if not isinstance(page, LetterPage):
        raise NotSeenError(f"no letter on screen but {page.title!r}: {staff.words()}")
    return page


def approve_and_fix(staff: Driver) -> None:
    """The coach's akkoord, then nothing changes any more."""
    staff.push("Akkoord geven")
    staff.save()
    staff.look_for("Klaar om te versturen")


def send_as_pdf(staff: Driver, folder: Path) -> Path:
    """Save it for the secure mail and confirm that it went; the file that was made."""
    folder.mkdir(parents=True, exist_ok=True)
    before = set(folder.iterdir())
    letter_on_screen(staff).sending.choose_folder = lambda _parent, _before: str(folder)
    staff.push("Opslaan als PDF")
    staff.look_for("Is de PDF naar de praktijk verstuurd?")
    staff.press("Space")
    staff.look_for("Verstuurd")
    staff.breathe()
    (made,) = set(folder.iterdir()) - before
    return made


def first_time(staff: Driver, person: str, known: str = "telefoon") -> None:
    """From Te doen: they have been there."""
    staff.window.show_place("tasks")
    staff.do(f"{person} bij")
    staff.pick("Bekend via", known[0])
    staff.save()


def hold_aftercare(staff: Driver, outcome: str, note: str, times: tuple[str, str] = ("", ""), mark: str = "8") -> None:
    """What was said in the talk three months on, on the form that stands open; saving is the next step."""
    staff.pick("Doet deze persoon nog mee?", outcome)
    staff.pick("Hoe tevreden, 1 tot en met 10", mark)
    staff.fill("Contacten met de huisarts", "2")
    if times != ("", ""):
        staff.fill("Hoe vaak geweest", times[0])
        staff.fill("Van hoeveel keer", times[1])
    staff.fill("Notitie (niet in brieven)", note)


def begin_aftercare(staff: Driver, person: str) -> None:
    """The talk after three months by phone, from Te doen."""
    staff.window.show_place("tasks")
    staff.do(f"Nazorggesprek (na 3 maanden): {person}")
    staff.press("1")
    staff.breathe()


def aftercare_and_write(staff: Driver, person: str, how: str) -> LetterPage:
    """The talk after three months by phone, and the concept of the progress letter."""
    begin_aftercare(staff, person)
    hold_aftercare(staff, "d", how, times=("7", "8"))
    staff.push("Opslaan en brief maken")
    return letter_on_screen(staff)


def aftercare_and_close(staff: Driver, person: str, how: str, outcome: str) -> LetterPage:
    """The talk after three months by phone, closing, and the concept of the closing letter."""
    begin_aftercare(staff, person)
    hold_aftercare(staff, "d", how, times=("7", "8"))
    staff.push("Opslaan en afsluiten")
    return end(staff, outcome)


def end(staff: Driver, outcome: str) -> LetterPage:
    """The closing form that stands open, and the concept of the closing letter."""
    staff.choose("Hoe het eindigde", outcome)
    staff.push("Opslaan en brief maken")
    return letter_on_screen(staff)


# ---- many letters


def open_friday(staff: Driver, folder: Path) -> Friday:
    """From the letters, by the link at the top; what goes as PDF lands in this folder."""
    folder.mkdir(parents=True, exist_ok=True)
    staff.window.show_place("letters")
    staff.push("Wie wacht op bericht")
    page = staff.page()
    assert isinstance(page, Friday)
    page.sending.choose_folder = lambda _parent, _before: str(folder)
    page.sending.choose_printer = lambda _parent: QPrinter()
    page.sending.print_pdf = lambda pdf, _printer: pdf.startswith(b"%PDF")
    return page


def enter(staff: Driver, page: Friday, key: str = "Return") -> None:
    """The next step of the letter the keyboard stands on, or another one by its key."""
    staff.press(key)
    staff.breathe()
    staff.wait(page.ready)
    staff.wait_idle()


def signal_from_friday(staff: Driver) -> None:
    """In one's own words, in the form that Enter opened; then back to where it was."""
    staff.pick("Waarom mag de praktijk dit weten?", "op")
    staff.fill("Wat de praktijk moet weten", "Zij maakt zich zorgen en vroeg ons u te bellen.")
    staff.save()
    staff.press("Escape")
    if not isinstance(staff.page(), Friday):
        staff.press("Escape")


def work_off_friday(staff: Driver, page: Friday) -> None:
    """Enter until each letter went; what goes on paper is only made ready.

    What the records overtook is filled anew first, and what is refused all the same is passed over.
    """
    refused: set[Any] = set()
    while True:
        wait = page.standing()
        stale = staff.sees("Vul opnieuw (F)")
        if wait is not None and (stale or (wait.way, wait.step) != ("print", SEND)) and wait.key not in refused:
            enter(staff, page, "F" if stale else "Return")
            if page.standing() == wait and page.notice.text():
                refused.add(wait.key)
            elif wait.step == SIGNAL:
                signal_from_friday(staff)
        elif page.rows.current_key() == page.rows.rows()[-1].key:
            return
        else:
            staff.press("Down")
            page.show_text()  # as it does by itself a moment later


def printer_to(file: Path) -> QPrinter:
    """A printer whose sheets come out as the pages of a PDF."""
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(file))
    printer.setResolution(DOTS)
    return printer


def print_together(staff: Driver, file: Path) -> BatchPage:
    """From the letters, past each paper and the addresses, to the question how they came out."""
    staff.window.show_place("letters")
    staff.push("Brieven afdrukken")
    page = staff.page()
    assert isinstance(page, BatchPage)
    page.choose_printer = lambda _parent: printer_to(file)
    for step in (batch_steps.LookAt, batch_steps.Addresses, batch_steps.Ask):
        _go_on(staff, page, step)
    return page


def good_up_to(staff: Driver, page: BatchPage, last_good: int) -> None:
    """The last letter that came out well, with Enter."""
    staff.do(f"Brief {last_good}:")
    staff.wait(lambda: isinstance(page.step, batch_steps.Finish))
    staff.wait_idle()


def print_the_rest(staff: Driver, page: BatchPage, file: Path) -> None:
    """What did not come out well goes to the printer once more."""
    page.choose_printer = lambda _parent: printer_to(file)
    _go_on(staff, page, batch_steps.Ask)


def all_good(staff: Driver, page: BatchPage) -> None:
    """The answer that is offered first when all sheets came out."""
    _go_on(staff, page, batch_steps.Finish)


def _go_on(staff: Driver, page: BatchPage, to: type[batch_steps.Step]) -> None:
    staff.save()
    staff.wait(lambda: isinstance(page.step, to), lambda: f"no {to.__name__}: {staff.words()}")
    staff.wait_idle()


def find(staff: Driver, text: str) -> None:
    """Ctrl+F, and the first of what it finds."""
    staff.press("Ctrl+F")
    staff.type(text)
    staff.wait(staff.window.search.hits, f"nothing is found for {text!r}")
    staff.press("Return")
    staff.breathe()


def came_back(staff: Driver, code: str) -> None:
    """A letter that came back, found by the code at its foot; recorded as moved away."""
    find(staff, code)
    letter_on_screen(staff)
    staff.push("Kwam terug")
    staff.pick("Wat er op de envelop staat", "v")
    staff.save()


# ---- per practice


def agree_password(staff: Driver, practice: str, password: str) -> None:
    """From now on a PDF for this practice opens with this alone."""
    find(staff, practice)
    staff.push("Wijzigen")
    staff.fill("Wachtwoord voor PDF's", password)
    staff.save()


def talk_with_practice(staff: Driver, practice: str, whom: str, question: str, agreed: str) -> None:
    """A talk that was held today; afterwards the page of the practice is open."""
    find(staff, practice)
    staff.push("Gesprek vastleggen")
    staff.fill("Met wie", whom)
    staff.fill("Waarmee kunnen wij helpen", question)
    staff.fill("Wat is afgesproken", agreed)
    staff.save()


def save_paper(staff: Driver, paper: Preview, file: Path) -> None:
    """The paper on screen, kept as a file."""
    paper.choose_file = lambda _parent, _name: str(file)
    staff.push("Opslaan als PDF")
    staff.breathe()
