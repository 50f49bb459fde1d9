"""What was recorded with the wrong person: choosing whose it is, what goes along, and moving it. Knows no rules."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer

from desktop.actions.case_moves import look_at_case_move, move_case
from desktop.actions.letter_moves import look_at_letter_move, move_letter
from desktop.actions.moves import MovePlan, look_at_move, move_deed
from desktop.errors import Refused
from desktop.language import _, ngettext
from desktop.rules.codes import STATUSES, word
from desktop.rules.dates import show_birth_date, show_date
from desktop.rules.deed_kinds import DEED_KINDS
from desktop.rules.history import KINDS
from desktop.rules.moves import MoveCaseDraft, MoveDraft, MoveLetterDraft
from desktop.rules.names import full
from desktop.rules.people import PersonDraft
from desktop.rules.staff import Member
from desktop.rules.story import Line
from desktop.screens import voucher_fields as fields
from desktop.screens.office import Office, PageMaker
from desktop.screens.parts_of_a_case import Gone
from desktop.screens.voucher_fields import Choices
from desktop.storage.deeds import find_case, find_deed
from desktop.storage.models import Letter, Person, Voucher
from desktop.storage.moves import list_other_cases
from desktop.storage.people import fetch_people, list_people
from desktop.storage.returned_post import find_letter
from desktop.storage.vouchers import fetch_vouchers
from desktop.widgets import parts
from desktop.widgets.fields import Check, Heading, Item, Switch
from desktop.widgets.form import Card, Form
from desktop.widgets.listing import ListPage
from desktop.widgets.pages import Page
from desktop.widgets.records import Column

TABLES = {kind.name: kind.table for kind in DEED_KINDS}
ALSO = "also "
"""How the boxes of what else goes along are called."""


class Whose(ListPage):
    """A list to choose from; it closes once it was moved, since there is nothing left to choose."""

    still: Callable[[], bool] = staticmethod(lambda: True)

    def refresh(self) -> None:
        super().refresh()
        if not self.still():
            QTimer.singleShot(0, self, self.closed.emit)


# ---- whose it is


def deed_to(office: Office, kind: str, deed_id: int) -> Page:
    """Which voucher a deed belongs to; other vouchers of the same person stand first."""
    deed = office.desk.look(find_deed, kind, deed_id)
    if deed is None:
        return Gone(_("Move"))
    whose = deed.voucher_id
    chosen = partial(_open_for, office, "move_deed", kind=kind, deed_id=deed_id)
    page = _other_cases(office, whose, _("With which voucher does this belong?"), chosen)
    page.still = lambda: _case_of(office.desk.look(find_deed, kind, deed_id, refused=_unsaid)) == whose
    return page


def letter_to(office: Office, letter_id: int) -> Page:
    """For which voucher a letter was meant."""
    letter = office.desk.look(find_letter, letter_id)
    if letter is None:
        return Gone(_("Move"))
    version = letter.version
    chosen = partial(_open_for, office, "move_letter", letter_id=letter_id)
    page = _other_cases(office, letter.voucher_id, _("For which voucher was this letter?"), chosen)
    page.still = lambda: (now := office.desk.look(find_letter, letter_id)) is not None and now.version == version
    return page


def case_to(office: Office, voucher_id: int) -> Page:
    """Whose voucher it is: somebody on file, or somebody new."""
    voucher = office.desk.look(find_case, voucher_id)
    if voucher is None:
        return Gone(_("Move"))

    def ids(by: Member, text: str, _filters: Mapping[str, Any], sort: str, descending: bool) -> list[int]:
        return [each for each in list_people(by, text, sort, descending) if each != voucher.person_id]

    new = parts.button(_("Somebody new"), icon="plus", on=partial(office.open, "move_case", voucher_id=voucher_id))
    columns = [
        Column("name", _("Name"), lambda each: full(each.known_as), width=30),
        Column("birth_date", _("Birth date"), lambda each: show_birth_date(each.birth_date), width=14),
        Column("town", _("Town"), lambda each: each.town, width=18),
    ]
    page = Whose(
        office.desk,
        _("Whose is voucher {number}?").format(number=voucher.number),
        columns,
        ids,
        fetch_people,
        buttons=[new],
        on_open=lambda each: office.open("move_case", voucher_id=voucher_id, person_id=each.id),
        empty=(_("Nothing found."), None),
        counted=lambda count: ngettext("{n} participant", "{n} participants", count).format(n=count),
        name="move_case_to",
        settings=office.settings,
        sort="name",
        placeholder=_("Name, birth date, phone or postcode"),
        place="people",
    )
    page.still = lambda: (now := office.desk.look(find_case, voucher_id)) is not None and (
        now.person_id == voucher.person_id
    )
    return page


def _case_of(deed: Any) -> int | None:
    return deed.voucher_id if deed is not None else None


def _unsaid(_refusal: Refused) -> None:
    """What is gone meanwhile is said by whatever looks for it next."""


def _open_for(office: Office, page: str, voucher: Voucher, **what: Any) -> None:
    office.open(page, voucher_id=voucher.id, **what)


def _other_cases(office: Office, voucher_id: int, title: str, chosen: Callable[[Voucher], object]) -> Whose:
    def ids(by: Member, text: str, _filters: Mapping[str, Any], sort: str, descending: bool) -> list[int]:
        return list_other_cases(by, voucher_id, text, sort, descending)

    columns = [
        Column("name", _("Participant"), lambda each: full(each.person.known_as), width=26),
        Column("birth_date", _("Birth date"), lambda each: show_birth_date(each.person.birth_date), width=13,
               sortable=False),
        Column("number", _("Number"), lambda each: each.number, width=13),
        Column("practice", _("Practice"), lambda each: each.practice.name if each.practice else each.referrer_name,
               width=24),
        Column("received_on", _("Received"), lambda each: show_date(each.received_on), width=12),
        Column("status", _("Status"), lambda each: word(STATUSES, each.status), width=16),
    ]  # fmt: skip
    return Whose(
        office.desk,
        title,
        columns,
        ids,
        fetch_vouchers,
        on_open=chosen,
        empty=(_("Nothing found."), None),
        counted=lambda count: ngettext("{n} voucher", "{n} vouchers", count).format(n=count),
        name="move_to",
        settings=office.settings,
        sort="received_on",
        descending=True,
        placeholder=_("Number, name, birth date or phone"),
        place="people",
    )


# ---- what happens


def deed_form(office: Office, kind: str, deed_id: int, voucher_id: int) -> Page:
    """What goes along and which letters it overtakes; one button moves it."""
    deed = office.desk.look(find_deed, kind, deed_id)
    asked = MoveDraft(kind=kind, id=deed_id, voucher_id=voucher_id)
    plan = office.desk.look(look_at_move, asked) if deed is not None else None
    if deed is None or plan is None:
        return Gone(_("Move"))
    also: list[Item] = [Check(_name_of(line), _words_of(line), width=3) for line, _near in plan.perhaps]
    form = _form(
        office,
        _("Move to voucher {voucher}").format(voucher=plan.to),
        [
            Card(_("Goes along"), _headings([_words_of(line) for line in plan.goes])),
            *([Card(_("Written down on the same day: does it go along too?"), also)] if also else []),
            *_warnings(plan),
        ],
        partial(_deed_draft, kind, deed_id, deed.version, voucher_id),
        move_deed,
        values={_name_of(line): near for line, near in plan.perhaps},
        key=f"move {kind} {deed_id} {voucher_id}",
    )
    form.saved.connect(partial(_go_there, office))
    return form


def letter_form(office: Office, letter_id: int, voucher_id: int) -> Page:
    """What becomes of the letter, and whether one is written for the right voucher."""
    letter = office.desk.look(find_letter, letter_id)
    asked = MoveLetterDraft(id=letter_id, voucher_id=voucher_id)
    plan = office.desk.look(look_at_letter_move, asked) if letter is not None else None
    if letter is None or plan is None:
        return Gone(_("Move"))
    form = _form(
        office,
        _("This letter is for voucher {voucher}").format(voucher=plan.to),
        _warnings(plan),
        partial(_letter_draft, letter_id, letter.version, voucher_id),
        move_letter,
        key=f"move letter {letter_id} {voucher_id}",
    )
    form.saved.connect(partial(_go_on_writing, office))
    return form


def case_form(office: Office, voucher_id: int, person_id: int | None = None) -> Page:
    """Everything of the voucher goes to somebody on file, or to who is typed here."""
    voucher = office.desk.look(find_case, voucher_id)
    asked = MoveCaseDraft(voucher_id=voucher_id, person_id=person_id)
    plan = office.desk.look(look_at_case_move, asked) if voucher is not None else None
    if voucher is None or plan is None:
        return Gone(_("Move"))
    choices = Choices(office, voucher_id)
    cards = [Card(_("Goes along"), _headings([_counted(plan.goes), _left_behind(voucher.person)]))]
    if person_id is None:
        cards.insert(0, fields.person_card(choices))
    if any(line.kind == "worry" for line in plan.goes):
        about = [("along", plan.to), ("stay", full(voucher.person.known_as))]
        cards.append(Card(_("Worry"), [Switch("worries", _("Whom is the worry about?"), about, width=3)]))
    form = _form(
        office,
        _("Voucher {number} is of {name}").format(number=voucher.number, name=plan.to),
        [*cards, *_warnings(plan)],
        partial(_case_draft, choices, voucher_id, voucher.version, person_id),
        move_case,
        key=f"move case {voucher_id} {person_id or 'new'}",
        typed=person_id is None,
    )
    form.saved.connect(partial(_go_there, office))
    return form


def _form(
    office: Office, title: str, cards: Sequence[Card], draft: Callable[..., Any], save: Callable[..., Any], *,
    key: str, values: Mapping[str, Any] | None = None, typed: bool = False,
) -> Form:  # fmt: skip
    """What it shows is of this moment: half done it is kept only when somebody new was typed in it."""
    return Form(
        office.desk, title, cards, draft, save, values=values, key=key, keep=office.keep if typed else None,
        said=_("Moved to the right place"), save_text=_("Move"), place="people",
    )  # fmt: skip


def _warnings(plan: MovePlan) -> list[Card]:
    """What has to be done first, what becomes of letters, and what is asked."""
    told = {each.said() for each in plan.letters}
    asked = [words for words in plan.doubts if words not in told]
    first = [Card(_("This comes first"), _headings([plan.refused]))] if plan.refused else []
    letters = [each.said() for each in plan.letters if each.said() not in plan.refused]
    return [
        *first,
        *([Card(_("Letters"), _headings(letters))] if letters else []),
        *([Card(_("Mind"), _headings(asked))] if asked else []),
    ]


def _headings(sentences: Sequence[str]) -> list[Item]:
    return [Heading(each) for each in sentences]


def _name_of(line: Line) -> str:
    return f"{ALSO}{line.key}"


def _words_of(line: Line) -> str:
    return f"{show_date(line.on)} · {line.title}"


def _counted(lines: Sequence[Line]) -> str:
    """Everything of the voucher, by kind: intake (1x), contact (2x)."""
    counts = Counter(TABLES[line.kind] for line in lines)
    return ", ".join(f"{_(KINDS[table]).lower()} ({count}x)" for table, count in counts.items())


def _left_behind(person: Person) -> str:
    return _("{name} keeps nothing of this voucher; details like phone and address stay with each.").format(
        name=full(person.known_as)
    )


# ---- as typed


def _deed_draft(kind: str, deed_id: int, version: int, voucher_id: int, sure: bool = False, **boxes: Any) -> MoveDraft:
    also = tuple(name.removeprefix(ALSO) for name, ticked in boxes.items() if ticked)
    return MoveDraft(kind=kind, id=deed_id, version=version, voucher_id=voucher_id, also=also, sure=sure)


def _letter_draft(letter_id: int, version: int, voucher_id: int, sure: bool = False) -> MoveLetterDraft:
    return MoveLetterDraft(id=letter_id, version=version, voucher_id=voucher_id, sure=sure)


def _case_draft(
    choices: Choices, voucher_id: int, version: int, person_id: int | None, sure: bool = False, worries: str = "",
    **typed: Any,
) -> MoveCaseDraft:  # fmt: skip
    known = PersonDraft.__dataclass_fields__
    new = None
    if person_id is None:
        made = fields.draft_values(choices, typed)
        new = PersonDraft(**{name: value for name, value in made.items() if name in known})
    return MoveCaseDraft(
        voucher_id=voucher_id, version=version, person_id=person_id, new=new, worries=worries or "", sure=sure
    )


def _go_there(office: Office, voucher: Voucher) -> None:
    office.open("person", person_id=voucher.person_id, voucher_id=voucher.id)


def _go_on_writing(office: Office, made: Letter | Voucher) -> None:
    if isinstance(made, Letter):
        office.open("letter", letter_id=made.id)
    else:
        _go_there(office, made)


PAGES: dict[str, PageMaker] = {
    "move_deed_to": deed_to,
    "move_letter_to": letter_to,
    "move_case_to": case_to,
    "move_deed": deed_form,
    "move_letter": letter_form,
    "move_case": case_form,
}
