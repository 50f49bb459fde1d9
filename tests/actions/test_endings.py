"""Worries as they are recorded: whose doctor hears of it, which steps go with it, and what a letter says about why."""

from typing import Any

import pytest

from desktop import clock
from desktop.actions.endings import correct_worry, record_worry
from desktop.actions.letter_sending import fix_letter
from desktop.actions.lettertexts import change_text
from desktop.actions.meldcode import record_steps, record_suicide_steps
from desktop.actions.signals import write_signal
from desktop.actions.undo import undo_last
from desktop.errors import Doubtful, Refused
from desktop.rules.deeds import WorryDraft
from desktop.rules.lettertext_check import LetterTextDraft
from desktop.rules.lettertexts import text_of
from desktop.rules.meldcode import MeldcodeDraft
from desktop.rules.staff import Member
from desktop.rules.suicide import SuicideDraft
from desktop.storage.gp import find_gp
from desktop.storage.meldcode import list_steps
from desktop.storage.models import Contact, MeldcodeStep, Person, Practice, Voucher, Worry
from desktop.storage.tasks import list_tasks
from tests.actions.test_letters import a_case
from tests.factory import add_practice, add_row, add_voucher, days_ago
from tests.letters_made import a_signal, fixed_page, owed

WEIGHED: dict[str, Any] = {
    "weigh_suspected": "yes",
    "weigh_unsafe": "yes",
    "weigh_able": "no",
    "weigh_accepted": "no",
    "weigh_safer": "no",
    "must_report": "yes",
    "may_help": "no",
}


@pytest.fixture
def physio(office: Member) -> Practice:
    return add_practice("Fysiotherapie Beweeg", kind="physio", agb="04054321", phone="+31403330000")


@pytest.fixture
def doctor(office: Member) -> Practice:
    practice = add_practice("Huisartsenpraktijk De Berk", agb="01054999", phone="+31404440000")
    add_row(Contact(practice=practice, role="assistant", initials="I.", surname="Vos", phone="+31404440001"))
    return practice


def worried(by: Member, voucher: Voucher, kind: str = "suicide", **more: Any) -> Worry:
    draft = {"voucher_id": voucher.id, "kind": kind, "noticed_on": clock.today(), **more}
    return record_worry(by, WorryDraft(**draft))


def own(voucher: Voucher, practice: Practice) -> None:
    person = Person.get_by_id(voucher.person_id)
    person.own_practice = practice
    add_row(person)


def first_task(by: Member) -> Any:
    return next(task for task in list_tasks(by, clock.today()) if task.kind == "worry")


# ---- whose doctor


def test_own_doctor_is_phoned_and_written_to_not_the_physiotherapist_who_referred(
    office: Member, physio: Practice, doctor: Practice
) -> None:
    voucher = a_case(office, practice=physio)
    own(voucher, doctor)
    worry = worried(office, voucher)
    task = first_task(office)
    assert task.strong == "040 444 0000"
    assert task.subtitle == "Bel vandaag de huisarts: De Berk · Praktijkassistent I. Vos 040 444 0001"
    assert "113 Zelfmoordpreventie 0800-0113" in task.private
    letter = write_signal(office, a_signal(voucher, worry_id=worry.id, ground="vital"))
    assert letter.practice == doctor
    assert letter.recipient is None
    page = fixed_page(office, letter)
    assert "Huisartsenpraktijk De Berk" in page
    assert "Beweeg" not in page.split("Betreft")[0]


def test_consent_for_the_physiotherapist_is_none_for_the_doctor(
    office: Member, physio: Practice, doctor: Practice
) -> None:
    voucher = a_case(office, practice=physio)
    own(voucher, doctor)
    with pytest.raises(Refused) as refused:
        write_signal(office, a_signal(voucher, ground="consent"))
    assert set(refused.value.fields) == {"agreed"}
    letter = write_signal(office, a_signal(voucher, ground="consent", agreed=True))
    assert fix_letter(office, letter.id).practice == doctor


def test_referring_doctor_is_the_doctor_and_whom_letters_go_to_there_reads_it(office: Member) -> None:
    practice = add_practice()
    voucher = a_case(office, practice=practice, report_to=Contact.get(Contact.role == "poh_ggz").id)
    letter = write_signal(office, a_signal(voucher))
    assert letter.practice == practice
    assert letter.recipient.surname == "Bos"


