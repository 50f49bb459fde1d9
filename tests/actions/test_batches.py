"""A pile of letters from the printer to the envelopes: sent is only what staff saw come out well."""

from dataclasses import replace

import pytest

from desktop.actions.batches import (
    confirm_batch,
    letter_at,
    look_over,
    not_ready,
    note_printed,
    prepare_batch,
    slip_for,
    start_batch,
    stop_batch,
)
from desktop.actions.letter_correcting import withdraw_letter
from desktop.actions.letter_looks import open_letter
from desktop.actions.letter_sending import confirm_sent, fix_letter, send_letter
from desktop.actions.letters import approve_letter, edit_letter, write_letter
from desktop.actions.undo import undo_last
from desktop.errors import Refused, StorageProblem
from desktop.rules.batches import parcels
from desktop.rules.staff import Member
from desktop.storage import changes
from desktop.storage.batches import list_places, list_printable, open_batches
from desktop.storage.changes import Audit
from desktop.storage.models import Batch, Dispatch, Letter, LetterPdf, Practice
from tests.actions.test_letters import a_case, withdraw_consent
from tests.counting import assert_query_count
from tests.factory import add_consent, add_member, add_practice


def fixed(by: Member, practice: Practice) -> Letter:
    return fix_letter(by, write_letter(by, a_case(by, practice=practice).id, "intake").id)


def pile(by: Member, count: int = 4) -> list[int]:
    """Fixed letters for two practices in turn, so many in all."""
    practices = (add_practice("Zuiderpark", agb=None), add_practice("Huisartsenpraktijk Aan de Linde", agb=None))
    return [fixed(by, practices[each % 2]).id for each in range(count)]


def states() -> list[str]:
    return [letter.state for letter in Letter.select().order_by(Letter.id)]


def order(by: Member, batch: Batch) -> list[tuple[int, str]]:
    return [(each.position, each.letter.practice) for each in list_places(by, batch.id)]


def move(practice: Practice, street: str) -> None:
    with changes.deed(None, "practice moved by a test"):
        found = Practice.get_by_id(practice.id)
        found.street = street
        found.save()


def test_letters_lie_per_practice_and_nothing_is_sent_by_starting(office: Member) -> None:
    batch = start_batch(office, pile(office))
    linde, zuid = "Huisartsenpraktijk Aan de Linde", "Zuiderpark"
    assert order(office, batch) == [(1, linde), (2, linde), (3, zuid), (4, zuid)]
    assert states() == ["fixed"] * 4
    assert Dispatch.select().where(Dispatch.confirmed_at.is_null(False)).count() == 0
    assert [each.letters for each in open_batches(office)] == [4]
    assert list_printable(office) == []


def test_starting_twice_is_refused_by_name(office: Member) -> None:
    first, second = pile(office, 2)
    start_batch(office, [first])
    with pytest.raises(Refused, match=r"mevrouw Van der Meer-de Wit .* zit al in een stapel"):
        start_batch(office, [second, first])
    assert Batch.select().count() == 1
    assert [each.letter.letter_id for each in list_printable(office)] == [second]


def test_all_came_out_well(office: Member) -> None:
    batch = start_batch(office, pile(office))
    done = confirm_batch(office, batch.id, 4)
    assert (done.sent, done.left, done.left_out) == (4, 0, ())
    assert states() == ["sent"] * 4
    assert Batch.get().state == "done"
    with pytest.raises(Refused, match="al afgerond"):
        confirm_batch(office, batch.id, 4)
    assert Dispatch.select().count() == 4


def test_a_jam_after_letter_three_and_printing_goes_on_at_four(office: Member) -> None:
    batch = start_batch(office, pile(office, 5))
    done = confirm_batch(office, batch.id, 3)
    assert (done.sent, done.left) == (3, 2)
    places = list_places(office, batch.id)
    assert [[each.position for each in parcel.letters] for parcel in parcels(places)] == [[4, 5]]
    with pytest.raises(Refused, match="niet meer in deze stapel"):
        letter_at(office, batch.id, 3)
    assert letter_at(office, batch.id, 4).pdf.startswith(b"%PDF")
    assert confirm_batch(office, batch.id, 5).left == 0
    assert sorted(each.position for each in Dispatch.select()) == [1, 2, 3, 4, 5]


def test_none_came_out_well_and_all_wait_as_before(office: Member) -> None:
    batch = start_batch(office, pile(office))
    assert confirm_batch(office, batch.id, 0).left == 4
    assert states() == ["fixed"] * 4
    assert Batch.get().state == "printing"


def test_stopping_makes_the_rest_ready_again(office: Member) -> None:
    letters = pile(office)
    batch = start_batch(office, letters)
    confirm_batch(office, batch.id, 1)
    stop_batch(office, batch.id)
    assert states().count("sent") == 1
    assert Dispatch.select().count() == 1
    assert len(list_printable(office)) == 3
    again = start_batch(office, [each.letter.letter_id for each in list_printable(office)])
    assert confirm_batch(office, again.id, 3).sent == 3


