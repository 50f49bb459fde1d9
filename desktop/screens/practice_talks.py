"""A talk with a practice: recorded or corrected, and another day for the next one. Must not know when one is due."""

from functools import partial
from typing import Any

from desktop.actions import practice_talks as actions
from desktop.language import _
from desktop.rules.dates import show_date
from desktop.rules.declared import typed_values
from desktop.rules.names import full
from desktop.rules.practice_talks import LONGEST, NextTalkDraft, PracticeTalkDraft, people_in
from desktop.screens.asked import Asks
from desktop.screens.case_forms import case_form
from desktop.screens.office import Office, PageMaker
from desktop.screens.parts_of_a_case import Gone
from desktop.storage.activities import list_colleagues
from desktop.storage.models import Practice, PracticeTalk
from desktop.storage.practice_talks import find_talk, last_talk
from desktop.storage.practices import find_practice, list_contacts
from desktop.widgets.fields import Item
from desktop.widgets.form import Card, Extra
from desktop.widgets.pages import Page


def practice_talk(office: Office, practice_id: int | None = None, talk_id: int | None = None) -> Page:
    """The talk that was held now, or one on file."""
    old = office.desk.look(find_talk, talk_id) if talk_id is not None else None
    wanted = old.practice_id if old is not None else practice_id
    place = office.desk.look(find_practice, wanted) if wanted is not None else None
    if place is None or (talk_id is not None and old is None):
        return Gone(_("Talk with the practice"))
    return _in_place(
        case_form(
            office,
            _("Talk with {practice}").format(practice=place.name),
            [Card("", _fields(office, place))],
            _draft,
            actions.correct_talk if old is not None else actions.record_talk,
            _values(office, place, old),
            key=f"practice_talk:{place.id}",
            old=old,
            take_back=actions.take_back_talk,
            extras=[] if old is not None else _another_moment(office, place),
        )
    )


def _fields(office: Office, place: Practice) -> list[Item]:
    people = tuple(full(each.known_as) for each in office.desk.look(list_contacts, place.id) or [] if each.active)
    ask = Asks("practice_talk", office.today)
    return [
        ask.text("held_on", required=True),
        ask.choice("staff", lambda: office.desk.look(list_colleagues) or []),
        ask.text("with_whom", suggest=partial(people_in, people), help=_("Several with a comma between.")),
        ask.text("question", lines=3, limit=LONGEST["question"]),
        ask.text(
            "agreed",
            lines=3,
            limit=LONGEST["agreed"],
            help=_("This stands on the page of results for the practice: no names of participants."),
        ),
        ask.text("next_on", help=_("Stands under To do from a week before.")),
    ]


def _values(office: Office, place: Practice, old: PracticeTalk | None) -> dict[str, Any]:
    if old is not None:
        return typed_values("practice_talk", old) | {"practice": place.id}
    return {"practice": place.id, "held_on": office.today, "staff": office.desk.by.id}


def _another_moment(office: Office, place: Practice) -> list[Extra]:
    """As long as a talk is promised, its day can be changed from here."""
    last = office.desk.look(last_talk, place.id)
    if last is None or last.next_on is None:
        return []
    return [Extra(_("Another moment"), on=partial(office.open, "move_practice_talk", talk_id=last.id))]


def move_practice_talk(office: Office, talk_id: int) -> Page:
    """The promised talk on another day; empty for none."""
    old = office.desk.look(find_talk, talk_id)
    if old is None:
        return Gone(_("Next talk"))
    promised = _("Promised for {day}.").format(day=show_date(old.next_on)) if old.next_on else ""
    words = " ".join(part for part in (promised, _("Empty: no next talk.")) if part)
    return _in_place(
        case_form(
            office,
            _("Next talk with {practice}").format(practice=old.practice.name),
            [Card("", [Asks("practice_talk", office.today).text("next_on", help=words)])],
            NextTalkDraft,
            actions.move_next_talk,
            {"next_on": old.next_on},
            key="move_practice_talk",
            old=old,
        )
    )


def _in_place(form: Page) -> Page:
    form.place = "practices"
    return form


def _draft(**values: Any) -> PracticeTalkDraft:
    return PracticeTalkDraft(**{name: value for name, value in values.items() if value is not None})


PAGES: dict[str, PageMaker] = {"practice_talk": practice_talk, "move_practice_talk": move_practice_talk}