def test_without_a_doctor_it_is_asked_and_the_answer_is_kept_with_the_person(
    office: Member, physio: Practice, doctor: Practice
) -> None:
    voucher = a_case(office, practice=physio)
    worry = worried(office, voucher)
    task = first_task(office)
    assert task.strong == ""
    assert "Bel vandaag" not in task.subtitle
    assert "Vraag deze persoon wie de huisarts is" in task.subtitle
    with pytest.raises(Refused) as refused:
        write_signal(office, a_signal(voucher, worry_id=worry.id, ground="vital"))
    assert set(refused.value.fields) == {"own_practice"}
    answered = WorryDraft(id=worry.id, version=worry.version, kind="suicide", noticed_on=worry.noticed_on,
                          own_practice=doctor.id)  # fmt: skip
    correct_worry(office, answered)
    assert Person.get_by_id(voucher.person_id).own_practice == doctor
    assert first_task(office).strong == "040 444 0000"
    undo_last(office)
    assert Person.get_by_id(voucher.person_id).own_practice is None


def test_doctor_can_be_said_while_writing_the_signal(office: Member, physio: Practice, doctor: Practice) -> None:
    voucher = a_case(office, practice=physio)
    letter = write_signal(office, a_signal(voucher, ground="vital", own_practice=doctor.id))
    assert letter.practice == doctor
    with pytest.raises(Refused) as refused:
        write_signal(office, a_signal(voucher, ground="vital", own_practice=physio.id))
    assert "Daar werkt geen huisarts" in refused.value.fields["own_practice"]


def test_practice_without_a_number_is_not_said_to_be_phoned(office: Member) -> None:
    worried(office, a_case(office, practice=add_practice("Praktijk Zonder", phone="")))
    task = first_task(office)
    assert task.strong == ""
    assert "Van Praktijk Zonder is geen nummer bekend" in task.subtitle


def test_practice_that_refers_no_more_is_said(office: Member) -> None:
    worried(office, a_case(office, practice=add_practice(active=False)))
    assert "niet meer als actief" in first_task(office).subtitle


def test_doctor_whose_practice_went_into_another_is_that_other_one(
    office: Member, physio: Practice, doctor: Practice
) -> None:
    voucher = a_case(office, practice=physio)
    old = add_practice("De Oude Berk", agb="01054111")
    own(voucher, old)
    old = Practice.get_by_id(old.id)
    old.merged_into = doctor
    add_row(old)
    gp = find_gp(office, voucher.id)
    assert gp.surgery is not None
    assert (gp.surgery.id, gp.known_by) == (doctor.id, "own")
    assert write_signal(office, a_signal(voucher, ground="vital")).practice == doctor


def test_signal_owed_about_a_worry_does_not_wait_for_an_agreement(office: Member, physio: Practice) -> None:
    voucher = a_case(office, practice=physio)
    worried(office, voucher)
    assert "signal" not in owed(office, voucher)  # nobody knows to whom
    own(voucher, add_practice("De Den", agb="01054222"))
    assert "signal" in owed(office, voucher)


# ---- which practice was phoned


def test_practice_that_was_phoned_is_kept_with_the_day(office: Member, doctor: Practice) -> None:
    voucher = a_case(office, practice=doctor)
    worry = worried(office, voucher, "neglect", called_practice=doctor.id)
    assert worry.called_practice is None  # nobody phoned yet
    phoned = WorryDraft(id=worry.id, version=worry.version, kind="neglect", noticed_on=worry.noticed_on,
                        called_on=clock.today(), called_practice=doctor.id, reached="Vos")  # fmt: skip
    assert correct_worry(office, phoned).called_practice == doctor
    assert first_task(office).strong == ""
    assert "De huisarts is gebeld" in first_task(office).subtitle


# ---- suicide


def test_suicide_has_its_own_steps_and_speaking_to_the_doctor_counts_as_the_call(
    office: Member, doctor: Practice
) -> None:
    voucher = a_case(office, practice=doctor)
    worry = worried(office, voucher, noticed_on=days_ago(1))
    with pytest.raises(Refused, match="eigen stappen"):
        record_steps(office, MeldcodeDraft(worry_id=worry.id, on_1=clock.today()))
    record_suicide_steps(
        office,
        SuicideDraft(worry_id=worry.id, on_2=days_ago(1), note_2="samen 113 gebeld", on_3=clock.today(),
                     on_4=clock.today(), note_4="zus slaapt er; morgen 9 uur bellen"),
    )  # fmt: skip
    stored = Worry.get_by_id(worry.id)
    assert [(row.step, row.note) for row in list_steps(office, worry.id)] == [
        (2, "samen 113 gebeld"), (3, ""), (4, "zus slaapt er; morgen 9 uur bellen"),
    ]  # fmt: skip
    assert (clock.local(stored.called_at).date(), stored.called_practice) == (clock.today(), doctor)
    ended = WorryDraft(id=worry.id, kind="suicide", noticed_on=stored.noticed_on, called_on=clock.today(),
                       done_on=clock.today())  # fmt: skip
    assert correct_worry(office, ended).done_on == clock.today()
    undo_last(office)
    undo_last(office)
    assert MeldcodeStep.select().count() == 0
    assert Worry.get_by_id(worry.id).called_at is None


