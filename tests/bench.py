"""`make bench`: the speed and size rows of the quality page, each beside its peer or the bare engine in the same run.

Ratios are judged, milliseconds printed. A peer that is not installed is named as skipped. Nothing here fails a build.
`python -m tests.bench start search lists` runs some parts only; `small` takes a small organisation, to try the bench.
"""

import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from html import escape
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

import desktop.widgets  # noqa: F401 - first, before any other use of Qt
from desktop import clock, drawing
from desktop.actions import entrance
from desktop.actions.entrance import CHEAP, NewOffice
from desktop.actions.imports import import_practices, plan_practices
from desktop.actions.vouchers import correct_person, register_voucher
from desktop.app import Program, make_application
from desktop.rules.names import fold
from desktop.rules.organisation import OrganisationDraft
from desktop.rules.people import PersonDraft
from desktop.rules.staff import Member
from desktop.rules.values import last_whole
from desktop.screens.pages import PLACES
from desktop.settings import Settings
from desktop.storage import keys, search
from desktop.storage.database import connect_raw, database
from desktop.storage.finding import find_anything
from desktop.storage.keys import Opened
from desktop.storage.letterparts import packed
from desktop.storage.models import Letter, LetterPdf, Person, Practice, SharedPart
from desktop.storage.values import count_values, list_valued
from desktop.widgets import search as search_box
from tests import bulk
from tests.factory import a_draft

if TYPE_CHECKING:
    from desktop.rules.letters import LetterContent

HOUSE = Path(__file__).parent.parent
NAME, PASSWORD = "robin", "wandelen langs de dijk"
NO_PEER = "-"
PACKAGE = HOUSE / "dist" / "wijkrecept"


@dataclass(frozen=True)
class Line:
    """A row of the table; `ratio` is ours to the peer's, `met` None when there is nothing to judge."""

    work: str
    ours: str
    peer: str = NO_PEER
    ratio: float | None = None
    target: str = ""
    met: bool | None = None

    def cells(self) -> tuple[str, ...]:
        ratio = "" if self.ratio is None else f"{self.ratio:.2f} x"
        return self.work, self.ours, self.peer, ratio, self.target, {True: "yes", False: "NO", None: ""}[self.met]


