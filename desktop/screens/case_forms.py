"""The form of a deed on a case: new, or on file with its version and the way to take it back. Knows no deed."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.drawing import hexagon
from desktop.errors import Doubtful, Refused
from desktop.language import _
from desktop.rules.codes import MARKS
from desktop.rules.moves import MOVABLE
from desktop.rules.names import full
from desktop.rules.phones import show_phone
from desktop.screens.asked import LONGEST, WIDE, Asks
from desktop.screens.office import Office
from desktop.storage.changes import Record
from desktop.storage.deeds import find_case, find_deed
from desktop.storage.models import Voucher
from desktop.widgets import parts, theme
from desktop.widgets.editors import Editor
from desktop.widgets.fields import Text, marks
from desktop.widgets.form import Card, Extra, Form
from desktop.widgets.picture import PictureView

MOVED_AS = {kind.table: name for name, kind in MOVABLE.items()}


class CaseForm(Form):
    """Of a deed on a case: once either of them was moved there is nothing to store here any more, or not unseen."""

    whose: tuple[int, int] | None = None  # the case and the person it is about, as it was opened
    look: Callable[[], tuple[int, int] | None] = staticmethod(lambda: None)
    moved: Callable[[int], str] = staticmethod(lambda voucher_id: "")

    def submit(self, *, sure: bool = False, then: Callable[[Any], object] | None = None) -> None:
        now = self._elsewhere()
        if now is None:
            super().submit(sure=sure, then=then)
            return
        self.whose = now  # asked once: whoever goes on knows whose it is
        self.notice.ask(self.moved(now[0]), [(_("Save it there"), partial(self.submit, sure=sure, then=then))])

    def _elsewhere(self) -> tuple[int, int] | None:
        """With which case and whom it stands now, when that is not as it was opened."""
        now = self.look() if self.whose is not None else None
        return now if now != self.whose else None

    def refresh(self) -> None:
        now = self._elsewhere()
        if now is None:
            return
        if self.is_edited():
            self.notice.say(self.moved(now[0]))
        else:
            QTimer.singleShot(0, self, self.closed.emit)


def note_field(label: str = "", lines: int = 2) -> Text:
    return Text("note", label or _("Note"), lines=lines, width=WIDE, limit=LONGEST)


def case_or_none(office: Office, voucher_id: int) -> Voucher | None:
    return office.desk.look(find_case, voucher_id)


def deed_or_none(office: Office, kind: str, deed_id: int | None) -> Any:
    return office.desk.look(find_deed, kind, deed_id) if deed_id is not None else None


def case_form(
    office: Office,
    title: str,
    cards: Sequence[Card],
    draft: Callable[..., Any],
    save: Callable[..., Any],
    values: dict[str, Any],
    *,
    key: str,
    old: Record | None = None,
    take_back: Callable[..., Any] | None = None,
    extras: Sequence[Extra] = (),
    side: QWidget | None = None,
    save_text: str = "",
) -> Form:
    """A form of a new deed, or of one on file with its version and the way to take it back."""
    form: CaseForm
    buttons = list(extras)
    if old is not None:
        values = {**values, "id": old.id, "version": old.version}
        if take_back is not None:
            buttons.insert(0, Extra(_("Take back"), on=lambda: _take_back(office, form, take_back, old)))
        if kind := MOVED_AS.get(str(type(old)._meta.table_name)):
            elsewhere = partial(office.open, "move_deed_to", kind=kind, deed_id=old.id)
            buttons.insert(1, Extra(_("Belongs to somebody else"), on=elsewhere))
    form = CaseForm(
        office.desk,
        title,
        cards,
        draft,
        save,
        values=values,
        key=f"{key}:{old.id}" if old is not None else key,
        keep=office.keep,
        extra_buttons=buttons,
        side=side,
        save_text=save_text,
    )
    form.look = partial(_whose, office, values.get("voucher_id"), old)
    form.whose, form.moved = form.look(), partial(_moved_words, office)
    return form


def _whose(office: Office, voucher_id: int | None, old: Record | None) -> tuple[int, int] | None:
    """The case and the person that a form is about now."""
    if old is not None and (kind := MOVED_AS.get(str(type(old)._meta.table_name))):
        deed: Any = office.desk.look(find_deed, kind, old.id, refused=_unsaid)
        return (deed.voucher_id, deed.person_id) if deed is not None else None
    case = office.desk.look(find_case, voucher_id, refused=_unsaid) if voucher_id else None
    return (case.id, case.person_id) if case is not None else None


def _unsaid(_refusal: Refused) -> None:
    """What is gone is said when it is saved."""


def _moved_words(office: Office, voucher_id: int) -> str:
    case = case_or_none(office, voucher_id)
    assert case is not None
    said = _("Meanwhile this was moved: it stands with voucher {number} of {name} now. Look there before you save.")
    return said.format(number=case.number, name=full(case.person.known_as))


def _take_back(office: Office, form: Form, take_back: Callable[..., Any], old: Record) -> None:
    """Gone from the story, with one undo away from being back."""
    ask_take_back(office, form, lambda by, **sure: take_back(by, old.id, old.version, **sure))


def ask_take_back(office: Office, form: Form, take_back: Callable[..., Any], **sure: bool) -> None:
    """Asked first when something would come back otherwise than it was."""

    def refused(refusal: Refused) -> None:
        if not isinstance(refusal, Doubtful):
            form.complain(refusal)
            return
        go_on = partial(ask_take_back, office, form, take_back, sure=True)
        form.notice.ask(refusal.sentence(), [(_("That is right, take it back"), go_on)])

    office.desk.perform(
        partial(take_back, **sure),
        said=_("Deed taken back"),
        refused=refused,
        done=lambda _result: form.throw_away(),
    )


def follow(form: Form, name: str, wanted: Callable[[], bool]) -> None:
    """Show a field only while it applies."""

    def look() -> None:
        form.show_field(name, wanted())

    form.edited.connect(look)
    look()


def value_of(editor: Editor) -> Any:
    """What stands in an editor, None while it cannot be read."""
    try:
        return editor.value()
    except Refused:
        return None


def gp_field() -> Text:
    """What funders ask at the start and again three months on."""
    return Asks("intake").text("gp_contacts", help=_("In the last 3 months"))


def attendance_fields() -> list[Text]:
    """Where it was counted or somebody told it: both numbers, or neither."""
    ask = Asks("enrolment")
    return [ask.text("times_present"), ask.text("times_held")]


def marks_card() -> Card:
    return Card(
        _("Six marks from 0 to 10, as the person gives them"),
        [marks(name, _(label), width=1) for name, label in MARKS.items()],
        columns=2,
    )


def phone_card(title: str, phone: str, *below: QWidget) -> QWidget:
    """A number to dial, large enough to read from the telephone; below it what is told."""
    number = parts.label(show_phone(phone) if phone else _("no phone number"), "large")
    return parts.column(parts.card(title, number), *below, None, gap=12)


class Conversation(QWidget):
    """The six marks as a hexagon beside the form."""

    def __init__(self) -> None:
        super().__init__()
        self.picture = PictureView(None, _("Conversation picture"))
        hint = parts.label(_("A picture of the talk, not a measurement."), "help")
        layout = QVBoxLayout(self)
        theme.space(layout, 0)
        parts.fill(layout, parts.card(_("Conversation picture"), self.picture, hint), None)

    def draw(self, form: Form) -> None:
        """Paint the marks picked so far."""
        given = [(_(label), value_of(form.editor(name))) for name, label in MARKS.items()]
        self.picture.set_picture(hexagon(given, size=200))
