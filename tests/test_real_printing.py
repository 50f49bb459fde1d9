"""A letter through a real print server: the page that comes out, measured with a ruler and read by a scanner.

The server is CUPS, started here on a port of this computer alone, with folders of its own; nothing of the system's is
touched. Its printer is the generic one for PDF, which writes what it would print to a file.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QElapsedTimer

from desktop.paper import letter
from desktop.rules.lettercode import code
from desktop.rules.letters import Fold, LetterContent, Window
from desktop.widgets.printing import open_pdf
from tests.paper import scanning
from tests.paper.samples import HEAD, LETTER, MARKS, picture

CUPSD = shutil.which("cupsd", path=os.environ.get("PATH", "") + ":/usr/sbin")
PRINTER = "Brieven"
DOTS = 300  # an inch
DOT = 25.4 / DOTS
NEAR = 0.5  # mm
PATIENCE = 30_000
WHOLE = replace(LETTER, code=code(412), marks=MARKS, letterhead=replace(HEAD, logo=picture("JPEG", (600, 200))))
pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not CUPSD or not shutil.which("lpadmin"), reason="no CUPS here (apt-get install cups)"),
]
FILES = """ServerRoot {0}
RequestRoot {0}/spool
TempDir {0}/spool/tmp
CacheDir {0}/cache
StateDir {0}/state
AccessLog {0}/access
ErrorLog {0}/error
PageLog {0}/page
FileDevice Yes
Sandboxing relaxed
Printcap
"""
SERVER = """Listen 127.0.0.1:{0}
Browsing No
WebInterface No
DefaultAuthType None
PreserveJobFiles No
<Location />
  Order allow,deny
  Allow localhost
</Location>
<Policy default>
  <Limit All>
    Order allow,deny
    Allow localhost
  </Limit>
</Policy>
"""
PRINT = """
import sys
from pathlib import Path
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QApplication
import desktop.widgets
from desktop.widgets.printing import Piece, Printing
program = QApplication([])
known = QPrinterInfo.printerInfo(sys.argv[1])
assert not known.isNull(), QPrinterInfo.availablePrinterNames()
pieces = [Piece(path, Path(path).read_bytes) for path in sys.argv[2:]]
job = Printing(QPrinter(known, QPrinter.PrinterMode.HighResolution), pieces)
job.ended.connect(lambda how: program.exit(0 if how.whole else 1))
job.start()
sys.exit(program.exec())
"""


@dataclass(frozen=True)
class Office:
    """A print server with one printer."""

    folder: Path
    address: str

    def ask(self, *command: str) -> str:
        surroundings = {**os.environ, "CUPS_SERVER": self.address, "QT_QPA_PLATFORM": "offscreen"}
        done = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)
        assert done.returncode == 0, (command, done.stdout, done.stderr, self.told())
        return done.stdout

    def told(self) -> str:
        log = self.folder / "error"
        return log.read_text("utf-8")[-2000:] if log.exists() else ""

    def print_letters(self, contents: Sequence[LetterContent]) -> bytes:
        """As the program prints: our own printing code, Qt's way to CUPS; answers what came out of the printer."""
        paths = []
        for at, content in enumerate(contents):
            paths.append(self.folder / f"{at}.pdf")
            paths[-1].write_bytes(letter.render(content))
        self.ask(sys.executable, "-c", PRINT, PRINTER, *map(str, paths))
        _wait_until(lambda: not self.ask("lpstat", "-W", "not-completed", "-o"), self)
        return (self.folder / "printed.pdf").read_bytes()