def seconds(work: Callable[[], Any]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def often(work: Callable[[], Any], times: int) -> list[float]:
    return [seconds(work) for _time in range(times)]


def ms(value: float) -> str:
    return f"{value * 1000:.0f} ms" if value >= 0.01 else f"{value * 1000:.2f} ms"


def p95(values: Sequence[float]) -> float:
    return quantiles(values, n=20)[-1]


def mb(size: float) -> str:
    return f"{size / 1_000_000:.0f} MB"


# ---- what is measured on ----


@dataclass
class Bench:
    """Folders, sizes, and the programs of this machine."""

    work: Path
    small: bool
    soffice: str = shutil.which("soffice") or ""
    screen: str = ""  # a display of our own, if there is an X server to be had

    def sizes(self, whole: bulk.Sizes) -> bulk.Sizes:
        return replace(bulk.SMALL, history=whole.history, vouchers=min(80, whole.vouchers)) if self.small else whole

    def fewer(self, many: int) -> int:
        return max(5, many // 20) if self.small else many

    def office(self, name: str, sizes: bulk.Sizes) -> Opened:
        """An office of these sizes, closed again."""
        folder = self.work / name
        new = NewOffice(organisation=OrganisationDraft(name="Welzijn Rivierdam", town="Rivierdam"), name="Robin Bos",
                        sign_in_name=NAME, password=PASSWORD)  # fmt: skip
        opened = entrance.set_up(folder, "office", new, CHEAP)[0]
        entered = entrance.enter(opened)
        took = seconds(lambda: bulk.fill(entered.member, sizes, clock.today()))
        entered.session.close()
        say(f"  made {name}: {sizes.persons} persons, {sizes.vouchers} vouchers, {mb(opened.database.stat().st_size)}, "
            f"{took:.0f} s")  # fmt: skip
        return keys.sign_in(folder, NAME, PASSWORD)


@contextmanager
def signed_in(opened: Opened) -> Iterator[entrance.Entered]:
    entered = entrance.enter(opened)
    try:
        yield entered
    finally:
        entered.session.close()


@contextmanager
def window_on(opened: Opened) -> Iterator[Program]:
    """The real program on this office, signed in, its window 1366 by 768."""
    make_application([], Settings.in_memory())
    program = Program(opened.folder, "office", Settings.in_memory())
    program.window.resize(1366, 768)
    program.window.show()
    program.enter(opened)
    QApplication.processEvents()
    try:
        yield program
    finally:
        program.leave()
        program.window.hide()
        program.window.forget_pages()


class Painted(QObject):
    """Says whether something inside a widget has been painted since it was asked to watch."""

    def __init__(self) -> None:
        super().__init__()
        self.seen = 0
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget) and watched.isVisible():
            self.seen += 1
        return False

    def wait(self, condition: Callable[[], bool], patience: int = 10_000) -> None:
        """Let events come until it is so, and until what is to be painted then has been painted."""
        timer = QElapsedTimer()
        timer.start()
        while not condition():
            QApplication.processEvents()
            if timer.elapsed() > patience:
                raise TimeoutError("it was not shown in time")
        for _round in range(2):  # what asked to be painted is painted in the first, what that brought up in the second
            QApplication.processEvents()


# ---- start and memory ----


def start(bench: Bench) -> Iterator[Line]:
    """From the command to a window on the screen, beside LibreOffice Calc with a small sheet."""
    opened = bench.office("start", bulk.SMALL)
    calc, memory = _calc(bench)
    source = _until_window(bench, [sys.executable, "-m", "desktop", "--data-dir", str(opened.folder)], "Wijkrecept")
    yield _start_line("program from source to visible window, warm", source, calc, judged=False)
    if (PACKAGE / "wijkrecept").is_file():
        packaged = _until_window(bench, [str(PACKAGE / "wijkrecept"), "--data-dir", str(opened.folder)], "Wijkrecept")
        yield _start_line("packaged program to visible window, warm", packaged, calc, judged=True)
    else:
        yield Line("packaged program to visible window, warm", "skipped: not built (make package)", NO_PEER)
    bench_memory[0] = memory


bench_memory: list[float] = [0.0]


def _start_line(work: str, ours: float, calc: float, judged: bool) -> Line:
    if not ours:
        return Line(work, "skipped: no Xvfb and xdotool")
    if not calc:
        return Line(work, ms(ours), "skipped: LibreOffice is not there or shows no window", target="<= 0.35 x Calc")
    ratio = ours / calc
    return Line(work, ms(ours), f"Calc {ms(calc)}", ratio, "<= 0.35 x Calc", ratio <= 0.35 if judged else None)


def _calc(bench: Bench) -> tuple[float, float]:
    """Seconds until Calc shows a small sheet, and its memory then."""
    if not bench.soffice or not bench.screen:
        return 0.0, 0.0
    sheet = bench.work / "kleinblad.csv"
    sheet.write_text("naam,plaats\n" + "Praktijk De Linde,Dorpstad\n" * 30, "utf-8")
    held: list[float] = []
    command = [bench.soffice, f"-env:UserInstallation=file://{bench.work}/calc", "--nologo", "--norestore",
               "--nolockcheck", "--calc", "--infilter=CSV:44,34,76,1", str(sheet)]  # fmt: skip
    try:
        took = _until_window(bench, command, "kleinblad", held)
    except TimeoutError:  # a peer that does not start is named, and ours is measured all the same
        return 0.0, 0.0
    return took, max(held, default=0.0)


def _until_window(bench: Bench, command: list[str], title: str, held: list[float] | None = None) -> float:
    """The median of five starts, after one that warms the caches; 0 without a screen."""
    if not bench.screen:
        return 0.0
    return median([_one_start(bench, command, title, held) for _time in range(6)][1:])


def _one_start(bench: Bench, command: list[str], title: str, held: list[float] | None) -> float:
    surroundings = {**os.environ, "DISPLAY": bench.screen, "QT_QPA_PLATFORM": "xcb", "QT_LOGGING_RULES": "*=false",
                    "PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(bench.work / "compiled")}  # fmt: skip
    looking = ["xdotool", "search", "--onlyvisible", "--name", title]
    started = time.perf_counter()
    program = subprocess.Popen(command, cwd=HOUSE, env=surroundings, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL, start_new_session=True)  # fmt: skip
    try:
        while subprocess.run(looking, env=surroundings, capture_output=True, check=False).returncode:
            if time.perf_counter() - started > 60:
                raise TimeoutError(f"{command[0]} shows no window")
        took = time.perf_counter() - started
        if held is not None:
            time_to_settle = QElapsedTimer()
            time_to_settle.start()
            while time_to_settle.elapsed() < 1500:
                held.append(_resident(program.pid))
        return took
    finally:
        with suppress(ProcessLookupError):
            os.killpg(program.pid, 9)
        program.wait()
        while not subprocess.run(looking, env=surroundings, capture_output=True, check=False).returncode:
            pass


def _resident(session: int) -> float:
    """Bytes of memory held by the processes of a session."""
    total = 0
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError, IndexError, ValueError):
            fields = status.read_text().rsplit(")", 1)[1].split()
            if int(fields[3]) == session:
                total += int(fields[21]) * os.sysconf("SC_PAGE_SIZE")
    return float(total)


MEMORY = """
import sys, pathlib
from PySide6.QtWidgets import QApplication
from desktop.storage import keys
from tests.bench import PLACES, window_on, NAME, PASSWORD
from desktop.paper.letter import render
from tests.paper.samples import LETTER
with window_on(keys.sign_in(pathlib.Path(sys.argv[1]), NAME, PASSWORD)) as program:
    for key, _text, _icon in PLACES:
        program.window.show_place(key)
        QApplication.processEvents()
    render(LETTER)
    print([line.split()[1] for line in open("/proc/self/status") if line.startswith("VmRSS")][0])
"""


def _memory(bench: Bench, opened: Opened) -> Line:
    done = subprocess.run([sys.executable, "-c", MEMORY, str(opened.folder)], cwd=HOUSE, capture_output=True, text=True,
                          check=True, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})  # fmt: skip
    held = int(done.stdout.split()[-1]) * 1024.0
    calc = bench_memory[0]
    peer = f"Calc {mb(calc)}" if calc else "skipped: Calc was not started"
    return Line("memory in use, every room visited, at ten years", mb(held), peer, held / calc if calc else None,
                "<= 200 MB", held <= 200_000_000)  # fmt: skip