def test_withdrawn_meanwhile_is_passed_over_and_must_come_out_of_the_pile(office: Member) -> None:
    batch = start_batch(office, pile(office))
    second = list_places(office, batch.id)[1].letter
    withdraw_letter(office, second.letter_id, "verkeerde datum")
    with pytest.raises(Refused, match="ingetrokken"):
        letter_at(office, batch.id, 2)
    done = confirm_batch(office, batch.id, 4)
    assert (done.sent, done.left) == (3, 0)
    assert [(each.number, each.why) for each in done.left_out] == [(second.number, "Deze brief is ingetrokken.")]
    assert Letter.get_by_id(second.letter_id).state == "fixed"


def test_consent_withdrawn_meanwhile_keeps_the_letter_here(office: Member) -> None:
    batch = start_batch(office, pile(office, 2))
    first = list_places(office, batch.id)[0].letter
    withdraw_consent(Letter.get_by_id(first.letter_id).voucher)
    with pytest.raises(Refused, match="toestemming"):
        letter_at(office, batch.id, 1)
    done = confirm_batch(office, batch.id, 2)
    assert done.sent == 1
    assert "toestemming" in done.left_out[0].why
    assert Letter.get_by_id(first.letter_id).state == "fixed"


def test_letter_that_was_refused_at_its_turn_is_on_no_paper_and_leaves_the_batch(office: Member) -> None:
    batch = start_batch(office, pile(office, 2))
    first = list_places(office, batch.id)[0].letter
    voucher = Letter.get_by_id(first.letter_id).voucher
    withdraw_consent(voucher)
    with pytest.raises(Refused, match="toestemming"):
        letter_at(office, batch.id, 1)
    note_printed(office, batch.id, 2, {1})
    add_consent(voucher)  # given again before anybody said what came out well
    done = confirm_batch(office, batch.id, 2)
    assert (done.sent, done.left_out, Batch.get().state) == (1, (), "done")
    assert Letter.get_by_id(first.letter_id).state == "fixed"
    assert [each.letter.letter_id for each in list_printable(office)] == [first.letter_id]


def test_sent_in_another_way_meanwhile_is_not_sent_twice(office: Member) -> None:
    batch = start_batch(office, pile(office, 2))
    first = list_places(office, batch.id)[0].letter
    confirm_sent(office, send_letter(office, first.letter_id, "text").id)
    done = confirm_batch(office, batch.id, 2)
    assert done.sent == 1
    assert "op een andere manier" in done.left_out[0].why
    ways = [each.way for each in Dispatch.select().where(Dispatch.letter == first.letter_id)]
    assert ways == ["text"]


def test_approved_concepts_are_fixed_in_the_same_go(office: Member) -> None:
    practice = add_practice()
    concept = write_letter(office, a_case(office, practice=practice).id, "intake")
    write_letter(office, a_case(office, practice=practice).id, "intake")
    approve_letter(office, concept.id)
    (ready,) = list_printable(office)
    assert (ready.concept, ready.way) == (True, "print")
    started = prepare_batch(office, [ready.letter.letter_id])
    assert started.batch_id == Batch.get().id
    assert sorted(states()) == ["concept", "fixed"]
    assert LetterPdf.select().count() == 1


def test_concept_whose_akkoord_lapsed_meanwhile_is_not_fixed_by_printing(office: Member) -> None:
    concept = approve_letter(office, write_letter(office, a_case(office, coach=office.id).id, "intake").id)
    draft = open_letter(office, concept.id).draft
    edit_letter(add_member("K. de Boer", "coach"), replace(draft, state="Mevrouw komt elke dinsdag."))
    started = prepare_batch(office, [concept.id])
    assert (started.batch_id, states()) == (None, ["concept"])
    assert "akkoord" in started.left_out[0].why


def test_a_letter_that_may_not_go_is_named_before_printing(office: Member) -> None:
    letters = pile(office)
    withdraw_consent(Letter.get_by_id(letters[0]).voucher)
    seen = look_over(office, letters)
    assert [each.letter_id for each in seen.left_out] == [letters[0]]
    assert set(seen.letter_ids) == set(letters[1:])
    with pytest.raises(Refused, match="toestemming"):
        start_batch(office, letters)


def test_addresses_that_changed_are_seen_before_the_envelope(office: Member) -> None:
    practice = add_practice()
    sent = fixed(office, practice)
    confirm_sent(office, send_letter(office, sent.id, "print").id)
    stale = fixed(office, practice)
    move(practice, "Dreef")
    fresh = fixed(office, practice)
    seen = look_over(office, [stale.id, fresh.id])
    assert [each.letter_id for each in seen.left_out] == [stale.id]
    (changed,) = seen.changed
    assert "Dreef 4" in changed.now
    assert "Lindelaan 4" in changed.before
    assert changed.letter_ids == (fresh.id,)


