"""Two records made one: nothing is lost or left pointing at nobody, and one undo brings both back."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop import clock
from desktop.actions.merge import keep_apart, merge_people, merge_practices
from desktop.actions.retention import destroy_person
from desktop.actions.undo import undo, undo_last
from desktop.actions.vouchers import correct_person
from desktop.errors import Refused
from desktop.rules.merge import MergeDraft
from desktop.rules.people import PersonDraft
from desktop.rules.retention import DestroyDraft
from desktop.rules.staff import Member
from desktop.storage import changes
from desktop.storage.changes import Audit, Record
from desktop.storage.database import database
from desktop.storage.merge import differences, list_same_people
from desktop.storage.models import (
    RECORDS,
    Consent,
    Contact,
    ContactAttempt,
    DifferentPeople,
    Letter,
    Person,
    Practice,
    Voucher,
)
from desktop.storage.people import find_person, list_people
from desktop.storage.practices import list_practices
from desktop.storage.search import find
from tests.factory import (
    add_closing,
    add_consent,
    add_enrolment,
    add_intake,
    add_member,
    add_practice,
    add_row,
    add_voucher,
)


def draft(kept: Record, other: Record, **choices: str) -> MergeDraft:
    """As the screen makes it, from what stands on file now."""
    kept, other = type(kept).get_by_id(kept.id), type(other).get_by_id(other.id)
    return MergeDraft(
        kept=kept.id, other=other.id, kept_version=kept.version, other_version=other.version, choices=choices
    )


def annie_twice(by: Member) -> tuple[Person, Person]:
    """Once typed from the voucher of 2024, once over the phone with a half name and another address."""
    practice = add_practice()
    first = add_voucher(by, practice)
    second = add_voucher(
        by, practice, first_name="", initials="A.", surname="de Wit", birth_name="Wit", phone="+31687654321",
        postcode="5611 XA", street="Lindelaan", number="8", email="annie@voorbeeld.nl", dated_on=clock.today(),
    )  # fmt: skip
    add_intake(second)
    add_enrolment(second)
    add_consent(second, "hexagon")
    return Person.get_by_id(first.person_id), Person.get_by_id(second.person_id)


def digest() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table as staff know it: without versions, which undo may raise."""
    found = {}
    for model in RECORDS:
        columns = [field.column_name for field in model._meta.sorted_fields if field.name != "version"]
        rows = model.select(*[model._meta.columns[name] for name in columns]).order_by(model.id).tuples()
        found[model._meta.table_name] = [tuple(row) for row in rows]
    return found


def orphans() -> list[str]:
    """Rows that still point to someone who was merged away, or to a case of somebody else."""
    wrong = [f"{row[0]} {row[1]}" for row in database.execute_sql("PRAGMA foreign_key_check").fetchall()]
    for model in RECORDS:
        for link in model._meta.refs:
            if link.rel_model in (Person, Practice) and link.name != "merged_into":
                gone = link.rel_model.select().where(link.rel_model.merged_into.is_null(False))
                wrong += [f"{model.__name__} {row.id}.{link.name}" for row in model.select().where(link.in_(gone))]
        if {"person", "voucher"} <= {link.name for link in model._meta.refs}:
            torn = model.select().join(Voucher, on=(model.voucher == Voucher.id)).where(model.person != Voucher.person)
            wrong += [f"{model.__name__} {row.id} is torn" for row in torn]
    return wrong


def test_everything_of_the_other_becomes_theirs_and_is_found_under_one_name(office: Member) -> None:
    kept, other = annie_twice(office)
    merge_people(office, draft(kept, other))
    assert Voucher.select().where(Voucher.person == kept).count() == 2
    assert orphans() == []
    assert list_people(office) == [kept.id]
    assert [row for kind, row in find("wit", "person")] == [kept.id]
    assert find_person(office, other.id).id == kept.id  # an old link still leads somewhere
    owners = {row[0] for row in database.execute_sql("SELECT DISTINCT person_id FROM search_entry").fetchall()}
    assert other.id not in owners


