"""What the letter page is made of: the paper beside the text, and sentences about a letter. Performs nothing."""

from datetime import date

from PySide6.QtCore import QEvent, QSize
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop.actions.letter_looks import OpenLetter, count_lines
from desktop.language import N_, _, current, ngettext
from desktop.rules.codes import LETTER_MOMENTS, LETTER_WAYS, word
from desktop.rules.dates import show_date, show_long
from desktop.rules.letter_envelope import named
from desktop.rules.letterdraft import passed_day, tidy
from desktop.rules.letters import LINES_PER_HEADING, WORDS_ENOUGH
from desktop.rules.tasks import who
from desktop.storage.models import Letter
from desktop.widgets import parts, theme
from desktop.widgets.preview import OpenPdf, open_pdf

SHORTEST = 420  # pixels of paper that can still be read
WAY_ICONS = {"text": "copy", "pdf": "file-pdf", "print": "printer", "told": "chats-circle"}
WAYS_DONE = {"text": N_("Copied as text"), "pdf": N_("Saved as PDF"), "print": N_("Printed"),
             "told": N_("Told in the meeting")}  # fmt: skip


class Paper(QWidget):
    """The letter as it will be printed; while it does not fit it says so above it."""

    def __init__(self) -> None:
        super().__init__()
        self.view = QPdfView(self)
        self.view.setPageMode(QPdfView.PageMode.SinglePage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.view.setAccessibleName(_("The letter on paper"))
        self._words = parts.label("", "complaint")
        self._words.hide()
        self._open: OpenPdf | None = None
        layout = QVBoxLayout(self)
        theme.space(layout, 8)
        parts.fill(layout, self._words, self.view)
        layout.setStretch(1, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_pdf(self, pdf: bytes) -> None:
        """Show this paper, keeping the place that was looked at."""
        place = self.view.verticalScrollBar().value()
        before, self._open = self._open, open_pdf(pdf, self)
        self.view.setDocument(self._open.document)
        self.view.show()
        self.view.verticalScrollBar().setValue(place)
        if before is not None:
            before.document.deleteLater()
        self._words.hide()

    def show_complaint(self, sentence: str) -> None:
        """Say why what was typed cannot be on paper; below it stays the paper as it was before."""
        self._tell(sentence, "complaint")

    def show_none(self, sentence: str) -> None:
        """Say why there is no paper; the one before was of something else."""
        self._tell(sentence, "muted")
        self.view.hide()

    def _tell(self, sentence: str, role: str) -> None:
        self._words.setText(sentence)
        self._words.setProperty("role", role)
        theme.restyle(self._words)
        self._words.show()

    def complaint(self) -> str:
        return "" if self._words.isHidden() else self._words.text()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(SHORTEST), theme.px(560))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(240), SHORTEST)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()


def lines_echo(text: str) -> str:
    """How much of the room under a heading a text takes."""
    return _("{n} of {most} lines").format(n=count_lines(tidy(text)), most=LINES_PER_HEADING)


def lines_complaint(text: str) -> str:
    """What must go, or nothing."""
    beyond = count_lines(tidy(text)) - LINES_PER_HEADING
    if beyond <= 0:
        return ""
    return ngettext(
        "{n} line too many: shorten this text.", "{n} lines too many: shorten this text.", beyond
    ).format(n=beyond)


def passed_complaint(following: str, today: date) -> str:
    """That a day was promised which is over, or nothing."""
    day = passed_day(following, today)
    if day is None:
        return ""
    return _("{day} is over. Give another day, or fill the letter anew.").format(day=show_long(day, current()))


def words_sentence(count: int) -> str:
    """How much the doctor has to read."""
    said = ngettext("{n} word", "{n} words", count).format(n=count)
    if count > WORDS_ENOUGH:
        return _("{words}: doctors read short letters, {most} is plenty").format(words=said, most=WORDS_ENOUGH)
    return said


def way_words(way: str) -> str:
    """A way of sending in the middle of a sentence: "print", but "PDF by secure mail"."""
    words = word(LETTER_WAYS, way)
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def kind_of(letter: Letter) -> str:
    kind = word(LETTER_MOMENTS, letter.moment)
    return _("{kind} (copy to the referrer)").format(kind=kind) if letter.copy_of_id is not None else kind


def about_whom(letter: Letter) -> str:
    """mevrouw Van der Meer, to S. Bos, POH-GGZ, Huisartsenpraktijk De Linde."""
    to = [letter.practice.name if letter.practice else ""]
    if letter.recipient is not None:
        to.insert(0, named(letter.recipient.addressed))
    return _("about {person}, to {recipient}").format(
        person=who(letter.person.known_as), recipient=", ".join(part for part in to if part)
    )


def state_of(letter: Letter, waits: bool = False) -> tuple[str, str]:
    """The state as a word with its tone."""
    if letter.withdrawn_on is not None:
        return _("Withdrawn"), "late"
    if letter.state == "sent":
        return _("Sent"), "well"
    if letter.state == "fixed":
        return (_("Confirm sending"), "soon") if waits else (_("Ready to send"), "news")
    return (_("Approved"), "well") if letter.approved_by_id is not None else (_("Concept"), "plain")


def address_sentence(opened: OpenLetter) -> str:
    """What changed in the address since the last letter to the same recipient."""
    if not opened.last_address:
        return ""
    return _("The address changed since the last letter. It was: {address}.").format(
        address=", ".join(" ".join(line.split()) for line in opened.last_address)
    )


def stopped_sentence(opened: OpenLetter) -> str:
    """Why it may not go out, in one line: the sentences that changed stand in a card of their own."""
    if not opened.overtaken:
        return opened.stopped
    return _("The records changed since this letter was filled. See “{card}”.").format(card=_("No longer right"))


def written_words(letter: Letter) -> str:
    """Who wrote it and when."""
    name = letter.written_by.name if letter.written_by else ""
    return _("written by {name} on {date}").format(name=name, date=show_date(letter.written_on))