# ---- search ----


def searching(bench: Bench) -> Iterator[Line]:
    """100,000 persons: the query, and from the key pressed to the rows on the screen."""
    opened = bench.office("search", bench.sizes(bulk.STRESS))
    with signed_in(opened) as entered:
        typed = _typed(bench.fewer(400))
        bare = [seconds(lambda text=text: _bare_search(text)) for text in typed]  # type: ignore[misc]
        ours = [seconds(lambda text=text: search.find(text, "", 12)) for text in typed]  # type: ignore[misc]
        whole = [seconds(lambda text=text: find_anything(entered.member, text, clock.today())) for text in typed]  # type: ignore[misc]
        ratio = median(ours) / median(bare)
        peer = f"bare FTS5, ranked {ms(median(bare))} (p95 {ms(p95(bare))})"
        yield Line("search in 100,000 persons, query", f"{ms(median(ours))} (p95 {ms(p95(ours))})", peer, ratio,
                   "<= 2 x bare", ratio <= 2)  # fmt: skip
        yield Line("... with what is shown of each hit", f"{ms(median(whole))} (p95 {ms(p95(whole))})", peer,
                   median(whole) / median(bare), "p95 <= 50 ms", p95(whole) <= 0.05)  # fmt: skip
    with window_on(opened) as program:
        waited = list(_key_to_rows(program, typed[: bench.fewer(40)]))
        yield Line("key pressed to rows painted", f"median {ms(median(waited))}, p95 {ms(p95(waited))}",
                   target="p95 <= 50 ms", met=p95(waited) <= 0.05)  # fmt: skip


