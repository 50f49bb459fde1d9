"""A letter that lay here while the records changed: each sentence that is no longer so is named at every door."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from desktop import clock
from desktop.actions.batches import look_over
from desktop.actions.endings import close_case
from desktop.actions.friday import look_at_text
from desktop.actions.letter_correcting import write_for_new_address
from desktop.actions.letter_looks import open_letter, reprint_letter
from desktop.actions.letter_sending import confirm_sent, fix_letter, send_letter
from desktop.actions.letters import approve_letter, edit_letter, rewrite_letter, write_letter
from desktop.actions.lettertexts import change_text
from desktop.errors import Doubtful, Refused
from desktop.rules.deeds import ClosingDraft
from desktop.rules.lettertext_check import LetterTextDraft
from desktop.rules.lettertexts import text_of
from desktop.rules.staff import Member
from desktop.storage import changes
from desktop.storage.changes import Record
from desktop.storage.friday import list_waiting_for_word
from desktop.storage.letters import content_of
from desktop.storage.letters_due import due_of_case
from desktop.storage.models import Activity, Aftercare, Enrolment, Intake, Letter, Person, Voucher
from tests.factory import (
    add_activity,
    add_closing,
    add_enrolment,
    add_intake,
    add_practice,
    add_row,
    add_voucher,
    days_ago,
)


def begun(by: Member) -> Voucher:
    """Somebody who goes to the choir since ten days."""
    voucher = add_voucher(by, add_practice(), dated_on=days_ago(30), received_on=days_ago(30))
    add_intake(voucher, days_ago(20))
    add_enrolment(
        voucher, add_activity("Zangkoor", letter_name="een koor"), state="started", start_on=days_ago(10),
        first_attended_on=days_ago(10),
    )  # fmt: skip
    return voucher


def changed(row: object, **values: object) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    add_row(row)  # type: ignore[arg-type]


def stops(voucher: Voucher) -> None:
    changed(Enrolment.get(Enrolment.voucher == voucher), state="stopped", stopped_on=clock.today())


def first_time_on_another_day(voucher: Voucher) -> None:
    changed(Enrolment.get(Enrolment.voucher == voucher), first_attended_on=days_ago(3))


def is_a_man(voucher: Voucher) -> None:
    changed(Person.get_by_id(voucher.person_id), form_of_address="de heer")


def goes_elsewhere(voucher: Voucher) -> None:
    other = add_activity("Tuinclub", letter_name="een tuingroep")
    changed(Enrolment.get(Enrolment.voucher == voucher), activity=other)


def is_called_otherwise(voucher: Voucher) -> None:
    changed(Activity.get(Activity.title == "Zangkoor"), letter_name="een zanggroep")


def also_waits_somewhere(voucher: Voucher) -> None:
    add_enrolment(voucher, add_activity("Schilderen", letter_name="een schildergroep"), state="waiting")


def has_ended(voucher: Voucher) -> None:
    add_closing(voucher, "stopped")


CHANGES: list[Callable[[Voucher], None]] = [
    stops, first_time_on_another_day, is_a_man, goes_elsewhere, is_called_otherwise, also_waits_somewhere, has_ended,
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=[each.__name__ for each in CHANGES])
def test_what_changed_is_named_at_every_door(office: Member, change: Callable[[Voucher], None]) -> None:
    voucher = begun(office)
    concept = write_letter(office, voucher.id, "intake")
    change(voucher)
    with pytest.raises(Refused, match="“"):
        approve_letter(office, concept.id)
    with pytest.raises(Refused, match="“"):
        fix_letter(office, concept.id)
    assert "“" in open_letter(office, concept.id).stopped
    (wait,) = [each for each in list_waiting_for_word(office, clock.today()) if each.letter_id == concept.id]
    assert "“" in look_at_text(office, wait).stopped
    rewrite_letter(office, concept.id)
    assert open_letter(office, concept.id).stopped == ""
    fix_letter(office, concept.id)


@pytest.mark.parametrize("change", CHANGES, ids=[each.__name__ for each in CHANGES])
def test_fixed_letter_is_withdrawn_and_made_anew_in_one_step(office: Member, change: Callable[[Voucher], None]) -> None:
    voucher = begun(office)
    letter = fix_letter(office, write_letter(office, voucher.id, "intake").id)
    change(voucher)
    with pytest.raises(Refused, match="“"):
        send_letter(office, letter.id, "text")
    (left_out,) = look_over(office, [letter.id]).left_out
    assert "“" in left_out.why
    again = write_for_new_address(office, letter.id)
    assert (Letter.get_by_id(letter.id).withdrawn_on, again.state) == (clock.today(), "concept")
    assert open_letter(office, again.id).stopped == ""
    assert "vervangt" not in content_of(again).kind  # the practice never saw the first


@pytest.mark.parametrize("change", CHANGES, ids=[each.__name__ for each in CHANGES])
def test_change_between_printing_and_saying_that_it_went_is_asked_about(
    office: Member, change: Callable[[Voucher], None]
) -> None:
    voucher = begun(office)
    letter = fix_letter(office, write_letter(office, voucher.id, "intake").id)
    dispatch = send_letter(office, letter.id, "print")
    change(voucher)
    with pytest.raises(Doubtful, match="“"):
        confirm_sent(office, dispatch.id)
    assert confirm_sent(office, dispatch.id, sure=True).state == "sent"


def test_nothing_is_said_of_a_letter_that_is_right(office: Member) -> None:
    voucher = begun(office)
    letter = write_letter(office, voucher.id, "intake")
    changed(Person.get_by_id(voucher.person_id), note="belt liever 's avonds", phone2="+31612345678")
    assert open_letter(office, letter.id).stopped == ""
    fixed = fix_letter(office, letter.id)
    confirm_sent(office, send_letter(office, fixed.id, "text").id)


def test_day_that_went_by_while_the_letter_lay_here_is_named(office: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    letter = write_letter(office, begun(office).id, "intake")
    now = clock.now() + timedelta(days=150)
    monkeypatch.setattr(clock, "now", lambda: now)
    assert "die dag is voorbij" in open_letter(office, letter.id).stopped
    with pytest.raises(Refused, match="voorbij"):
        fix_letter(office, letter.id)


def test_sentence_put_right_by_hand_is_right(office: Member) -> None:
    voucher = begun(office)
    letter = write_letter(office, voucher.id, "intake")
    is_called_otherwise(voucher)
    draft = open_letter(office, letter.id).draft
    edit_letter(office, replace(draft, state=draft.state.replace("een koor", "een zanggroep")))
    assert open_letter(office, letter.id).stopped == ""


def test_other_text_of_the_coordinator_overtakes_no_letter(office: Member) -> None:
    letter = write_letter(office, begun(office).id, "intake")
    body = text_of("intake").replace("doet mee", "doet van harte mee")
    change_text(office, LetterTextDraft(kind="intake", body=body, sure=True))
    assert open_letter(office, letter.id).stopped == ""


def test_copy_of_a_concept_is_refused_and_of_what_is_not_so_asked_about(office: Member) -> None:
    voucher = begun(office)
    letter = write_letter(office, voucher.id, "intake")
    with pytest.raises(Refused, match="concept"):
        reprint_letter(office, letter.id)
    fix_letter(office, letter.id)
    stops(voucher)
    with pytest.raises(Doubtful, match="kopie"):
        reprint_letter(office, letter.id)
    assert reprint_letter(office, letter.id, sure=True).pdf


def test_talk_that_said_otherwise_overtakes_the_progress_letter(office: Member) -> None:
    voucher = begun(office)
    add_row(Aftercare(voucher=voucher, person=voucher.person_id, held_on=days_ago(1), outcome="still"))
    letter = write_letter(office, voucher.id, "progress")
    changed(Aftercare.get(), outcome="stopped", stop_reason="illness")
    assert "“" in open_letter(office, letter.id).stopped


def add_talk(voucher: Voucher) -> Aftercare:
    return add_row(Aftercare(voucher=voucher, person=voucher.person_id, held_on=days_ago(1), outcome="still"))


DEEDS: dict[str, Callable[[Voucher], Record]] = {
    "intake": lambda voucher: Intake.get(Intake.voucher == voucher),
    "progress": add_talk,
    "closing": lambda voucher: add_closing(voucher, "completed"),
}


@pytest.mark.parametrize("moment", DEEDS)
def test_letter_about_a_deed_that_was_taken_back_does_not_leave(office: Member, moment: str) -> None:
    """Also where every sentence in it is still so: the practice would hear of a talk that never was."""
    voucher = begun(office)
    deed = DEEDS[moment](voucher)
    letter = fix_letter(office, write_letter(office, voucher.id, moment).id)
    dispatch = send_letter(office, letter.id, "text")
    with changes.deed(office.id, "taken back"):
        deed.delete_instance()
    assert open_letter(office, letter.id).stopped
    with pytest.raises(Refused):
        send_letter(office, letter.id, "pdf")
    with pytest.raises(Doubtful):
        confirm_sent(office, dispatch.id)


@pytest.mark.parametrize("moment", ["intake", "progress"])
def test_concept_tells_of_the_deed_that_was_recorded_in_its_place(office: Member, moment: str) -> None:
    voucher = begun(office)
    deed = DEEDS[moment](voucher)
    letter = write_letter(office, voucher.id, moment)
    with changes.deed(office.id, "taken back"):
        deed.delete_instance()
    with pytest.raises(Refused, match="ongedaan gemaakt"):
        approve_letter(office, letter.id)
    again = add_intake(voucher, days_ago(20)) if moment == "intake" else add_talk(voucher)
    fix_letter(office, letter.id)
    (told,) = [each for each in Letter.get_by_id(letter.id).moments if each.moment == moment]
    assert (told.subject, letter.id) == (again.id, told.letter_id)
    assert not [each for each in due_of_case(office, voucher.id, clock.today()) if each.moment == moment]


def test_second_letter_about_one_deed_does_not_leave(office: Member) -> None:
    voucher = begun(office)
    intake = DEEDS["intake"](voucher)
    older = write_letter(office, voucher.id, "intake")
    with changes.deed(office.id, "taken back"):
        intake.delete_instance()
    add_intake(voucher, days_ago(20))
    newer = write_letter(office, voucher.id, "intake")
    with pytest.raises(Refused, match="andere brief"):
        fix_letter(office, older.id)
    fix_letter(office, newer.id)


def test_letter_of_the_day_itself_says_the_day_after_that_it_is_over(
    office: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has a first day today; tomorrow that is no longer so, while a talk of today stays one of that day."""
    voucher = add_voucher(office, add_practice(), dated_on=days_ago(30), received_on=days_ago(30))
    add_intake(voucher, clock.today())
    letter = fix_letter(office, write_letter(office, voucher.id, "intake").id)
    other = add_voucher(office, voucher.practice, surname="Bos", dated_on=days_ago(30), received_on=days_ago(30))
    add_intake(other, days_ago(3))
    choir = add_activity("Zangkoor", letter_name="een koor")
    add_enrolment(other, choir, state="enrolled", start_on=clock.today())
    begins = fix_letter(office, write_letter(office, other.id, "intake").id)
    now = clock.now() + timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: now)
    assert "die dag is voorbij" in open_letter(office, begins.id).stopped
    assert open_letter(office, letter.id).stopped == ""


@pytest.mark.parametrize(("keeps", "said"), [(True, "begint"), (False, "niet met een activiteit begonnen")])
def test_letter_after_rounding_off_says_who_goes_on(office: Member, keeps: bool, said: str) -> None:
    """Who was signed up and had not begun only goes on when that was said with the closing."""
    voucher = add_voucher(office, add_practice(), dated_on=days_ago(30), received_on=days_ago(30))
    add_intake(voucher, days_ago(20))
    activity = add_activity("Zangkoor", letter_name="een koor")
    later = clock.today() + timedelta(days=9)
    place = add_enrolment(voucher, activity, state="enrolled", start_on=later)
    draft = ClosingDraft(voucher_id=voucher.id, closed_on=clock.today(), outcome="completed", sure=True)
    close_case(office, replace(draft, keeps=(place.id,) if keeps else ()))
    assert said in str(content_of(write_letter(office, voucher.id, "closing")).core)
