"""The page of an activity that stops: each participant with what happens now. Must not know the rules behind it."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from desktop.actions.activity_ends import stop_activity
from desktop.language import _
from desktop.rules.activity_ends import MOVES, STOPS, ActivityEndDraft, Onward, choices
from desktop.rules.codes import options
from desktop.rules.dates import AHEAD
from desktop.screens.asked import WIDE
from desktop.screens.case_forms import follow, value_of
from desktop.screens.office import Office, PageMaker
from desktop.screens.parts_of_a_case import Gone, day_field
from desktop.storage.activities import Participant, find_activity, list_participants
from desktop.storage.deeds import list_activity_names
from desktop.storage.models import Activity
from desktop.widgets.fields import Choice, Switch
from desktop.widgets.form import Card, Form
from desktop.widgets.pages import Page

WHAT, TO = "what_", "to_"


def stop_page(office: Office, activity_id: int) -> Page:
    """One choice for each participant, stored together."""
    found = office.desk.look(find_activity, activity_id)
    people = office.desk.look(list_participants, activity_id) or []
    if found is None or found.status == "stopped":
        return Gone(_("Activity stops"))
    title = _("Activity stops: what happens to the participants?") if people else _("Activity stops")
    form = Form(
        office.desk,
        title,
        _cards(office, found, people),
        _draft,
        stop_activity,
        values={"activity_id": found.id, "version": found.version, "stopped_on": office.today}
        | {f"{WHAT}{each.enrolment_id}": STOPS for each in people},
        key=f"stop activity {found.id}",
        keep=office.keep,
        said=_("Activity stopped"),
        save_text=_("Stop the activity"),
        place="activities",
    )
    for each in people:
        follow(form, f"{TO}{each.enrolment_id}", partial(_goes, form, each.enrolment_id))
    return form


def _goes(form: Form, enrolment_id: int) -> bool:
    return bool(value_of(form.editor(f"{WHAT}{enrolment_id}")) == MOVES)


def _cards(office: Office, found: Activity, people: Sequence[Participant]) -> list[Card]:
    day = day_field("stopped_on", _("Stopped on"), office.today, AHEAD, required=True)
    return [Card(found.title, [day]), *(_card(office, found.id, each) for each in people)]


def _card(office: Office, activity_id: int, each: Participant) -> Card:
    """Who it is, through which voucher and how they stand, over what is chosen."""
    others = partial(_others, office, activity_id)
    return Card(
        " · ".join((each.name, each.number, state_words(each.state))),
        [
            Switch(f"{WHAT}{each.enrolment_id}", _("How it goes on with {name}").format(name=each.name),
                   options(choices(each.state)), width=WIDE, required=True),
            Choice(f"{TO}{each.enrolment_id}", _("Which activity"), others, width=2, required=True),
        ],
    )  # fmt: skip


def state_words(state: str) -> str:
    """How somebody stands in an activity."""
    return {
        "started": _("takes part"),
        "enrolled": _("signed up"),
        "offered": _("place offered"),
        "waiting": _("waits for a place"),
    }[state]


def _others(office: Office, activity_id: int) -> list[tuple[int, str]]:
    return [each for each in office.desk.look(list_activity_names) or [] if each[0] != activity_id]


def _draft(**values: Any) -> ActivityEndDraft:
    what = {int(name.removeprefix(WHAT)): values.pop(name) for name in list(values) if name.startswith(WHAT)}
    to = {int(name.removeprefix(TO)): values.pop(name) for name in list(values) if name.startswith(TO)}
    return ActivityEndDraft(**values, onward={each: Onward(chosen, to.get(each)) for each, chosen in what.items()})


PAGES: dict[str, PageMaker] = {"stop_activity": stop_page}