def _typed(many: int) -> list[str]:
    """What staff type of people who are there: pieces of names, birth dates, phones, postcodes."""
    chance = random.Random(5)
    ids = [row[0] for row in Person.select(Person.id).tuples()]
    texts = []
    for person in (Person.get_by_id(chance.choice(ids)) for _time in range(many)):
        year, month, day = person.birth_date.split("-")
        texts.append(chance.choice((
            person.surname, person.surname[:4], f"{person.first_name} {person.surname[:5]}", f"{day}-{month}-{year}",
            f"{day}{month}{year}", "0" + person.phone[3:], person.postcode, f"{person.surname} {person.first_name}",
        )))  # fmt: skip
    return texts


def _bare_search(text: str) -> None:
    match = " ".join(f'"{word}"' for word in fold(text).split() if len(word) > 2)
    database.execute_sql(
        "SELECT rowid FROM search_index WHERE search_index MATCH ? ORDER BY rank LIMIT 12", (match,)
    ).fetchall()


def _key_to_rows(program: Program, typed: Sequence[str]) -> Iterator[float]:
    box, painted = program.window.search, Painted()
    program.window.activateWindow()
    box.setFocus()
    for text in typed:
        box.clear()
        QApplication.processEvents()
        for letter in text[:8].strip():
            rows = search_box.popup_of(box)
            asked = box._asked
            started = time.perf_counter()
            _press(box, letter)
            painted.wait(lambda asked=asked: box._asked != asked)  # type: ignore[misc]
            yield time.perf_counter() - started
            assert rows is None or box.listing()


