"""Letters that came back: recording one, and looking at the address. Must not know what letters say."""

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.actions.letter_content import recipient
from desktop.actions.letter_correcting import find_overtaken
from desktop.actions.returned_post import record_returned, settle_returned
from desktop.language import _
from desktop.rules.codes import LETTER_MOMENTS, word
from desktop.rules.dates import show_date
from desktop.rules.letter_envelope import address_lines
from desktop.rules.phones import show_phone
from desktop.rules.returned_post import REASONS, ReturnDraft
from desktop.rules.tasks import who
from desktop.screens.asked import WIDE, Asks
from desktop.screens.facts import FactsPage, fact_lines
from desktop.screens.office import Office, PageMaker
from desktop.screens.parts_of_a_case import Gone
from desktop.storage.letters import Route, content_of
from desktop.storage.models import Letter, Practice, ReturnedPost
from desktop.storage.practices import find_practice
from desktop.storage.returned_post import find_letter, list_returned, list_still_here
from desktop.widgets import parts
from desktop.widgets.flow import flowing
from desktop.widgets.form import Card, Form
from desktop.widgets.pages import Page
from desktop.widgets.rows import Row, Rows


def came_back(office: Office, letter_id: int) -> Page:
    """When it came back and what stood on the envelope; then the address is looked at."""
    letter = office.desk.look(find_letter, letter_id)
    if letter is None:
        return Gone(_("A letter came back"))
    ask = Asks("returned_post", office.today)
    form = Form(
        office.desk,
        _("A letter came back"),
        [
            Card(
                _title(letter),
                [
                    ask.text("returned_on", required=True),
                    ask.switch("why", width=WIDE),
                ],
            )
        ],
        ReturnDraft,
        record_returned,
        values={"letter_id": letter_id, "returned_on": office.today},
        key=f"came_back {letter_id}",
        keep=office.keep,
        said=_("Recorded: the letter came back"),
        place="letters",
    )
    form.saved.connect(lambda made: office.open("returned", practice_id=made.practice_id))
    return form


