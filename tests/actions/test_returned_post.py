"""Letters that came back: recorded, looked at, sent again; and wrong letters that are put right."""

from datetime import timedelta
from typing import Any

import pytest

from desktop import clock
from desktop.actions.letter_correcting import correct_letter, withdraw_letter, write_for_new_address
from desktop.actions.letter_looks import open_letter
from desktop.actions.letter_sending import confirm_sent, fix_letter, send_letter
from desktop.actions.letters import edit_letter, write_letter
from desktop.actions.merge import merge_people, merge_practices
from desktop.actions.practices import change_contact, change_practice
from desktop.actions.returned_post import record_returned, settle_returned
from desktop.actions.undo import undo_last
from desktop.errors import Refused
from desktop.rules.letterdraft import LetterDraft
from desktop.rules.merge import MergeDraft
from desktop.rules.practices import ContactDraft, PracticeDraft
from desktop.rules.returned_post import ReturnDraft
from desktop.rules.staff import Member
from desktop.storage.archive import ArchiveFilter, fetch_archive, list_archive, trail_of
from desktop.storage.changes import deed
from desktop.storage.erasing import anonymise, destroy
from desktop.storage.friday import list_waiting_for_word
from desktop.storage.letters import content_of, sent_on
from desktop.storage.letters_due import due_of_case
from desktop.storage.models import Contact, Dispatch, Letter, LetterPdf, Person, Practice, ReturnedPost, Voucher
from desktop.storage.tasks import list_tasks
from tests.actions.test_letters import a_case, sent
from tests.factory import add_member, add_practice, add_voucher


def a_sent_letter(by: Member, **more: Any) -> Letter:
    return sent(by, write_letter(by, a_case(by, **more).id, "intake"))


def came_back(by: Member, letter: Letter, why: str = "moved", **more: Any) -> ReturnedPost:
    values = {"returned_on": clock.today(), **more}
    return record_returned(by, ReturnDraft(letter_id=letter.id, why=why, **values))


def fresh(letter: Letter) -> Letter:
    found: Letter = Letter.get_by_id(letter.id)
    return found


def moved(practice: Practice, **more: Any) -> PracticeDraft:
    values = {"name": practice.name, "street": "Nieuwe Weg", "number": "9", "postcode": "5611 ZZ", "town": "Dorpstad"}
    return PracticeDraft(id=practice.id, agb=practice.agb, phone=practice.phone, **{**values, **more})


def titles(by: Member) -> list[str]:
    return [task.title for task in list_tasks(by, clock.today())]


# ---- what came back


def test_letter_that_came_back_is_ready_again_and_asks_for_the_address(office: Member) -> None:
    letter = a_sent_letter(office)
    returned = came_back(office, letter)
    assert fresh(letter).state == "fixed"
    assert sent_on(letter) is None
    assert returned.dispatch.letter_id == letter.id
    assert "Adres van De Linde nakijken: een brief kwam terug" in titles(office)
    assert due_of_case(office, letter.voucher_id, clock.today()) == ()
    with pytest.raises(Refused, match="eerst het adres"):
        send_letter(office, letter.id, "print")


def test_two_letters_from_one_practice_are_one_task(office: Member) -> None:
    practice = add_practice()
    for surname in ("Aart", "Bakker"):
        came_back(office, a_sent_letter(office, practice=practice, surname=surname, birth_date=""))
    assert [title for title in titles(office) if "Adres" in title] == [
        "Adres van De Linde nakijken: 2 brieven kwamen terug"
    ]


def test_only_mine_leaves_out_what_a_colleague_works_on(office: Member) -> None:
    colleague = add_member("C. Coach", "coach")
    letter = a_sent_letter(office, coach=colleague.id)
    came_back(office, letter)
    assert "Adres" not in " ".join(task.title for task in list_tasks(office, clock.today(), mine=True))
    assert "Adres" in " ".join(task.title for task in list_tasks(colleague, clock.today(), mine=True))


def test_only_on_a_day_since_it_was_sent_and_with_a_reason(office: Member) -> None:
    letter = a_sent_letter(office)
    for wrong in (clock.today() + timedelta(days=1), clock.today() - timedelta(days=1)):
        with pytest.raises(Refused) as refused:
            came_back(office, letter, returned_on=wrong)
        assert set(refused.value.fields) == {"returned_on"}
    with pytest.raises(Refused) as refused:
        came_back(office, letter, why="")
    assert set(refused.value.fields) == {"why"}
    assert ReturnedPost.select().count() == 0


def test_what_was_never_sent_or_came_back_already_cannot_come_back(office: Member) -> None:
    letter = fix_letter(office, write_letter(office, a_case(office).id, "intake").id)
    with pytest.raises(Refused, match="niet verstuurd"):
        came_back(office, letter)
    sent_letter = confirm_sent(office, send_letter(office, letter.id, "print").id)
    came_back(office, sent_letter)
    with pytest.raises(Refused, match="niet verstuurd"):
        came_back(office, sent_letter)


