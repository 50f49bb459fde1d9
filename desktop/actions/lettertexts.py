"""The coordinator's texts for letters: a new version, an old one put back, and how a text looks on paper.

A version is never changed or removed; letters that were written keep the words they have. Must not know screens.
"""

from dataclasses import dataclass
from datetime import date

from desktop import clock
from desktop.actions.action import action
from desktop.actions.letter_content import ROLE, back_to, direct_phone, footer, letterhead
from desktop.errors import Refused, ask
from desktop.language import _
from desktop.rules.letter_envelope import address_lines, references, salutation, subject
from desktop.rules.letterfields import NEUTRAL, fields_for
from desktop.rules.letters import LetterContent, Signature, words
from desktop.rules.lettersamples import BORN, RECIPIENT, person, references_on, situations
from desktop.rules.lettertext_check import LetterTextDraft, check, tidy
from desktop.rules.lettertexts import NAMES, Core, fill, left_out, paragraphs_in, text_of
from desktop.rules.staff import COORDINATOR, Member, require
from desktop.storage.database import told
from desktop.storage.lettertexts import newest_text, reason_words, text_in_use
from desktop.storage.models import LetterText, Organisation
from desktop.storage.staff import find_organisation


@dataclass(frozen=True)
class SeenText:
    """A text as it would be printed in one made-up situation; `complaint` says why it cannot be."""

    pdf: bytes | None
    complaint: str
    left_out: tuple[int, ...]  # numbers of the lines that stay out, from 0
    paragraphs: int
    words: int


@action("letter text changed", may=COORDINATOR)
def change_text(by: Member, draft: LetterTextDraft) -> LetterText:
    """A new version, in use from the next letter on."""
    draft = LetterTextDraft(kind=draft.kind, body=tidy(draft.body), base=draft.base, sure=draft.sure)
    _refuse_unfit(draft)
    newest = newest_text(draft.kind)
    if draft.body == tidy(text_in_use(draft.kind)):
        raise Refused(_("This is the text that is in use already: nothing was changed."))
    if not draft.sure and newest is not None and newest.id != draft.base:
        name = newest.staff.name if newest.staff else _("a colleague")
        ask(
            _("Meanwhile {name} made a new version. Yours comes in its place; theirs stays among the versions.").format(
                name=name
            )
        )
    return _new_version(by, draft)


@action("letter text restored", may=COORDINATOR)
def restore_text(by: Member, kind: str, version_id: int | None) -> LetterText:
    """An old version, or None for the text as shipped, once more: as a new version with the same words."""
    body = text_of(kind) if version_id is None else str(LetterText.get_one(version_id).body)
    draft = LetterTextDraft(kind=kind, body=body, sure=True)
    _refuse_unfit(draft)
    if tidy(body) == tidy(text_in_use(kind)):
        raise Refused(_("This is the text that is in use already: nothing was changed."))
    return _new_version(by, draft)


def preview_text(by: Member, kind: str, body: str, situation: str, form: str) -> SeenText:
    """A text as it reads about a made-up person; stores nothing and leaves no trace."""
    from desktop.paper.letter import render

    require(by, COORDINATOR)
    today = clock.today()
    case = next(each for each in situations(kind, today, form) if each.key == situation)
    values = fields_for(case.facts, kind)
    with told():
        content = _sample(by, kind, fill(body, values), form, today)
    try:
        pdf, complaint = render(content), ""
    except Refused as refused:
        pdf, complaint = None, refused.sentence()
    return SeenText(pdf, complaint, left_out(body, values), len(paragraphs_in(body)), words(content))


def _refuse_unfit(draft: LetterTextDraft) -> None:
    from desktop.paper import fonts
    from desktop.paper.letterplan import body_lines
    from desktop.paper.printable import named

    check(draft, clock.today(), lambda text: len(body_lines(text)), reason_words())
    if missing := fonts.unprintable(draft.body.replace("\n", " ")):
        raise Refused(body=_("These letters cannot be printed: {letters}").format(letters=named(missing)))


def _new_version(by: Member, draft: LetterTextDraft) -> LetterText:
    text = LetterText(kind=draft.kind, body=draft.body, made_at=clock.now(), staff=by.id)
    text.save()
    return text


def _sample(by: Member, kind: str, core: Core, form: str, today: date) -> LetterContent:
    """The letter about nobody: the organisation's own paper, a made-up person and practice."""
    office: Organisation = find_organisation(by)
    head = letterhead()
    phone = direct_phone(by.phone, head.phone)
    return LetterContent(
        letterhead=head,
        address=address_lines(RECIPIENT),
        references=references(references_on(today)),
        subject=subject(person(form), BORN),
        kind=NAMES.get(kind, ""),
        salutation=salutation(RECIPIENT),
        core=core,
        closing=Signature(by.name, by.role_title or ROLE, phone),
        window=office.window,
        shift_x=office.shift_x,
        shift_y=office.shift_y,
        fold=office.fold,
        footer=footer(head),
        receipt=kind in NEUTRAL,
        back_to=back_to(office),
    )