@pytest.fixture(scope="module")
def office() -> Iterator[Office]:
    with tempfile.TemporaryDirectory(prefix="wijkrecept-cups-") as name, socket.socket() as free:
        folder = Path(name)
        folder.chmod(0o755)  # the server's filters run as somebody else when it is started by root
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        for part in ("spool/tmp", "cache", "state"):
            (folder / part).mkdir(parents=True)
        (folder / "files.conf").write_text(FILES.format(folder), "utf-8")
        (folder / "server.conf").write_text(SERVER.format(port), "utf-8")
        made = Office(folder, f"127.0.0.1:{port}")
        server = subprocess.Popen(
            [str(CUPSD), "-f", "-c", str(folder / "server.conf"), "-s", str(folder / "files.conf")],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            listens = ["lpstat", "-h", made.address, "-r"]
            _wait_until(lambda: b"is running" in subprocess.run(listens, capture_output=True, check=False).stdout, made)
            _add_printer(made)
            yield made
        finally:
            server.terminate()
            server.wait(20)


def _add_printer(office: Office) -> None:
    drivers = office.ask("lpinfo", "-m").splitlines()
    generic = next((line.split()[0] for line in drivers if line.endswith("Generic PDF Printer")), "")
    if not generic:
        pytest.skip("CUPS has no generic PDF printer here (apt-get install cups-filters)")
    device = f"file:{office.folder / 'printed.pdf'}"
    office.ask("lpadmin", "-p", PRINTER, "-E", "-v", device, "-m", generic, "-o", "PageSize=A4")


def _wait_until(done: Callable[[], bool], office: Office) -> None:
    """Ask again until it is so; each question takes a few milliseconds."""
    timer = QElapsedTimer()
    timer.start()
    while not done():
        assert timer.elapsed() < PATIENCE, office.told()


def ink(page: Image.Image, left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
    """Where there is ink in a part of the page: left, top, right, bottom, in mm from the paper's corner."""
    at = (round(left / DOT), round(top / DOT), round(right / DOT), round(bottom / DOT))
    box = page.crop(at).point(lambda value: 255 if value < 170 else 0).getbbox()
    assert box is not None, "nothing is printed there"
    return left + box[0] * DOT, top + box[1] * DOT, left + box[2] * DOT, top + box[3] * DOT


@pytest.mark.parametrize(("window", "fold"), [("right", "DL"), ("left", "DL"), ("right", "C5")])
def test_the_page_that_comes_out_is_right_to_half_a_millimetre(
    qapp: object, office: Office, window: Window, fold: Fold
) -> None:
    content = replace(WHOLE, window=window, fold=fold, back_to=())
    printed = office.print_letters([content])
    assert open_pdf(printed).document.pageCount() == 1
    page, meant = scanning.dots(printed, DOTS), scanning.dots(letter.render(content), DOTS)
    assert (page.width * DOT, page.height * DOT) == pytest.approx((210, 297), abs=NEAR)

    first = {"left": 35.0, "right": 105.0}[window]
    left, top, right, bottom = ink(page, first - 5, 45, first + 72, 88)
    assert left == pytest.approx(first, abs=NEAR)
    assert (top + bottom) / 2 == pytest.approx(63.5, abs=NEAR + 0.5)  # an address line has more above than below
    assert first - NEAR <= left
    assert right <= first + 70
    assert top >= 46
    assert bottom <= 81

    mark = ink(page, 0, 90, 12, 175)
    crease = {"DL": 107.0, "C5": 158.0}[fold]
    assert (mark[1] + mark[3]) / 2 == pytest.approx(crease, abs=NEAR)
    assert (mark[0], mark[2]) == pytest.approx((4, 8), abs=NEAR)

    for place in ((30, 100, 180, 112), (first - 5, 45, first + 72, 88), (100, 270, 180, 283), (30, 10, 180, 35)):
        assert ink(page, *place) == pytest.approx(ink(meant, *place), abs=NEAR)
    say(f"\n  {window} window, fold {fold}: address at {left:.2f} mm, {top:.1f}-{bottom:.1f} mm, "
        f"fold mark at {(mark[1] + mark[3]) / 2:.2f} mm")  # fmt: skip


def test_the_code_is_read_back_from_the_printed_page(qapp: object, office: Office) -> None:
    page = scanning.dots(office.print_letters([WHOLE]), DOTS)
    assert scanning.codes(page) == {("Code128", WHOLE.code)}
    assert scanning.codes(scanning.faxed(page)) == {("Code128", WHOLE.code)}


def test_a_small_batch_comes_out_as_one_job_in_its_order(qapp: object, office: Office) -> None:
    contents = [replace(WHOLE, code=code(number)) for number in (7, 8, 9)]
    jobs = office.ask("lpstat", "-W", "completed", "-o").count(PRINTER)
    printed = office.print_letters(contents)

    assert office.ask("lpstat", "-W", "completed", "-o").count(PRINTER) == jobs + 1
    codes = [scanning.codes(scanning.dots(printed, DOTS, page)) for page in range(3)]
    assert codes == [{("Code128", content.code)} for content in contents]
    assert not list((office.folder / "spool").glob("d*"))  # the server keeps no copy of what it printed


@pytest.mark.parametrize(
    "usual",
    ["fit-to-page-default=true", "number-up-default=2", "orientation-requested-default=4", "scaling-default=80"],
)
def test_what_is_usual_for_a_printer_does_not_move_the_address(qapp: object, office: Office, usual: str) -> None:
    name = usual.partition("-default")[0]
    office.ask("lpadmin", "-p", PRINTER, "-o", usual)
    try:
        page = scanning.dots(office.print_letters([WHOLE]), DOTS)
    finally:
        office.ask("lpadmin", "-p", PRINTER, "-R", f"{name}-default")
    meant = scanning.dots(letter.render(WHOLE), DOTS)
    assert (page.width * DOT, page.height * DOT) == pytest.approx((210, 297), abs=NEAR)
    for place in ((100, 45, 177, 88), (0, 90, 12, 175), (30, 100, 180, 112)):
        assert ink(page, *place) == pytest.approx(ink(meant, *place), abs=NEAR)


def say(line: str) -> None:
    print(line)  # noqa: T201 - a line of figures in make long