def test_the_preview_shows_each_difference_and_what_is_chosen_is_stored(office: Member) -> None:
    kept, other = annie_twice(office)
    shown = {each.name: each for each in differences(office, "person", kept.id, other.id)}
    assert (shown["surname"].kept, shown["surname"].other) == ("Meer-de Wit", "de Wit")
    assert shown["address"].other.startswith("Lindelaan 8, 5611 XA")
    assert shown["email"].proposed == "other"  # only one of the two has it
    assert "phone" not in shown  # the same on both
    merge_people(office, draft(kept, other, surname="kept", address="other"))
    person = Person.get_by_id(kept.id)
    assert (person.surname, person.street, person.number) == ("Meer-de Wit", "Lindelaan", "8")
    assert (person.email, person.first_name) == ("annie@voorbeeld.nl", "Annie")
    assert ("person", kept.id) in find("annie 5611")


def test_two_addresses_that_differ_in_the_country_are_told_apart(office: Member) -> None:
    street = {"street": "Molenweg", "number": "3", "postcode": "4575", "town": "Overslag"}
    both = [add_voucher(office, None, **street, country=country) for country in ("België", "Frankrijk")]
    shown = {each.name: each for each in differences(office, "person", *(row.person_id for row in both))}
    assert shown["address"].kept == "Molenweg 3, 4575 Overslag, België"
    assert shown["address"].other == "Molenweg 3, 4575 Overslag, Frankrijk"


def test_both_notes_stay_and_the_stricter_way_of_contact_is_proposed(office: Member) -> None:
    kept, other = annie_twice(office)
    for person, note, ways in ((kept, "Hoort slecht links.", "phone post email"), (other, "Belt liever zelf.", "post")):
        with changes.deed(office.id, "noted"):
            row = Person.get_by_id(person.id)
            row.note, row.contact_by = note, ways
            row.save()
    merge_people(office, draft(kept, other))
    person = Person.get_by_id(kept.id)
    assert person.note == "Hoort slecht links.\nBelt liever zelf."
    assert person.contact_by == "post"


def test_one_undo_brings_both_back_to_the_letter(office: Member) -> None:
    kept, other = annie_twice(office)
    before, found = digest(), find("wit")
    merge_people(office, draft(kept, other, address="other"))
    assert digest() != before
    undo_last(office)
    assert digest() == before
    assert sorted(find("wit")) == sorted(found)


def test_undo_is_refused_once_later_work_builds_on_the_merge(office: Member) -> None:
    kept, other = annie_twice(office)
    moved = Voucher.get(Voucher.person == other)
    merge_people(office, draft(kept, other))
    merged = Audit.select().order_by(Audit.id.desc()).get()
    add_row(ContactAttempt(voucher=moved.id, person=kept.id, at=clock.now(), outcome="no_answer"))
    before = digest()
    with pytest.raises(Refused, match="later werk"):
        undo(office, merged.id)
    assert digest() == before
    assert orphans() == []


def test_merge_that_moved_a_sent_letter_can_be_undone_but_the_sending_cannot(office: Member) -> None:
    kept, other = annie_twice(office)
    case = Voucher.get(Voucher.person == other)
    letter = Letter(
        voucher=case, person=other, moment="arrived", practice=case.practice_id, content="{}",
        recipient_key=f"{case.practice_id}-0", written_on=clock.today(),
    )  # fmt: skip
    with changes.deed(office.id, "letter written by a test"):
        letter.save()
    with changes.deed(office.id, "letter sent by a test"):
        letter = Letter.get_by_id(letter.id)
        letter.state = "sent"
        letter.save()
    merge_people(office, draft(kept, other))
    assert Letter.get_by_id(letter.id).person_id == kept.id
    undo_last(office)
    assert Letter.get_by_id(letter.id).person_id == other.id
    with pytest.raises(Refused, match="verstuurde brief"):
        undo_last(office)


def test_who_was_changed_meanwhile_is_not_merged(office: Member) -> None:
    kept, other = annie_twice(office)
    stale = draft(kept, other)
    colleague = add_member("K. de Boer", "coach")
    person = Person.get_by_id(other.id)
    correct_person(colleague, PersonDraft(id=person.id, version=person.version, surname="Kuiper", comes_by=True))
    before = digest()
    with pytest.raises(Refused, match="Boer"):
        merge_people(office, stale)
    assert digest() == before


def test_with_oneself_or_with_someone_merged_already_is_refused(office: Member) -> None:
    kept, other = annie_twice(office)
    with pytest.raises(Refused):
        merge_people(office, draft(kept, kept))
    merge_people(office, draft(kept, other))
    with pytest.raises(Refused):
        merge_people(office, draft(kept, other))