def test_recording_is_undone_and_the_letter_is_sent_as_before(office: Member) -> None:
    letter = a_sent_letter(office)
    came_back(office, letter)
    assert undo_last(office) == "returned post recorded"
    assert fresh(letter).state == "sent"
    assert sent_on(letter) == clock.today()
    assert "Adres" not in " ".join(titles(office))


def test_right_address_settles_it_and_the_same_letter_goes_again(office: Member) -> None:
    letter = a_sent_letter(office)
    came_back(office, letter)
    settle_returned(office, letter.practice_id, "address_right")
    assert "Adres" not in " ".join(titles(office))
    confirm_sent(office, send_letter(office, letter.id, "print").id)
    assert fresh(letter).state == "sent"
    trail = trail_of(office, letter.id)
    assert [each.returned is not None for each in trail.sendings] == [False, True]
    assert sent_on(letter) == clock.today()


def test_saying_sent_once_more_on_a_page_of_before_it_came_back_sends_nothing(office: Member) -> None:
    letter = fix_letter(office, write_letter(office, a_case(office).id, "intake").id)
    printed = send_letter(office, letter.id, "print")
    confirm_sent(office, printed.id)
    assert confirm_sent(office, printed.id).state == "sent"  # pressed twice
    came_back(office, letter)
    with pytest.raises(Refused, match="kwam terug"):
        confirm_sent(office, printed.id)
    assert fresh(letter).state == "fixed"


def test_what_was_copied_beside_the_paper_that_came_back_is_asked_about_no_more(office: Member) -> None:
    letter = fix_letter(office, write_letter(office, a_case(office).id, "intake").id)
    send_letter(office, letter.id, "text")
    came_back(office, confirm_sent(office, send_letter(office, letter.id, "print").id))
    (waits,) = list_waiting_for_word(office, clock.today())
    assert (waits.step, waits.dispatch_id) == ("send", 0)
    assert Dispatch.select().where(Dispatch.confirmed_at.is_null()).count() == 0  # a letter goes one way only


def test_looking_at_the_address_is_not_undone_after_the_letter_went_again(office: Member) -> None:
    letter = a_sent_letter(office)
    came_back(office, letter)
    settle_returned(office, letter.practice_id, "address_right")
    colleague = add_member("C. Coach", "coach")
    confirm_sent(colleague, send_letter(colleague, letter.id, "print").id)
    with pytest.raises(Refused, match="verstuurd"):
        undo_last(office)
    assert ReturnedPost.get().settled_how == "address_right"


def test_settling_is_undone_and_cannot_be_done_twice(office: Member) -> None:
    letter = a_sent_letter(office)
    came_back(office, letter)
    settle_returned(office, letter.practice_id, "other_way")
    with pytest.raises(Refused, match="geen post meer"):
        settle_returned(office, letter.practice_id, "address_right")
    assert undo_last(office) == "returned post settled"
    assert ReturnedPost.get().settled_on is None
    assert "een brief kwam terug" in " ".join(titles(office))


def test_new_address_settles_it_in_the_same_action_and_asks_for_a_new_letter(office: Member) -> None:
    letter = a_sent_letter(office)
    came_back(office, letter)
    change_practice(office, moved(letter.practice))
    assert ReturnedPost.get().settled_how == "address_changed"
    assert "opnieuw" in open_letter(office, letter.id).stopped
    with pytest.raises(Refused, match="opnieuw"):
        send_letter(office, letter.id, "print")
    again = write_for_new_address(office, letter.id)
    assert "Nieuwe Weg 9" in content_of(again).address
    assert content_of(again).core == content_of(letter).core
    assert "vervangt" not in content_of(again).kind
    assert again.approved_by_id == office.id
    assert fix_letter(office, again.id).state == "fixed"
    assert trail_of(office, letter.id).replaced_by == again


@pytest.mark.parametrize(
    ("part", "other"),
    [("name", "De Nieuwe Linde"), ("street", "Dorpsweg"), ("number", "8"), ("postcode", "5611 ZZ"),
     ("town", "Rivierdam"), ("country", "België")],
)  # fmt: skip
def test_any_other_part_of_the_address_settles_it(office: Member, part: str, other: str) -> None:
    letter = a_sent_letter(office)
    came_back(office, letter)
    practice = letter.practice
    as_it_was = {name: getattr(practice, name) for name in ("name", "street", "number", "postcode", "town", "country")}
    change_practice(office, moved(practice, **as_it_was | {part: other}))
    assert ReturnedPost.get().settled_how == "address_changed"