def _press(box: QWidget, letter: str) -> None:
    """A key of any keyboard; Qt's own tester knows only those of a Latin one."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(box, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))


# ---- ten years of a large organisation ----


def ten_years(bench: Bench) -> Iterator[Line]:
    """Lists, saving, importing, the backup and memory at 30,000 vouchers and 90,000 letters."""
    opened = bench.office("ten-years", bench.sizes(bulk.LARGE))
    yield from _rooms(bench, opened)
    yield _memory(bench, opened)
    with signed_in(opened) as entered:
        yield _results(entered.member)
        yield from _saving(bench, entered.member, opened)
        yield from _backup(bench, entered, "backup, verified, at ten years (records)")
        yield from _importing(bench, entered.member, opened)
    if not bench.small:
        _store_letters(opened)
        with signed_in(opened) as entered:
            yield from _backup(bench, entered, "backup, verified, with 90,000 letters as printed")


def _rooms(bench: Bench, opened: Opened) -> Iterator[Line]:
    make_application([], Settings.in_memory())
    program = Program(opened.folder, "office", Settings.in_memory())
    program.window.resize(1366, 768)
    program.window.show()
    painted = Painted()
    program.enter(opened)
    painted.wait(lambda: program.window.page() is not None)
    program.lock()
    painted.wait(lambda: program.entered is None)
    started = time.perf_counter()
    program.enter(opened)
    painted.wait(lambda: not program.window.covered())
    again = time.perf_counter() - started
    yield Line("sign-in to Te doen, besides the key derivation", ms(again), target="<= 300 ms", met=again <= 0.3)
    bare = {"vouchers": "voucher", "people": "person", "activities": "activity", "practices": "practice",
            "letters": "letter", "archive": "letter"}  # fmt: skip
    for key in (*(key for key, _text, _icon in PLACES), "archive"):
        if key == "settings":
            continue
        took = [_open_room(program, painted, key) for _time in range(6)][1:]
        table = bare.get(key)
        engine = median(often(lambda table=table: _first_rows(table), 5)) if table else 0.0  # type: ignore[misc]
        peer = f"bare first 200 rows {ms(engine)}" if table else NO_PEER
        yield Line(f"first rows painted: {key}", f"{ms(median(took))} (worst {ms(max(took))})", peer,
                   median(took) / engine if engine else None, "<= 100 ms", median(took) <= 0.1)  # fmt: skip
    program.leave()
    program.window.hide()
    program.window.forget_pages()


def _results(by: Member) -> Line:
    """The figures of every practice in the last whole quarter, as the list of pages asks for them."""
    today, ids = clock.today(), [each.id for each in list_valued(by)]
    took = often(lambda: count_values(by, last_whole(today), today, ids), 5)
    shown = f"{ms(median(took))} (worst {ms(max(took))})"
    return Line(f"results of {len(ids)} practices in a quarter", shown, target="<= 1 s", met=max(took) <= 1)


def _open_room(program: Program, painted: Painted, key: str) -> float:
    program.window.show_place("settings")
    QApplication.processEvents()
    before, started = painted.seen, time.perf_counter()
    if key in {each[0] for each in PLACES}:
        program.window.show_place(key)
    else:
        program.open(key)
    painted.wait(lambda: painted.seen > before)
    return time.perf_counter() - started


def _first_rows(table: str) -> None:
    database.execute_sql(f'SELECT * FROM "{table}" ORDER BY id DESC LIMIT 200').fetchall()  # noqa: S608 - own names


def _saving(bench: Bench, by: Member, opened: Opened) -> Iterator[Line]:
    many = bench.fewer(300)
    with closing(connect_raw(opened.database, opened.data_key)) as bare:
        bare.execute("PRAGMA synchronous = full")
        bare.execute("CREATE TABLE scratch (id INTEGER PRIMARY KEY, name TEXT, street TEXT, town TEXT)")
        row = ("Jansen", "Beukenlaan 12", "Dorpstad")
        insert = "INSERT INTO scratch (name, street, town) VALUES (?, ?, ?)"
        engine = many / seconds(lambda: [bare.execute(insert, row) for _time in range(many)])
        bare.execute("DROP TABLE scratch")
    persons = list(Person.select().limit(many))
    drafts = [PersonDraft(id=person.id, version=person.version, surname=person.surname, phone=person.phone,
                          first_name=f"{person.first_name} {at}", sure=True)
              for at, person in enumerate(persons)]  # fmt: skip
    one = len(drafts) / seconds(lambda: [correct_person(by, draft) for draft in drafts])
    peer = f"bare insert, durable {engine:.0f}/s"
    yield Line("save one record, history, audit, search, durable", f"{one:.0f}/s", peer, one / engine, ">= 500/s",
               one >= 500)  # fmt: skip
    practice = Practice.get()
    many = bench.fewer(200)
    whole = many / seconds(lambda: [register_voucher(by, a_draft(practice)) for _time in range(many)])
    yield Line("save a voucher: person, voucher, consents, status", f"{whole:.0f}/s", peer, whole / engine)


def _importing(bench: Bench, by: Member, opened: Opened) -> Iterator[Line]:
    many = bench.fewer(10_000)
    path = bench.work / "praktijken.csv"
    lines = [
        f"Praktijk De Eik {at};Lindelaan {at};5611 XA;Dorpstad;040-2{at:06d};M. Jansen;huisarts" for at in range(many)
    ]
    path.write_text("Naam;Adres;Postcode;Plaats;Telefoon;Contactpersoon;Functie\n" + "\n".join(lines), "utf-8")
    started = time.perf_counter()
    preview = plan_practices(by, path)
    judged = time.perf_counter() - started
    yield Line(f"import of {many:,} rows, to preview", f"{judged:.1f} s", target="<= 3 s", met=judged <= 3)
    with closing(connect_raw(opened.database, opened.data_key)) as bare:
        bare.execute("CREATE TABLE scratch (a TEXT, b TEXT, c TEXT, d TEXT, e TEXT, f TEXT, g TEXT)")
        rows = [tuple(line.split(";")) for line in lines]
        bare.execute("BEGIN")
        engine = seconds(lambda: bare.executemany("INSERT INTO scratch VALUES (?, ?, ?, ?, ?, ?, ?)", rows))
        bare.execute("COMMIT")
        bare.execute("DROP TABLE scratch")
    committed = seconds(lambda: import_practices(by, preview.plan))
    yield Line(f"import of {many:,} rows, to commit", f"{committed:.1f} s", f"bare executemany {engine:.2f} s",
               committed / engine, "<= 3 s", committed <= 3)  # fmt: skip


def _backup(bench: Bench, entered: entrance.Entered, work: str) -> Iterator[Line]:
    source = entered.session.opened.database
    copied = seconds(lambda: _copy_durably(source, bench.work / "copy.db"))
    (bench.work / "copy.db").unlink()
    took = seconds(lambda: entrance.back_up(entered.session, bench.work / "copies", clock.now()))
    shutil.rmtree(bench.work / "copies")
    yield Line(f"{work}, {mb(source.stat().st_size)}", f"{took:.1f} s", f"bare file copy {copied:.1f} s",
               took / copied, "<= 5 s", took <= 5)  # fmt: skip


def _copy_durably(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)
    with target.open("r+b") as file:
        os.fsync(file.fileno())


def _store_letters(opened: Opened) -> None:
    """The bytes of each sent letter, as large as one of ours really is, and what they share."""
    from desktop.paper.shared import shared_parts

    size, chance = _own_bytes(), random.Random(9)
    with signed_in(opened), database.atomic():
        for part in shared_parts(_real_letter(1).letterhead):
            SharedPart.insert(sha256=sha256(part).hexdigest(), bytes=part).execute()
        ids = [row[0] for row in Letter.select(Letter.id).where(Letter.state == "sent").tuples()]
        rows = ((f"{chance.getrandbits(128):032x}", 1, each, chance.randbytes(size), "") for each in ids)
        insert = f'INSERT INTO "{LetterPdf._meta.table_name}" (uid, version, letter_id, bytes, sha256, parts) VALUES (?, ?, ?, ?, ?, \'\')'  # noqa: S608, E501 - own names
        database.connection().executemany(insert, rows)
    say(f"  stored {len(ids)} letters of {size} bytes")


# ---- letters ----


def letters(bench: Bench) -> Iterator[Line]:
    """Letters a second, one file each and one file for all, beside LibreOffice with the same content."""
    from desktop.paper.letter import render, render_batch

    many, folder = bench.fewer(200), bench.work / "letters"
    folder.mkdir()
    render(_real_letter(0))

    def one_each() -> None:
        for at in range(many):
            (folder / f"{at}.pdf").write_bytes(render(_real_letter(at)))

    def all_in_one() -> None:
        (folder / "all.pdf").write_bytes(render_batch(map(_real_letter, range(many))))

    each, batch = (many / median(often(work, 3)) for work in (one_each, all_in_one))
    peers = _writer(bench, many) if bench.soffice else (0.0, 0.0)
    for work, ours, peer, least in (("one file each", each, peers[0], 12), ("one file for all", batch, peers[1], 4)):
        told = f"LibreOffice {peer:.0f}/s" if peer else "skipped: LibreOffice not installed"
        yield Line(f"letters with logo and hexagon, {work}", f"{ours:.0f}/s", told, ours / peer if peer else None,
                   f">= {least} x", ours / peer >= least if peer else None)  # fmt: skip
    whole, own = len(render(_real_letter(1))), _own_bytes()
    yield Line("a letter as it is kept", f"{own / 1000:.1f} kB", f"the whole file {whole / 1000:.1f} kB", own / whole)
    yield _printing(bench)


@cache
def _logo() -> bytes:
    """Shades and a rim, as large as an organisation's is kept."""
    from PIL import Image, ImageDraw

    from desktop.paper.images import printable_image

    drawn = Image.merge("RGB", [Image.radial_gradient("L").resize((900, 300)) for _colour in range(3)])
    ImageDraw.Draw(drawn).ellipse((250, 20, 650, 280), fill="#7a3cff", outline="white", width=12)
    written = BytesIO()
    drawn.save(written, "PNG")
    return printable_image(written.getvalue())