def test_likely_doubles_are_listed_until_somebody_says_they_are_two_people(office: Member) -> None:
    kept, other = annie_twice(office)
    add_voucher(office, surname="Nguyen", first_name="Linh", phone="+31612345678", birth_date="1980-01-01")
    pairs = list_same_people(office)
    assert [(pair.kept, pair.other) for pair in pairs] == [(kept.id, other.id)]
    assert "zelfde geboortedatum" in pairs[0].why
    keep_apart(office, other.id, kept.id)
    assert list_same_people(office) == []
    undo_last(office)
    assert len(list_same_people(office)) == 1


def test_judgements_about_third_persons_go_along(office: Member) -> None:
    kept, other = annie_twice(office)
    third = Person.get_by_id(add_voucher(office, first_name="Anna", surname="Meer").person_id)
    for first, second in ((kept, third), (other, third), (kept, other)):
        keep_apart(office, first.id, second.id)
    merge_people(office, draft(kept, other))
    assert [(row.person_id, row.other_id) for row in DifferentPeople.select()] == [(kept.id, third.id)]


def test_practices_merge_with_their_people_codes_and_letters(office: Member) -> None:
    kept = add_practice("Praktijk De Linde", agb=None)
    other = add_practice("Huisartsenpraktijk De Linde", agb="01054321")
    voucher = add_voucher(office, other)
    letter = Letter(
        voucher=voucher, person=voucher.person_id, moment="arrived", practice=other, content="{}",
        recipient_key=f"{other.id}-0", written_on=clock.today(),
    )  # fmt: skip
    add_row(letter)
    before = digest()
    merge_practices(office, draft(kept, other, name="kept"))
    assert list_practices(office) == [kept.id]
    assert (Practice.get_by_id(kept.id).agb, Practice.get_by_id(other.id).agb) == ("01054321", None)
    assert Letter.get_by_id(letter.id).recipient_key == f"{kept.id}-0"
    assert orphans() == []
    undo_last(office)
    assert digest() == before


def test_who_stood_at_both_practices_stands_there_once(office: Member) -> None:
    kept, other = add_practice("Praktijk De Linde", agb=None), add_practice("De Linde", agb=None)
    name = {"role": "gp", "initials": "M.", "surname": "Kuiper"}
    first, twin = Contact(practice=kept, **name), Contact(practice=other, phone="+31502110099", **name)
    elder = Contact(practice=other, **{**name, "initials": "P."})
    busy = Contact(practice=other, **{**name, "role": "assistant"})
    for each in (first, twin, elder, busy):
        add_row(each)
    case = add_voucher(office, other, referrer=twin.id, report_to=twin.id)
    letter = Letter(
        voucher=case, person=case.person_id, moment="arrived", practice=other, recipient=twin, content="{}",
        recipient_key=f"{other.id}-{twin.id}", written_on=clock.today(),
    )  # fmt: skip
    add_row(letter)
    before = digest()
    merge_practices(office, draft(kept, other))
    there = {row.id for row in Contact.select().where(Contact.practice == kept)}
    assert {first.id, elder.id, busy.id} <= there
    assert twin.id not in there
    assert Contact.get_by_id(first.id).phone == "+31502110099"
    case, letter = Voucher.get_by_id(case.id), Letter.get_by_id(letter.id)
    assert (case.referrer_id, case.report_to_id, letter.recipient_id) == (first.id, first.id, first.id)
    assert letter.recipient_key == f"{kept.id}-{first.id}"
    assert orphans() == []
    undo_last(office)
    assert digest() == before


