"""Setting up the organisation and keeping its letterhead and terms. Must not know keys or files."""

import dataclasses
from collections.abc import Callable

from desktop import clock
from desktop.actions.action import action
from desktop.actions.filling import fill
from desktop.errors import Refused
from desktop.language import _, speaking
from desktop.rules.cards import WindowTest
from desktop.rules.codes import REASON_THEMES, REASONS, THEMES
from desktop.rules.letters import Fold, Window
from desktop.rules.organisation import OrganisationDraft, check, letterhead_of, return_lines
from desktop.rules.staff import COORDINATOR, NOBODY, Member, require
from desktop.storage.models import Organisation, Reason, ReasonTheme, Staff, StaffRole, Theme

PRINTED = ("name", "street", "number", "postcode", "town", "email", "website")
LOWEST = 43.0  # mm from the top of a letter; below it comes the window
EDGE = 5.0  # mm of paper on which no printer prints
BLURRED = 200  # dots an inch, below which a logo is seen to be rough


@action("organisation set up", may=None)
def set_up_organisation(by: Member, draft: OrganisationDraft, member_uid: str, name: str, sign_in_name: str) -> Staff:
    """The first rows of an empty file: organisation, first coordinator (also coach), the field's lists."""
    if by != NOBODY or Organisation.select().exists():
        raise RuntimeError("an organisation is set up once, before anyone is signed in")
    check(draft, clock.today())
    organisation = Organisation()
    _fill(organisation, draft)
    organisation.save()
    _add_lists()
    staff = Staff(
        uid=member_uid,
        name=name.strip(),
        sign_in_name=sign_in_name.strip(),
        role_title="welzijnscoach",
        phone=draft.phone,
    )
    staff.save()
    for role in ("coordinator", "coach"):
        StaffRole(staff=staff, role=role).save()
    return staff


@action("organisation changed", may=COORDINATOR)
def change_organisation(by: Member, draft: OrganisationDraft) -> Organisation:
    """New letterhead, window side or terms."""
    check(draft, clock.today())
    organisation: Organisation = Organisation.get()
    if draft.logo and (organisation.logo is None or bytes(organisation.logo) != draft.logo):
        draft = dataclasses.replace(draft, logo=_checked_logo(draft.logo))
    _refuse_unprintable(draft)
    if draft.version is not None:
        organisation.version = draft.version
    _fill(organisation, draft)
    organisation.save()
    return organisation


def ready_logo(data: bytes, draw: Callable[[bytes, int, int], bytes]) -> bytes:
    """What is kept of a chosen file: PNG, JPEG or SVG, as sharp as a letter shows it; `draw` makes dots of an SVG."""
    from desktop.paper.images import logo_dots, printable_logo
    from desktop.paper.vectors import check_svg, is_svg

    if not is_svg(data):
        return printable_logo(data)
    drawn = draw(check_svg(data), *logo_dots())
    if not drawn:
        raise Refused(_("There is nothing to be seen in this SVG file. Save it again, or choose a PNG or JPEG file."))
    return printable_logo(drawn)


def logo_words(logo: bytes) -> str:
    """How large and how sharp the logo is on a letter."""
    from desktop.paper.images import logo_size

    wide, high, dots = logo_size(logo)
    words = _("On the letter {wide} by {high} mm.").format(wide=round(wide), high=round(high))
    if dots < BLURRED:
        return words + " " + _("The file is small, so it will not be sharp: an SVG or a larger file is better.")
    return words


def preview_letterhead(by: Member, draft: OrganisationDraft) -> bytes:
    """The head of a letter with what is being filled in; stores nothing."""
    from desktop.paper.letterhead import render_letterhead

    require(by, COORDINATOR)
    return render_letterhead(letterhead_of(draft))


def preview_window(by: Member, draft: OrganisationDraft) -> bytes:
    """The test page for the envelope with what is being filled in; stores nothing."""
    from desktop.paper.windowtest import render

    require(by, COORDINATOR)
    check(draft, clock.today())
    back_to = return_lines(draft.name, draft)
    return render(WindowTest(_side(draft.window), draft.shift_x, draft.shift_y, _fold(draft.fold), back_to))


def _refuse_unprintable(draft: OrganisationDraft) -> None:
    """What stands above every letter must fit there, in letters that can be printed."""
    from desktop.paper import fonts
    from desktop.paper.letter import LETTERHEAD_TOP
    from desktop.paper.letterhead import letterhead_end
    from desktop.paper.letterplan import ROOM
    from desktop.paper.printable import named

    missing = {field: fonts.unprintable(getattr(draft, field)) for field in PRINTED}
    wrong = {
        field: _("These letters cannot be printed: {letters}").format(letters=named(letters))
        for field, letters in missing.items()
        if letters
    }
    if wrong:
        raise Refused(**wrong)
    highest = round(LETTERHEAD_TOP - EDGE)
    if draft.shift_y < -highest:
        raise Refused(
            shift_y=_("At most {n} mm up: any further and the letterhead falls off the paper.").format(n=highest)
        )
    if LETTERHEAD_TOP + letterhead_end(letterhead_of(draft), ROOM) > LOWEST:
        raise Refused(name=_("The letterhead reaches into the address of the letter. Shorten the name or the address."))


def _checked_logo(logo: bytes) -> bytes:
    from desktop.paper.images import printable_logo

    try:
        return printable_logo(logo)
    except Refused as refused:
        raise Refused(logo=refused.sentence()) from refused


def _side(window: str) -> Window:
    return "left" if window == "left" else "right"


def _fold(fold: str) -> Fold:
    return "DL" if fold == "DL" else "C5" if fold == "C5" else "none"


def _fill(organisation: Organisation, draft: OrganisationDraft) -> None:
    fill(organisation, draft)
    organisation.word_voucher, organisation.word_participant = draft.word_voucher, draft.word_participant


@speaking("nl")
def _add_lists() -> None:
    """The field's reasons and themes as editable rows, in Dutch since letters and staff speak it."""
    themes = {}
    for position, (code, text) in enumerate(THEMES.items()):
        themes[code] = Theme(code=code, name=_(text), position=position)
        themes[code].save()
    for position, (code, text) in enumerate(REASONS.items()):
        reason = Reason(code=code, name=_(text), position=position)
        reason.save()
        for theme in REASON_THEMES[code].split():
            ReasonTheme(reason=reason, theme=themes[theme]).save()