def _real_letter(at: int) -> "LetterContent":
    """As one is fixed: letterhead with logo, address, four headings, hexagon with figures, code."""
    from desktop.rules.lettercode import code
    from tests.paper.samples import HEAD, LETTER, MARKS

    return replace(
        LETTER, letterhead=replace(HEAD, logo=_logo()), marks=MARKS, code=code(at + 1),
        address=(f"Huisartsenpraktijk De Linde {at}", *LETTER.address[1:]),
        subject=f"Betreft: mw. A. van der Meer-de Wit {at}, geb. 03-04-1951",
    )  # fmt: skip


def _own_bytes() -> int:
    """What a fixed letter adds to the file, beside what all letters share."""
    from desktop.paper.letter import render
    from desktop.paper.shared import shared_parts

    content = _real_letter(1)
    own = render(content)
    for part in shared_parts(content.letterhead):
        own = own.replace(part, b"")
    return len(packed(own))


def _printing(bench: Bench) -> Line:
    """The longest time in which the window does nothing else while a batch goes to a printer of 600 dots an inch."""
    from PySide6.QtCore import QTimer
    from PySide6.QtPrintSupport import QPrinter

    from desktop.paper.letter import render
    from desktop.widgets.printing import Piece, Printing

    make_application([], Settings.in_memory())
    many = bench.fewer(500)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(bench.work / "printed.pdf"))
    job = Printing(printer, [Piece(f"{at}", lambda at=at: render(_real_letter(at))) for at in range(many)])  # type: ignore[misc]
    ends: list[bool] = []
    job.ended.connect(lambda how: ends.append(how.whole))
    beats: list[float] = []
    heart = QTimer(interval=0)
    heart.timeout.connect(lambda: beats.append(time.perf_counter()))
    heart.start()
    job.start()
    while not ends:
        QApplication.processEvents()
    heart.stop()
    (bench.work / "printed.pdf").unlink()
    gaps = [after - before for before, after in pairwise(beats)]
    work = f"window blocked at most, {many} letters printed ({many / (beats[-1] - beats[0]):.1f}/s)"
    told = f"{ms(max(gaps))} (p95 {ms(p95(gaps))})"
    return Line(work, told, target="<= 100 ms", met=ends[0] and max(gaps) <= 0.1)


