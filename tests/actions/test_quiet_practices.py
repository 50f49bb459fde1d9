"""A practice from which nobody came stands in To do: once a quarter, until a talk was held, put off or not needed."""

from datetime import UTC, date, datetime, timedelta

import pytest

from desktop import clock
from desktop.actions.consents import record_consents
from desktop.actions.merge import merge_practices
from desktop.actions.practice_talks import record_talk
from desktop.actions.quiet_practices import put_off_quiet, settle_quiet
from desktop.actions.undo import undo_last
from desktop.errors import Refused
from desktop.rules.deeds import ConsentDraft
from desktop.rules.merge import MergeDraft
from desktop.rules.practice_talks import PracticeTalkDraft
from desktop.rules.staff import Member
from desktop.storage.models import Practice, QuietPractice, Voucher
from desktop.storage.quiet_practices import find_quiet, last_points, last_received
from desktop.storage.tasks import list_tasks
from tests.factory import add_closing, add_member, add_practice, add_row, add_voucher

SPRING, OCTOBER = date(2026, 5, 4), date(2026, 10, 20)


@pytest.fixture(autouse=True)
def since_may(monkeypatch: pytest.MonkeyPatch) -> None:
    on(monkeypatch, SPRING)


def on(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(day.year, day.month, day.day, 9, 0, tzinfo=UTC))


def came(by: Member, practice: Practice, day: date | None = None) -> Voucher:
    day = day or clock.today()
    number = Voucher.select().count()
    return add_voucher(by, practice, dated_on=day, received_on=day, surname=f"Kramer{number}", sure=True)


def quiet(by: Member, mine: bool = False) -> list[tuple[str, str]]:
    tasks = list_tasks(by, clock.today(), mine)
    return [(task.title, task.subtitle) for task in tasks if task.kind == "quiet_practice"]


def silent(by: Member) -> list[str]:
    return [title for title, _said in quiet(by)]