deeds = st.lists(
    st.sampled_from(["voucher", "intake", "enrolment", "consent", "contact", "merge", "undo"]), max_size=12
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(work=deeds, choice=st.sampled_from(["kept", "other", "both"]))
def test_no_order_of_merging_working_and_undoing_leaves_an_orphan(office: Member, work: list[str], choice: str) -> None:
    start = clock.now()
    people = [Person.get_by_id(add_voucher(office, first_name=f"P{n}").person_id) for n in range(3)]
    for step, deed in enumerate(work):
        standing = [each.id for each in Person.select().where(Person.merged_into.is_null())]
        case = Voucher.select().order_by(Voucher.id.desc()).offset(step % 3).first()
        if deed == "voucher":
            known = Person.get_or_none(Person.id == people[step % 3].id)
            add_voucher(office, **({"person_id": known.id} if known else {"first_name": f"P{step}"}))
        elif deed == "intake":
            add_intake(case)
        elif deed == "enrolment":
            add_enrolment(case)
        elif deed == "consent":
            add_consent(case)
        elif deed == "contact":
            add_row(ContactAttempt(voucher=case, person=case.person_id, at=clock.now(), outcome="reached"))
        elif deed == "merge" and len(standing) > 1:
            one, two = (Person.get_by_id(each) for each in standing[-2:])
            merge_people(office, draft(one, two, surname=choice, address=choice))
        elif deed == "undo":
            mine = changes.recent_of(office.id, start - timedelta(seconds=1))
            if mine:
                _try_undo(office, mine[step % len(mine)].id)
        assert orphans() == []
    assert (
        Consent.select().where(Consent.person.in_(Person.select().where(Person.merged_into.is_null(False)))).count()
        == 0
    )


def _try_undo(by: Member, audit_id: int) -> None:
    """Taken back or refused with a reason; never half."""
    before = digest()
    try:
        undo(by, audit_id)
    except Refused:
        assert digest() == before


def merged(by: Member, kept: Person, other: Person) -> Audit:
    merge_people(by, draft(kept, other))
    done: Audit = Audit.select().order_by(Audit.id.desc()).get()
    return done


def led_astray() -> list[int]:
    """Cases that call somebody else's case the one before."""
    before = Voucher.alias()
    rows = Voucher.select(Voucher.id).join(before, on=(Voucher.previous == before.id))
    return [row[0] for row in rows.where(before.person != Voucher.person).tuples()]


def test_each_case_knows_the_one_before_it_also_when_one_falls_between_two_others(office: Member) -> None:
    first = add_voucher(office, sure=True, received_on=clock.today() - timedelta(days=40))
    third = add_voucher(office, person_id=first.person_id, received_on=clock.today())
    second = add_voucher(office, surname="de Wit", sure=True, received_on=clock.today() - timedelta(days=20))
    merge_people(office, draft(Person.get_by_id(first.person_id), Person.get_by_id(second.person_id)))
    assert [Voucher.get_by_id(each.id).previous_id for each in (first, second, third)] == [None, first.id, second.id]


@pytest.mark.parametrize("first_undone", [0, 1])
def test_a_chain_of_merges_undone_in_either_order_leaves_no_case_pointing_at_somebody_else(
    office: Member, first_undone: int
) -> None:
    cases = [
        add_voucher(office, surname=name, sure=True, received_on=clock.today() - timedelta(days=days))
        for name, days in (("Visser", 30), ("Visscher", 20), ("de Visser", 10))
    ]
    kept, *others = [Person.get_by_id(each.person_id) for each in cases]
    done = [merged(office, kept, other) for other in others]
    undo(office, done[first_undone].id)
    assert led_astray() == []
    assert orphans() == []
    came_back = Voucher.get_by_id(cases[1 + first_undone].id)
    assert (came_back.person_id, came_back.previous_id) == (others[first_undone].id, None)
    stays = Voucher.get_by_id(cases[2 - first_undone].id)
    assert (stays.person_id, stays.previous_id) == (kept.id, cases[0].id)


def test_practices_are_merged_after_people_of_theirs_were_merged_or_made_anonymous(office: Member) -> None:
    """What is left to count goes along, also the contact who referred; taken back it stands as it was."""
    linde, oost = add_practice("De Linde"), add_practice("Oost", agb=None)
    doctors = [add_row(Contact(practice=each, role="gp", initials="J.", surname="Bos")) for each in (linde, oost)]
    facts = {"sure": True, "own_practice": oost.id, "referrer": doctors[1].id}
    cases = [add_voucher(office, oost, surname=f"Kuipers{n}", **facts) for n in range(3)]
    first, second, third = (Person.get_by_id(each.person_id) for each in cases)
    merge_people(office, draft(first, second))
    add_closing(cases[2], "declined")
    destroy_person(office, DestroyDraft(person_id=third.id, surname="Kuipers2", how="anonymise", sure=True))
    merge_practices(office, draft(Practice.get_by_id(linde.id), Practice.get_by_id(oost.id)))
    assert [each.practice_id for each in Voucher.select().order_by(Voucher.id)] == [linde.id] * 3
    assert {each.referrer_id for each in Voucher.select()} <= {doctors[0].id, None}
    assert Person.get_by_id(first.id).own_practice_id == linde.id
    undo_last(office)
    assert [each.practice_id for each in Voucher.select().order_by(Voucher.id)] == [oost.id] * 3
