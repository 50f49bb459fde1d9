"""Activities of which nobody said how letters call them: each is asked, with a name by its theme to start from."""

from typing import Any

from desktop.actions.activities import name_for_letters
from desktop.language import _
from desktop.rules.letternames import LetterNamesDraft, field_for, in_a_letter, proposed
from desktop.screens.office import Office, PageMaker
from desktop.storage.activities import list_unnamed
from desktop.widgets.fields import Heading, Item, Text
from desktop.widgets.form import Card, Form

MOST = 40  # on one page; the rest is asked when these have a name


def letter_names(office: Office) -> Form:
    """One field an activity, and below it how it reads in a letter."""
    unnamed = (office.desk.look(list_unnamed) or [])[:MOST]
    explain = _("A letter tells where somebody goes, never why: no name of a group, no loss, no debts, no illness.")
    if not unnamed:
        explain = _("Every activity has a name for letters. There is nothing to fill in here.")
    fields: list[Item] = [Heading(explain)]
    fields += [Text(field_for(each.id), each.title, echo=in_a_letter) for each in unnamed]
    return Form(
        office.desk,
        _("Names for letters"),
        [Card("", fields, columns=2)],
        _draft,
        name_for_letters,
        values={field_for(each.id): proposed(each.title, each.themes) for each in unnamed},
        key="letter_names",
        keep=office.keep,
        said=_("Names saved"),
        place="activities",
    )


def _draft(sure: bool = False, **names: Any) -> LetterNamesDraft:
    return LetterNamesDraft(names=tuple((field, name or "") for field, name in names.items()), sure=sure)


PAGES: dict[str, PageMaker] = {"letter_names": letter_names}