def test_undoing_the_new_address_opens_what_it_settled(office: Member) -> None:
    letter = a_sent_letter(office)
    came_back(office, letter)
    change_practice(office, moved(letter.practice))
    undo_last(office)
    assert ReturnedPost.get().settled_on is None
    assert Practice.get().street == "Lindelaan"


def test_another_change_of_the_practice_settles_nothing(office: Member) -> None:
    letter = a_sent_letter(office)
    came_back(office, letter)
    same = {"street": "Lindelaan", "number": "4", "postcode": "5611 XA"}
    change_practice(office, moved(letter.practice, note="belt liever", **same))
    assert ReturnedPost.get().settled_on is None


def test_whoever_left_the_practice_settles_what_was_addressed_to_them(office: Member) -> None:
    practice = add_practice()
    doctor = Contact.get(Contact.surname == "Jansen")
    voucher = a_case(office, practice=practice, report_to=doctor.id)
    letter = sent(office, write_letter(office, voucher.id, "intake"))
    came_back(office, letter, why="unknown")
    change_contact(
        office,
        ContactDraft(id=doctor.id, practice=practice.id, role="gp", initials="M.", surname="Jansen", active=False),
    )
    assert ReturnedPost.get().settled_how == "address_changed"
    again = write_for_new_address(office, letter.id)
    assert again.recipient_id is None
    assert again.practice_id == practice.id


def test_letter_whose_address_is_right_is_not_written_anew(office: Member) -> None:
    letter = a_sent_letter(office)
    came_back(office, letter)
    with pytest.raises(Refused, match="kan zo verstuurd worden"):
        write_for_new_address(office, letter.id)
    assert fresh(letter).withdrawn_on is None


# ---- wrong letters


def test_correcting_keeps_the_texts_and_tells_which_letter_it_replaces(office: Member) -> None:
    voucher = a_case(office)
    letter = write_letter(office, voucher.id, "intake")
    edit_letter(
        office, LetterDraft(id=letter.id, state="Mevrouw doet mee op maandag.", agreed="Elke week.", next="In januari.")
    )
    sent(office, letter)
    again = correct_letter(office, letter.id, "het is dinsdag")
    assert again.state == "concept"
    assert dict(content_of(again).core)["Stand van zaken"] == "Mevrouw doet mee op maandag."
    assert "vervangt ons bericht van" in content_of(again).kind
    assert fresh(letter).withdrawn_why == "het is dinsdag"
    assert trail_of(office, again.id).replaces == letter
    assert trail_of(office, letter.id).replaced_by == again


def test_correcting_what_the_practice_never_saw_says_nothing_about_it(office: Member) -> None:
    letter = fix_letter(office, write_letter(office, a_case(office).id, "intake").id)
    again = correct_letter(office, letter.id, "verkeerde dag")
    assert "vervangt" not in content_of(again).kind
    assert trail_of(office, again.id).replaces == letter
    assert undo_last(office) == "letter withdrawn to be corrected"
    assert fresh(letter).withdrawn_on is None
    assert Letter.select().count() == 1


def test_second_correction_still_names_the_letter_that_the_practice_saw(office: Member) -> None:
    first = a_sent_letter(office)
    second = fix_letter(office, correct_letter(office, first.id, "fout").id)
    third = correct_letter(office, second.id, "weer fout")
    assert "vervangt ons bericht van" in content_of(third).kind


def test_correcting_needs_a_reason_and_happens_whole_or_not_at_all(office: Member) -> None:
    letter = a_sent_letter(office)
    with pytest.raises(Refused) as refused:
        correct_letter(office, letter.id, " ")
    assert set(refused.value.fields) == {"why"}
    with deed(None, "the referrer wants nothing any more"):
        voucher = Voucher.get_by_id(letter.voucher_id)
        voucher.report_back = False
        voucher.save()
    with pytest.raises(Refused):
        correct_letter(office, letter.id, "verkeerde dag")
    assert fresh(letter).withdrawn_on is None
    assert Letter.select().count() == 1


def test_copy_for_the_referrer_is_withdrawn_along_and_not_corrected_by_itself(office: Member) -> None:
    practice = add_practice(letter_copy=True)
    doctor, assistant = Contact.select().order_by(Contact.id)
    voucher = a_case(office, practice=practice, referrer=doctor.id, report_to=assistant.id)
    letter = sent(office, write_letter(office, voucher.id, "intake"))
    (copy,) = Letter.select().where(Letter.copy_of == letter)
    with pytest.raises(Refused, match="afschrift"):
        correct_letter(office, copy.id, "fout")
    correct_letter(office, letter.id, "verkeerde dag")
    assert fresh(copy).withdrawn_why == "verkeerde dag"
    assert [each.id for each in trail_of(office, copy.id).copies] == [letter.id]