def test_steps_of_one_kind_are_not_read_as_those_of_another(office: Member, doctor: Practice) -> None:
    worry = worried(office, a_case(office, practice=doctor), "violence")
    record_steps(office, MeldcodeDraft(worry_id=worry.id, on_1=clock.today(), on_2=clock.today()))
    with pytest.raises(Refused) as refused:
        correct_worry(office, WorryDraft(id=worry.id, kind="suicide", noticed_on=clock.today()))
    assert set(refused.value.fields) == {"kind"}
    assert correct_worry(office, WorryDraft(id=worry.id, kind="neglect", noticed_on=clock.today())).meldcode_step == 2
    with pytest.raises(Refused, match="Meldcode"):
        record_suicide_steps(office, SuicideDraft(worry_id=worry.id, on_1=clock.today()))


def test_letter_about_suicide_says_danger_to_life_and_nothing_of_the_meldcode(office: Member) -> None:
    voucher = a_case(office, consent_report_back="no")
    worry = worried(office, voucher)
    for draft in (a_signal(voucher, worry_id=worry.id, ground="meldcode"), a_signal(voucher, ground="meldcode")):
        with pytest.raises(Refused) as refused:
            write_signal(office, draft)
        assert "ground" in refused.value.fields
    page = fixed_page(office, write_signal(office, a_signal(voucher, worry_id=worry.id, ground="vital")))
    assert "omdat er gevaar is voor het leven" in page
    assert "Meldcode" not in page
    assert "toestemming van" not in page


def test_reason_stands_in_the_letter_also_when_the_office_wrote_a_text_of_its_own(office: Member) -> None:
    voucher = a_case(office, consent_report_back="no")
    shipped = text_of("signal")
    own = "\n".join(line for line in shipped.splitlines() if "{leven}" not in line)
    change_text(office, LetterTextDraft(kind="signal", body=own, sure=True))
    page = fixed_page(office, write_signal(office, a_signal(voucher, ground="vital")))
    assert "Wij laten u dit weten omdat er gevaar is voor het leven." in page


def test_letter_on_the_meldcode_about_suicide_of_before_does_not_go_out(office: Member) -> None:
    voucher = a_case(office)
    worry = worried(office, voucher, "violence")
    letter = write_signal(office, a_signal(voucher, worry_id=worry.id, ground="meldcode"))
    Worry.update(kind="suicide").where(Worry.id == worry.id).execute()
    with pytest.raises(Refused, match="geen grond"):
        fix_letter(office, letter.id)


# ---- violence and neglect


def test_weighing_and_both_decisions_are_kept_and_step_five_waits_for_them(office: Member) -> None:
    worry = worried(office, a_case(office), "violence", noticed_on=days_ago(3))
    with pytest.raises(Refused) as refused:
        record_steps(office, MeldcodeDraft(worry_id=worry.id, on_5=clock.today()))
    assert {"weigh_suspected", "must_report", "may_help"} <= set(refused.value.fields)
    assert MeldcodeStep.select().count() == 0
    record_steps(office, MeldcodeDraft(worry_id=worry.id, on_5=clock.today(), note_5="gemeld", **WEIGHED))
    stored = Worry.get_by_id(worry.id)
    assert {name: getattr(stored, name) for name in WEIGHED} == WEIGHED
    assert stored.meldcode_step == 5
    with pytest.raises(Doubtful):
        record_steps(office, MeldcodeDraft(worry_id=worry.id, on_5=clock.today(), **{**WEIGHED, "must_report": "no"}))
    undo_last(office)
    assert Worry.get_by_id(worry.id).must_report == ""


def test_person_known_to_two_practices_keeps_one_doctor(office: Member, physio: Practice, doctor: Practice) -> None:
    """Two cases of one person, a physiotherapist's and a doctor's: without an own practice each has its own answer."""
    first = add_voucher(office, physio)
    second = add_voucher(office, doctor, surname="Ander", phone="+31612345678")
    Voucher.update(person=first.person_id).where(Voucher.id == second.id).execute()
    assert find_gp(office, first.id).surgery is None
    found = find_gp(office, second.id).surgery
    assert found is not None
    assert found.id == doctor.id