def _writer(bench: Bench, many: int) -> tuple[float, float]:
    """Letters a second by LibreOffice in one call: files, and pages of one file."""
    folder, out = bench.work / "writer", bench.work / "pdf"
    folder.mkdir()
    for at in range(many):
        (folder / f"{at}.fodt").write_text(_flat_letters([at]), "utf-8")
    (bench.work / "all.fodt").write_text(_flat_letters(range(many)), "utf-8")
    command = [bench.soffice, f"-env:UserInstallation=file://{bench.work}/writer-user", "--headless", "--convert-to",
               "pdf", "--outdir", str(out)]  # fmt: skip

    def convert(files: Sequence[Path]) -> float:
        return seconds(lambda: subprocess.run([*command, *map(str, files)], capture_output=True, check=True))

    convert([folder / "0.fodt"])  # the first call makes the profile
    alone = many / convert(sorted(folder.iterdir()))
    return alone, many / convert([bench.work / "all.fodt"])


FLAT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text"><office:automatic-styles>
<style:style style:name="New" style:family="paragraph"><style:paragraph-properties fo:break-before="page"/>
</style:style>
<style:style style:name="On" style:family="paragraph"/>
<style:style style:name="Bold" style:family="paragraph"><style:text-properties fo:font-weight="bold"/></style:style>
</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document>"""


def _flat_letters(numbers: Sequence[int]) -> str:
    """The same letters as LibreOffice reads them: words, logo, the lines of the hexagon and its figures."""
    return FLAT.format(body="".join(_flat_letter(_real_letter(at)) for at in numbers))


def _flat_letter(content: "LetterContent") -> str:
    from desktop.paper.codes import code128
    from desktop.paper.letterplan import web

    head, closing, bars = content.letterhead, content.closing, code128(content.code)
    drawn = (
        _flat_image(head.logo or b"", 100, 0, 39, 13),
        _flat_image(_svg(web(content)), 60, 150, 62, 62),
        _flat_image(_svg_of_bars(bars.rows[0]), 100, 220, bars.width, 4.4),
    )
    texts = [
        (head.name, "Bold"), (" · ".join((*head.lines, head.phone)), "On"), *((line, "On") for line in content.address),
        *((f"{label} {value}", "On") for label, value in content.references), (content.subject, "Bold"),
        (content.kind, "On"), (content.salutation, "On"),
        *((part, style) for pair in content.core for part, style in zip(pair, ("Bold", "On"), strict=True)),
        (closing.name, "Bold"), (f"{closing.role} {closing.phone}", "On"), (content.code, "On"), (content.footer, "On"),
    ]  # fmt: skip
    body = "".join(f'<text:p text:style-name="{style}">{escape(text)}</text:p>' for text, style in texts)
    return f'<text:p text:style-name="New">{"".join(drawn)}</text:p>{body}'


def _flat_image(data: bytes, x: float, y: float, wide: float, high: float) -> str:
    place = f'svg:x="{x}mm" svg:y="{y}mm" svg:width="{wide}mm" svg:height="{high}mm"'
    return (
        f'<draw:frame text:anchor-type="paragraph" {place}><draw:image>'
        f"<office:binary-data>{b64encode(data).decode('ascii')}</office:binary-data></draw:image></draw:frame>"
    )


def _svg(picture: drawing.Picture) -> bytes:
    """The hexagon with its labels and figures, as one picture."""
    shapes = []
    for shape in picture.shapes:
        match shape:
            case drawing.Line():
                shapes.append(f'<path d="M{shape.x1} {shape.y1}L{shape.x2} {shape.y2}" stroke="#0b6b6b"/>')
            case drawing.Polygon():
                points = " ".join(f"{x},{y}" for x, y in shape.points)
                shapes.append(f'<polygon points="{points}" fill="none" stroke="#c9d0d8"/>')
            case drawing.Circle():
                shapes.append(f'<circle cx="{shape.x}" cy="{shape.y}" r="{shape.r}"/>')
            case drawing.Words():
                shapes.append(f'<text x="{shape.x}" y="{shape.y}" font-size="{shape.size}">{escape(shape.text)}</text>')
    return _whole_svg(picture.width, picture.height, "".join(shapes))


def _svg_of_bars(row: Sequence[bool]) -> bytes:
    bars = "".join(f"M{at} 0h1v12h-1z" for at, dark in enumerate(row) if dark)
    return _whole_svg(len(row), 12, f'<path d="{bars}"/>')


def _whole_svg(wide: float, high: float, inside: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}">{inside}</svg>'.encode()


# ---- the package ----


def package(bench: Bench) -> Iterator[Line]:
    """What has to be downloaded, and what it takes on disk."""
    if not PACKAGE.is_dir():
        yield Line("package", "skipped: not built (make package)", target="<= 150 MB, <= 48 MB packed")
        return
    size = sum(path.stat().st_size for path in PACKAGE.rglob("*") if path.is_file() and not path.is_symlink())
    yield Line("package on disk", mb(size), target="<= 150 MB", met=size <= 150_000_000)
    packed = bench.work / "wijkrecept.tar.xz"
    subprocess.run(["tar", "-cJf", str(packed), "-C", str(PACKAGE.parent), PACKAGE.name], check=True,
                   env={**os.environ, "XZ_OPT": "-T2 -6"})  # fmt: skip
    download = packed.stat().st_size
    yield Line("package as .tar.xz", mb(download), target="<= 48 MB", met=download <= 48_000_000)


# ---- the table ----

PARTS: dict[str, Callable[[Bench], Iterator[Line]]] = {
    "start": start, "search": searching, "lists": ten_years, "letters": letters, "package": package,
}  # fmt: skip


@contextmanager
def a_screen() -> Iterator[str]:
    """A display of our own to put windows on; "" without an X server."""
    if not shutil.which("Xvfb") or not shutil.which("xdotool"):
        yield ""
        return
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24", "-noreset", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        yield ":" + os.read(reading, 16).decode().strip()
    finally:
        server.terminate()
        server.wait()
        os.close(reading)


def say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 - the bench speaks to whoever runs it


def show(lines: Sequence[Line]) -> None:
    """All rows as one table."""
    head = ("work", "ours", "peer or bare engine", "ratio", "target", "met?")
    rows = [head, *(line.cells() for line in lines)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(head))]
    for number, row in enumerate(rows):
        say(" | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
        if not number:
            say("-|-".join("-" * width for width in widths))


def main(asked: Sequence[str]) -> None:
    chosen = [name for name in PARTS if name in asked] or list(PARTS)
    lines: list[Line] = []
    with tempfile.TemporaryDirectory(prefix="wijkrecept-bench-") as folder, a_screen() as screen:
        bench = Bench(Path(folder), "small" in asked, screen=screen)
        for name in chosen:
            say(f"{name} ...")
            for line in PARTS[name](bench):
                say("  " + " | ".join(cell for cell in line.cells() if cell))
                lines.append(line)
    say("")
    show(lines)
    missed = [line.work for line in lines if line.met is False]
    say(f"\n{sum(line.met is True for line in lines)} targets met, {len(missed)} missed: {', '.join(missed) or 'none'}")


if __name__ == "__main__":
    main(sys.argv[1:])