class Returned(FactsPage):
    """The practice's phone large, the address on the letter beside the one of now, and one key for what came of it."""

    place = "letters"

    def __init__(self, office: Office, practice_id: int) -> None:
        super().__init__()
        self._office, self._id = office, practice_id
        self.title = _("Returned post")
        self._found: list[ReturnedPost] = []
        self._still_here: list[Letter] = []
        self.outcomes: list[QPushButton] = []
        for key, deed in (("1", self.change_address), ("2", self.address_is_right), ("3", self.sent_another_way)):
            QShortcut(QKeySequence(key), self, deed)
        self.refresh()

    def refresh(self) -> None:
        practice = self._office.desk.look(find_practice, self._id)
        self._found = self._office.desk.look(list_returned, self._id) or []
        self._still_here = self._office.desk.look(list_still_here, self._id) or []
        if practice is not None:
            self.show_anew(partial(self._made, practice))

    def first_focus(self) -> QWidget | None:
        return self.outcomes[0] if self._found else self.rows if self._still_here else None

    def change_address(self) -> None:
        """The form of the practice; saving another address settles what came back."""
        if self._found:
            self._office.open("edit_practice", practice_id=self._id)

    def address_is_right(self) -> None:
        """Send it again as it is."""
        self._settle("address_right", _("Settled: the letter can be sent again as it is"))

    def sent_another_way(self) -> None:
        """It goes by secure mail or into the practice's system instead."""
        self._settle("other_way", _("Settled: send it another way"))

    def _settle(self, how: str, said: str) -> None:
        if not self._found:
            return
        letters = [each.letter_id for each in self._found]

        def settled(_practice: Practice) -> None:
            if len(letters) == 1:
                self._office.open("letter", letter_id=letters[0])

        self._office.desk.perform(settle_returned, self._id, how, said=said, done=settled)

    # -- parts -------------------------------------------------------------------------------------------

    def _made(self, practice: Practice) -> QWidget:
        head = parts.header(practice.name, under=self.title)
        call = parts.card(_("Call the practice"), parts.title(show_phone(practice.phone) or _("no phone number")))
        outcomes = [self._outcome_card()] if self._found else []
        addresses = [self._addresses(practice)] if self._found else []
        side = parts.column(*addresses, *outcomes, None, gap=12)
        body = parts.Beside(parts.column(call, *self._letters_cards(), None, gap=12), side)
        return parts.column(head, body, None, gap=12, margins=(24, 16, 24, 16))

    def _letters_cards(self) -> list[QWidget]:
        """What is still to be settled, and what was settled and has not gone out again."""
        self.rows = self._letter_rows(_("What came back"), [_row(each) for each in self._found])
        if not self._found and not self._still_here:
            return [parts.card(_("What came back"), parts.label(_("Nothing: everything was settled."), "muted"))]
        cards: list[QWidget] = [parts.card(_("What came back"), self.rows, flush=True)] if self._found else []
        if self._still_here:
            shown = [self._waiting_row(each) for each in self._still_here]
            waiting = self._letter_rows(_("Still to be sent again"), shown)
            cards.append(parts.card(_("Still to be sent again"), waiting, flush=True))
            self.rows = self.rows if self._found else waiting
        return cards

    def _letter_rows(self, name: str, shown: list[Row]) -> Rows:
        rows = Rows(name, grow=True, framed=False)
        rows.set_rows(shown)
        for signal in (rows.chosen, rows.acted):
            signal.connect(lambda letter_id: self._office.open("letter", letter_id=letter_id))
        return rows

    def _waiting_row(self, letter: Letter) -> Row:
        overtaken = bool(self._office.desk.look(find_overtaken, letter.id))
        return Row(
            letter.id,
            "envelope-simple",
            _title(letter),
            subtitle=_("write it anew from the records") if overtaken else _("can be sent as it is"),
            action=_("Open"),
            lead=show_date(letter.written_on),
        )

    def _addresses(self, practice: Practice) -> QWidget:
        letters = [each.letter for each in self._found]
        used = dict.fromkeys(_lines(content_of(letter).address) for letter in letters)
        now = dict.fromkeys(_lines(_address_now(practice, letter)) for letter in letters)
        facts = [*((_("On the letter"), each) for each in used), *((_("We have now"), each) for each in now)]
        return parts.card(_("Address"), *fact_lines(facts))

    def _outcome_card(self) -> QWidget:
        self.outcomes = [
            _outcome(1, _("Change the address"), self.change_address),
            _outcome(2, _("The address is right, send it again"), self.address_is_right),
            _outcome(3, _("Send it another way"), self.sent_another_way),
        ]
        return parts.card(_("What came of it"), flowing(*self.outcomes))


def _outcome(number: int, text: str, deed: Callable[[], object]) -> QPushButton:
    button = parts.button(f"{number}  {text}", on=deed)
    button.setAccessibleName(text)
    button.setAccessibleDescription(_("key {n}").format(n=number))
    return button


def _row(returned: ReturnedPost) -> Row:
    letter = returned.letter
    return Row(
        letter.id,
        "envelope-simple",
        _title(letter),
        subtitle=f"{letter.voucher.number} · {word(REASONS, returned.why)}",
        action=_("Open"),
        lead=show_date(returned.returned_on),
    )


def _title(letter: Letter) -> str:
    return f"{word(LETTER_MOMENTS, letter.moment)}: {who(letter.person.known_as)}"


def _address_now(practice: Practice, letter: Letter) -> tuple[str, ...]:
    return address_lines(recipient(Route(practice, letter.recipient)))


def _lines(address: tuple[str, ...]) -> str:
    """An address on one line."""
    return ", ".join(" ".join(line.split()) for line in address if line.strip())


PAGES: dict[str, PageMaker] = {"came_back": came_back, "returned": Returned}