def test_who_sent_nobody_in_the_quarter_is_a_task_and_who_refers_no_more_is_not(
    office: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy, no_longer, _never = (add_practice(f"Praktijk {n}", agb=None) for n in ("Druk", "Eerder", "Nooit"))
    add_practice("Praktijk Weg", agb=None, active=False)
    came(office, no_longer)
    came(office, busy, date(2026, 4, 1))
    on(monkeypatch, date(2026, 8, 3))
    came(office, busy)
    assert quiet(office) == [("Nooit stuurde niemand", "Stuurde nog nooit een voucher")]  # of the spring
    on(monkeypatch, OCTOBER)
    add_practice("Praktijk Nieuw", agb=None)
    assert quiet(office) == [
        ("Eerder stuurde niemand", "Laatste voucher 04-05-2026"),
        ("Nooit stuurde niemand", "Stuurde nog nooit een voucher"),
    ]
    assert last_received(office, [busy.id, no_longer.id]) == {busy.id: date(2026, 8, 3), no_longer.id: SPRING}
    (task,) = [each for each in list_tasks(office, clock.today()) if each.subject_id == no_longer.id]
    assert (task.due_on, task.action, task.group) == (date(2026, 10, 31), "Gesprek voorbereiden", "other")


def test_an_office_that_begins_has_no_quiet_practices(office: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    linde = add_practice()
    on(monkeypatch, OCTOBER)
    assert quiet(office) == []
    came(office, add_practice("Oost", agb=None))
    assert quiet(office) == []
    on(monkeypatch, date(2027, 1, 4))
    assert silent(office) == ["De Linde stuurde niemand"]
    came(office, linde)
    assert quiet(office) == []


def test_entered_in_error_is_not_sent(office: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    linde = add_practice()
    came(office, linde)
    on(monkeypatch, date(2026, 8, 3))
    wrong = came(office, linde)
    add_closing(wrong, "error")
    wrong = Voucher.get_by_id(wrong.id)
    wrong.outcome = "error"
    add_row(wrong)
    on(monkeypatch, OCTOBER)
    assert quiet(office) == [("De Linde stuurde niemand", "Laatste voucher 04-05-2026")]


def test_a_talk_settles_it_and_taken_back_it_is_asked_again(office: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    linde = add_practice()
    came(office, linde)
    on(monkeypatch, OCTOBER)
    record_talk(office, PracticeTalkDraft(practice=linde.id, held_on=OCTOBER, agreed="Wij komen langs."))
    assert quiet(office) == []
    undo_last(office)
    assert silent(office) == ["De Linde stuurde niemand"]
    record_talk(office, PracticeTalkDraft(practice=linde.id, held_on=OCTOBER, agreed="Wij komen langs."))
    on(monkeypatch, date(2027, 1, 4))
    assert silent(office) == ["De Linde stuurde niemand"]  # another quarter without anybody


def test_put_off_or_settled_it_comes_back_when_it_should_and_undone_at_once(
    office: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    linde = add_practice()
    came(office, linde)
    on(monkeypatch, OCTOBER)
    put_off_quiet(office, linde.id, 7)
    assert quiet(office) == []
    undo_last(office)
    assert silent(office) == ["De Linde stuurde niemand"]
    put_off_quiet(office, linde.id, 7)
    on(monkeypatch, OCTOBER + timedelta(days=7))
    assert silent(office) == ["De Linde stuurde niemand"]
    settle_quiet(office, linde.id)
    assert quiet(office) == []
    assert QuietPractice.select().count() == 1
    with pytest.raises(Refused, match="niet meer stil"):
        settle_quiet(office, linde.id)
    undo_last(office)
    assert silent(office) == ["De Linde stuurde niemand"]
    settle_quiet(office, linde.id)
    on(monkeypatch, date(2027, 1, 4))
    assert silent(office) == ["De Linde stuurde niemand"]


@pytest.mark.parametrize("days", [0, 91])
def test_put_off_for_no_day_or_for_ever_is_refused(office: Member, days: int) -> None:
    with pytest.raises(Refused):
        put_off_quiet(office, add_practice().id, days)


def test_of_ones_own_practices_and_of_nobodys(office: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    colleague = add_member("K. de Boer", "coach")
    came(office, add_practice("Van ons", agb=None, coach=office.id))
    came(office, add_practice("Van Kees", agb=None, coach=colleague.id))
    came(office, add_practice("Van niemand", agb=None))
    on(monkeypatch, OCTOBER)
    assert [title.split()[1] for title, _said in quiet(office, mine=True)] == ["niemand", "ons"]
    assert len(quiet(office)) == 3


def test_of_two_practices_made_one_a_decision_on_either_counts(
    office: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    linde, oost = add_practice("De Linde"), add_practice("Oost", agb=None)
    came(office, linde)
    came(office, oost)
    on(monkeypatch, OCTOBER)
    settle_quiet(office, linde.id)
    settle_quiet(office, oost.id)
    merge_practices(office, MergeDraft(kept=linde.id, other=oost.id, kept_version=1, other_version=1))
    assert quiet(office) == []


def test_the_points_say_what_became_of_the_last_vouchers_and_whether_it_may_be_told(
    office: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    linde = add_practice()
    first = came(office, linde, date(2026, 4, 1))
    came(office, linde)
    record_consents(office, ConsentDraft(person_id=first.person_id, voucher_id=first.id, report_back="no",
                                         given_on=SPRING, how="spoken"))  # fmt: skip
    add_closing(first, "declined", closed_on=SPRING)
    on(monkeypatch, OCTOBER)
    told = [(point.title.split(", ")[1], point.may_be_told) for point in last_points(office, linde.id)]
    assert told == [("4 mei 2026", True), ("1 april 2026", False)]
    assert find_quiet(office, linde.id, OCTOBER) is not None
    came(office, linde)
    assert find_quiet(office, linde.id, OCTOBER) is None