def test_damaged_bytes_are_never_printed(office: Member) -> None:
    batch = start_batch(office, pile(office, 1))
    with changes.deed(None, "damaged by a test"):
        kept = LetterPdf.get()
        kept.bytes = b"%PDF-1.4 something else"
        kept.save()
    with pytest.raises(StorageProblem, match="beschadigd"):
        letter_at(office, batch.id, 1)


def test_printing_is_not_undone_and_undo_never_crosses_a_sent_letter(office: Member) -> None:
    batch = start_batch(office, pile(office, 2))
    with pytest.raises(Refused, match="Afdrukken kan niet ongedaan"):
        undo_last(office)
    note_printed(office, batch.id, 2)
    confirm_batch(office, batch.id, 2)
    with pytest.raises(Refused, match="verstuurd"):
        undo_last(office)
    assert states() == ["sent", "sent"]


def test_each_printed_letter_leaves_its_line_in_the_log(office: Member) -> None:
    batch = start_batch(office, pile(office, 1))
    letter = letter_at(office, batch.id, 1).record
    line = Audit.select().order_by(Audit.id.desc()).get()
    assert (line.name, line.subject_id, line.person_id) == ("letter printed", letter.id, letter.person_id)


def test_a_number_beyond_the_batch_and_a_leader_are_refused(office: Member) -> None:
    batch = start_batch(office, pile(office, 2))
    for position in (-1, 3):
        with pytest.raises(Refused, match="geen"):
            confirm_batch(office, batch.id, position)
    leader = add_member("G. Groep", "leader")
    for attempt in (lambda: start_batch(leader, []), lambda: look_over(leader, []), lambda: list_printable(leader)):
        with pytest.raises(Refused, match="rol"):
            attempt()


def test_list_and_batch_are_a_few_queries_however_many_letters(office: Member) -> None:
    letters = pile(office, 6)
    with assert_query_count(2):
        assert len(list_printable(office)) == 6
    batch = start_batch(office, letters)
    with assert_query_count(2):
        assert len(list_places(office, batch.id)) == 6
    with assert_query_count(1):
        assert [each.by for each in open_batches(office)] == ["F. Yıldız"]


def test_a_pile_leaves_out_what_cannot_go_and_says_why_of_each(office: Member) -> None:
    """Nothing is fixed for a practice without an address; the rest goes."""
    good = fixed(office, add_practice("Zuiderpark", agb=None))
    homeless = add_practice("Het Dok", agb=None, street="zie nicht", number="")
    voucher = a_case(office, practice=homeless, coach=office.id)
    lost = approve_letter(office, write_letter(office, voucher.id, "intake").id)
    unread = write_letter(office, a_case(office, practice=add_practice("De Beek", agb=None)).id, "intake")
    seen = look_over(office, [good.id, lost.id, unread.id])
    assert seen.letter_ids == (good.id,)
    assert {each.letter_id: each.why for each in seen.left_out} == {
        lost.id: "Naar Het Dok kan geen post. “zie nicht” is geen adres.",
        unread.id: "De coach geeft eerst akkoord op deze brief.",
    }
    assert {each.letter_id: each.address_of for each in seen.left_out} == {lost.id: homeless.id, unread.id: 0}
    assert [each.letter_id for each in not_ready(office)] == [unread.id]
    started = prepare_batch(office, [good.id, lost.id, unread.id])
    assert started.batch_id is not None
    assert len(started.left_out) == 2
    assert [each.letter.letter_id for each in list_places(office, started.batch_id)] == [good.id]
    assert {lost.id: "concept", unread.id: "concept"}.items() <= {row.id: row.state for row in Letter.select()}.items()


def test_a_practice_that_lost_its_address_gets_no_letter_and_no_slip_at_its_turn(office: Member) -> None:
    first, second = pile(office, 2)
    batch = start_batch(office, [first, second])
    places = list_places(office, batch.id)
    move(Practice.get_by_id(places[0].letter.practice_id), "onbekend")
    with pytest.raises(Refused, match="“onbekend” is geen adres"):
        letter_at(office, batch.id, 1)
    parcel = parcels(places)[0]
    with pytest.raises(Refused, match="“onbekend” is geen adres"):
        slip_for(office, batch.id, parcel, 1, 2)
    assert letter_at(office, batch.id, 2).pdf.startswith(b"%PDF")


@pytest.mark.parametrize("way", ["print", "text", "pdf"])
def test_only_what_goes_on_paper_needs_an_address(office: Member, way: str) -> None:
    practice = add_practice("Het Dok", agb=None, street="", number="", letter_way=way)
    letter = write_letter(office, a_case(office, practice=practice).id, "intake")
    if way == "print":
        with pytest.raises(Refused, match=r"Naar Het Dok kan geen post\. In het adres ontbreekt: straat, huisnummer\."):
            fix_letter(office, letter.id)
        assert Letter.get_by_id(letter.id).state == "concept"
        return
    fix_letter(office, letter.id)
    with pytest.raises(Refused, match="geen post"):
        send_letter(office, letter.id, "print")
    send_letter(office, letter.id, way)
    assert [each.way for each in Dispatch.select()] == [way]