def test_copy_that_came_back_gets_the_new_address_at_once(office: Member) -> None:
    practice = add_practice(letter_copy=True)
    doctor, assistant = Contact.select().order_by(Contact.id)
    voucher = a_case(office, practice=practice, referrer=doctor.id, report_to=assistant.id)
    letter = sent(office, write_letter(office, voucher.id, "intake"))
    (copy,) = Letter.select().where(Letter.copy_of == letter)
    came_back(office, confirm_sent(office, send_letter(office, copy.id, "print").id))
    change_practice(office, moved(practice, letter_copy=True))
    again = write_for_new_address(office, copy.id)
    assert again.state == "fixed"
    assert again.copy_of_id == letter.id
    assert "Nieuwe Weg 9" in content_of(again).address
    assert LetterPdf.select().where(LetterPdf.letter == again).exists()
    assert trail_of(office, copy.id).replaced_by == again


# ---- persons and practices


def test_merged_practice_takes_its_returned_post_along(office: Member) -> None:
    letter = a_sent_letter(office)
    came_back(office, letter)
    went_again = a_sent_letter(office, practice=letter.practice, surname="Aart", birth_date="")
    came_back(office, went_again)
    settle_returned(office, letter.practice_id, "address_right")
    confirm_sent(office, send_letter(office, went_again.id, "print").id)
    came_back(office, confirm_sent(office, send_letter(office, letter.id, "print").id))
    other = add_practice("Praktijk Zuid", agb="01054322", postcode="5612 AA")
    kept, gone = Practice.get_by_id(other.id), Practice.get_by_id(letter.practice_id)
    merge_practices(
        office, MergeDraft(kept=kept.id, other=gone.id, kept_version=kept.version, other_version=gone.version)
    )
    assert {each.practice_id for each in ReturnedPost.select()} == {other.id}
    assert any("Zuid nakijken" in title for title in titles(office))
    undo_last(office)
    assert {each.practice_id for each in ReturnedPost.select()} == {letter.practice_id}


def test_merged_person_keeps_letters_that_came_back(office: Member) -> None:
    letter = a_sent_letter(office)
    came_back(office, letter)
    other = add_voucher(office, add_practice("Praktijk Zuid", agb="01054322")).person
    kept, gone = Person.get_by_id(other.id), Person.get_by_id(letter.person_id)
    merge_people(
        office, MergeDraft(kept=kept.id, other=gone.id, kept_version=kept.version, other_version=gone.version)
    )
    assert fresh(letter).person_id == other.id
    settle_returned(office, letter.practice_id, "address_right")


def test_destroying_a_person_takes_the_returned_post_away(office: Member) -> None:
    letter = a_sent_letter(office)
    came_back(office, letter)
    with deed(office.id, "destroyed by a test"):
        destroy(letter.person_id)
    assert ReturnedPost.select().count() == 0
    assert list_archive(office) == []
    assert "Adres" not in " ".join(titles(office))


def test_anonymised_letters_leave_the_archive_and_the_tasks(office: Member) -> None:
    letter = a_sent_letter(office)
    came_back(office, letter)
    with deed(office.id, "anonymised by a test"):
        anonymise(letter.person_id, clock.today())
    assert list_archive(office) == []
    assert ReturnedPost.get().why == "moved"
    assert "Adres" not in " ".join(titles(office))


# ---- roles


def test_intake_staff_have_nothing_to_do_with_letters(office: Member) -> None:
    clerk = add_member("K. de Boer", "intake")
    letter = a_sent_letter(office)
    with pytest.raises(Refused, match="rol"):
        came_back(clerk, letter)
    came_back(office, letter)
    with pytest.raises(Refused, match="rol"):
        settle_returned(clerk, letter.practice_id, "address_right")
    for deed_of_a_coach in (withdraw_letter, correct_letter):
        with pytest.raises(Refused, match="rol"):
            deed_of_a_coach(clerk, letter.id, "fout")


def test_leader_sees_and_does_nothing_of_it(office: Member) -> None:
    leader = add_member("L. Leider", "leader")
    letter = a_sent_letter(office)
    for look in (list_archive, lambda by: trail_of(by, letter.id), lambda by: fetch_archive(by, [letter.id])):
        with pytest.raises(Refused):
            look(leader)
    with pytest.raises(Refused):
        came_back(leader, letter)


def test_archive_knows_who_sent_it_how_and_that_it_came_back(office: Member) -> None:
    letter = a_sent_letter(office)
    came_back(office, letter)
    (line,) = fetch_archive(office, list_archive(office, "", ArchiveFilter(state="returned")))
    assert (line.state, line.dispatch.way, line.dispatch.staff.name) == ("returned", "print", office.name)  # type: ignore[union-attr]
