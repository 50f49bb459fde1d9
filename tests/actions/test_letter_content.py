"""What the last letter says of an activity: what goes on, what ended with the closing, what nobody knows."""

from typing import Any

import pytest

from desktop.actions.endings import close_case
from desktop.actions.letters import write_letter
from desktop.paper.letterplan import body_lines
from desktop.rules.cases import Joined
from desktop.rules.deeds import REASON_OUTCOMES, ClosingDraft
from desktop.rules.letterfacts import CoreFacts
from desktop.rules.letters import LINES_PER_HEADING
from desktop.rules.lettertexts import core_for
from desktop.rules.staff import Member
from desktop.storage.letters import content_of
from desktop.storage.models import Voucher
from tests.factory import add_activity, add_enrolment, add_intake, add_practice, add_voucher, days_ago

WALK = "een wandelgroep in de wijk"


def last_letter(by: Member, outcome: str, keeps: bool | None, **found: Any) -> str:
    """Signed up for a walk, closed today; `keeps` as staff ticked it, None as it stood."""
    voucher: Voucher = add_voucher(by, add_practice(), dated_on=days_ago(60))
    add_intake(voucher, days_ago(50))
    enrolment = add_enrolment(voucher, add_activity("Ommetje", letter_name=WALK), enrolled_on=days_ago(45), **found)
    held = None if keeps is None else (enrolment.id,) if keeps else ()
    why = "cost" if outcome in REASON_OUTCOMES else ""
    close_case(
        by,
        ClosingDraft(
            voucher_id=voucher.id, closed_on=days_ago(0), outcome=outcome, reason=why, keeps=held, sure=True
        ),
    )
    moment = "closing" if found.get("first_attended_on") or outcome == "completed" else "declined"
    return " ".join(text for _heading, text in content_of(write_letter(by, voucher.id, moment)).core)


STARTED = {"state": "started", "start_on": days_ago(40), "first_attended_on": days_ago(40)}
COMING = {"start_on": days_ago(-9)}
PASSED = {"start_on": days_ago(20)}


@pytest.mark.parametrize(
    ("outcome", "keeps", "found", "says", "never"),
    [
        ("completed", None, STARTED, "Mevrouw gaat sinds", "ging vanaf"),
        ("completed", False, STARTED, "Wij hebben de begeleiding afgerond.", "gaat sinds"),
        ("completed", None, COMING, "Mevrouw is niet met een activiteit begonnen.", "begint op"),
        ("completed", True, COMING, "Mevrouw begint op", "niet met een activiteit"),
        ("completed", None, {"state": "waiting"}, "Mevrouw is niet met een activiteit begonnen.", "wachtlijst"),
        ("completed", None, {"state": "offered"}, "Mevrouw is niet met een activiteit begonnen.", "Er is plaats"),
        ("completed", None, PASSED, "weten wij niet", "niet met een activiteit"),
        ("not_reached", None, STARTED, f"naar {WALK}. Wij hebben de begeleiding afgesloten.", "gestopt"),
        ("not_suitable", None, PASSED, "of dat zo is gegaan, weten wij niet", "is niet met een activiteit begonnen"),
        ("not_suitable", None, COMING, "Mevrouw is niet met een activiteit begonnen", "begint op"),
        ("stopped", None, STARTED, "Mevrouw is gestopt. Zij ging vanaf", "gaat zelf verder"),
    ],
)  # fmt: skip
def test_what_ended_with_the_case_does_not_go_on_in_its_letter(
    office: Member, outcome: str, keeps: bool | None, found: dict[str, Any], says: str, never: str
) -> None:
    said = last_letter(office, outcome, keeps, **found)
    assert says in said, said
    assert never not in said, said


NAMES = ("een inloop in de wijk", "een wandelgroep in de wijk", "een tuingroep in de wijk", "een taalgroep in de wijk")


@pytest.mark.parametrize("form", ["mevrouw", ""])
@pytest.mark.parametrize("begun", range(5))
@pytest.mark.parametrize("coming", range(5))
@pytest.mark.parametrize("weeks", [1, 6])
def test_however_much_was_found_the_program_s_own_words_fit_under_their_heading(
    form: str, begun: int, coming: int, weeks: int
) -> None:
    """In a late letter one is told and the rest counted; nothing is left out without a word."""
    today = days_ago(0)
    began = [Joined(name=name, state="started", start_on=days_ago(9), first_on=days_ago(9)) for name in NAMES[:begun]]
    comes = [Joined(name=name.replace("in de", "bij de"), start_on=days_ago(-9)) for name in NAMES[:coming]]
    facts = CoreFacts(
        today, form, called="A. van der Meerwijk", intakes=(days_ago(7 * weeks),), joined=(*began, *comes)
    )
    for heading, text in core_for("intake", facts, True):
        assert len(body_lines(text)) <= LINES_PER_HEADING, (heading, text)
    said = core_for("intake", facts, True)[0][1]
    told = sum(each.name in said for each in (*began, *comes))
    assert told == begun + coming or "andere" in said
