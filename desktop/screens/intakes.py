"""The talk that was held. Must not know the rules behind them."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from desktop.actions import intakes
from desktop.language import _
from desktop.rules import deeds as rules
from desktop.rules.codes import (
    CONSENT_ANSWERS,
    CONSENT_PURPOSES,
    options,
    word,
)
from desktop.rules.declared import typed_values
from desktop.screens.appointments import PlannedAs
from desktop.screens.asked import Asks
from desktop.screens.case_forms import (
    Conversation,
    case_form,
    case_or_none,
    deed_or_none,
    gp_field,
    marks_card,
)
from desktop.screens.office import Office, PageMaker
from desktop.screens.parts_of_a_case import (
    Gone,
    about,
    coach_options,
)
from desktop.storage.consents import find_asked
from desktop.storage.models import Voucher
from desktop.widgets.fields import Check, Item, Switch
from desktop.widgets.form import Card, Extra
from desktop.widgets.pages import Page


def hold_intake(
    office: Office, voucher_id: int, appointment_id: int | None = None, intake_id: int | None = None
) -> Page:
    """What was said and agreed, six marks drawn while they are picked, consents asked in the same talk."""
    old = deed_or_none(office, "intake", intake_id)
    voucher = case_or_none(office, old.voucher_id if old else voucher_id)
    if voucher is None or (intake_id and old is None):
        return Gone(_("Intake"))
    planned_as = PlannedAs(office, voucher.id, "intake", appointment_id, old)
    planned = planned_as.planned
    answered = _answered(office, old) if old is not None else {}
    values = _intake_values(office, voucher, planned_as, old) | answered
    picture = Conversation()

    def find_next(_intake: object) -> None:
        office.open("find_activity", voucher_id=voucher.id)

    extras = [] if old else [Extra(_("Save and find an activity"), then=find_next)]
    if planned is not None and planned.state == "planned":
        extras.insert(0, Extra(_("Did not go on"), on=partial(office.open, "miss_intake", appointment_id=planned.id)))
    form = case_form(
        office,
        about(_("Intake"), voucher.person),
        _cards(office, voucher, planned_as, answered),
        rules.IntakeDraft,
        intakes.correct_intake if old else intakes.hold_intake,
        values,
        key=f"intake:{voucher.id}",
        old=old,
        take_back=intakes.take_back_intake,
        extras=extras,
        side=picture,
    )
    planned_as.follow(form)
    form.edited.connect(lambda: picture.draw(form))
    picture.draw(form)
    return form


def _cards(office: Office, voucher: Voucher, planned_as: PlannedAs, answered: Mapping[str, str]) -> list[Card]:
    ask = Asks("intake", office.today)
    return [
        Card(
            "",
            [
                *planned_as.fields(),
                ask.text("held_on", required=True),
                ask.choice("place", required=True),
                ask.choice("coach", partial(coach_options, office)),
            ],
        ),
        Card(
            _("In their own words"),
            [
                ask.text("goals"),
                ask.text("wishes"),
                ask.text("barriers"),
                ask.text("agreed"),
            ],
        ),
        marks_card(),
        Card(_("Asked in this talk"), _asked_fields(office, voucher, answered)),
        Card(
            "",
            [
                gp_field(),
                ask.check("one_talk_enough", width=2),
                ask.text("note"),
            ],
        ),
    ]


def _asked_fields(office: Office, voucher: Voucher, answered: Mapping[str, str]) -> list[Item]:
    """The consents that are not given yet or that were answered in this talk; to inform while it is not done."""
    asked = office.desk.look(find_asked, voucher.id)
    fields: list[Item] = [
        Switch(f"consent_{purpose}", word(CONSENT_PURPOSES, purpose), options(CONSENT_ANSWERS))
        for purpose in intakes.ASKED
        if asked is None or not asked.position(purpose).given or f"consent_{purpose}" in answered
    ]
    if voucher.person.informed_on is None:
        fields.append(Check("informed", _("Told where the data came from"), width=2))
    return fields


def _answered(office: Office, old: Any) -> dict[str, str]:
    """What was answered in the talk that is corrected."""
    asked = office.desk.look(find_asked, old.voucher_id)
    given = asked.answers if asked is not None else ()
    return {f"consent_{each.purpose}": each.answer for each in given if each.intake_id == old.id}


def _intake_values(office: Office, voucher: Voucher, planned_as: PlannedAs, old: Any) -> dict[str, Any]:
    values: dict[str, Any] = {"voucher_id": voucher.id, "appointment_id": planned_as.chosen}
    if old is not None:
        return values | typed_values("intake", old) | {"warm": old.warm}
    planned = planned_as.planned
    day = min(planned.starts_at.date(), office.today) if planned is not None else office.today
    return values | {
        "held_on": day,
        "place": planned.place if planned is not None else ("practice" if voucher.warm else None),
        "coach": (planned.coach_id if planned is not None else None) or voucher.coach_id or office.desk.by.id,
        "warm": planned.warm if planned is not None else voucher.warm,
    }


PAGES: dict[str, PageMaker] = {
    "hold_intake": hold_intake,
}
