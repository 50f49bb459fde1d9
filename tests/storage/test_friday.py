"""Who waits for word: a handful of queries however many there are, and to the practice the letter will go to."""


from desktop import clock
from desktop.actions.letter_sending import fix_letter, send_letter
from desktop.actions.letters import write_letter
from desktop.actions.signals import write_signal
from desktop.rules.friday import CONFIRM, SIGNAL, WRITE
from desktop.rules.staff import Member
from desktop.storage import changes
from desktop.storage.friday import list_waiting_for_word
from desktop.storage.models import Contact, Voucher
from tests.actions.test_letters import a_case
from tests.counting import assert_query_count
from tests.factory import add_consent, add_practice, add_voucher, days_ago
from tests.letters_made import a_signal, worried


def test_many_that_wait_take_no_more_queries_than_one(office: Member) -> None:
    practice = add_practice()
    with assert_query_count(40) as asked:
        list_waiting_for_word(office, clock.today())
    for _n in range(12):
        add_voucher(office, practice, dated_on=days_ago(20), received_on=days_ago(19))
        letter = fix_letter(office, write_letter(office, a_case(office, practice=practice).id, "intake").id)
        send_letter(office, letter.id, "text")
    with assert_query_count(len(asked) + 22):
        found = list_waiting_for_word(office, clock.today())
    assert sorted(wait.step for wait in found) == [CONFIRM] * 12 + [WRITE] * 12


def test_owed_letter_stands_at_the_practice_it_will_go_to(office: Member) -> None:
    own, other = add_practice("De Linde", letter_to="report_to"), add_practice("De Wilg", agb="01054399")
    elsewhere = Contact.get((Contact.practice == other) & (Contact.role == "gp"))
    voucher = a_case(office, practice=own)
    with changes.deed(None, "reported elsewhere by a test"):
        found = Voucher.get_by_id(voucher.id)
        found.report_to = elsewhere
        found.save()
    add_consent(voucher, practice=other)
    (wait,) = list_waiting_for_word(office, clock.today())
    assert wait.practice == "De Wilg"
    letter = write_letter(office, voucher.id, "intake")
    assert letter.practice.name == "De Wilg"
    (again,) = list_waiting_for_word(office, clock.today())
    assert (again.key, again.practice) == (wait.key, wait.practice)


def test_owed_signal_stands_at_the_gp_whoever_referred(office: Member) -> None:
    mover = add_practice("Fysio Vooruit", kind="physiotherapist", agb="")
    doctor = add_practice("Praktijk Beukenhof", agb="01054399")
    voucher = a_case(office, practice=mover)
    with changes.deed(None, "the GP is known by a test"):
        voucher.person.own_practice = doctor
        voucher.person.save()
    worry = worried(voucher)
    waits = {wait.step: wait.practice for wait in list_waiting_for_word(office, clock.today())}
    assert waits[SIGNAL] == "Praktijk Beukenhof"
    assert write_signal(office, a_signal(voucher, worry_id=worry.id, ground="meldcode")).practice == doctor


def test_two_signals_about_one_case_are_two_that_wait(office: Member) -> None:
    voucher = a_case(office)
    told = [write_signal(office, a_signal(voucher)).id for _n in range(2)]
    waits = [wait for wait in list_waiting_for_word(office, clock.today()) if wait.letter_id in told]
    assert len({wait.key for wait in waits}) == 2
    fix_letter(office, told[0])
    assert waits[0].key in {wait.key for wait in list_waiting_for_word(office, clock.today())}


def test_what_was_sent_or_withdrawn_waits_no_more(office: Member) -> None:
    voucher = a_case(office)
    (wait,) = list_waiting_for_word(office, clock.today())
    assert (wait.step, wait.voucher_id) == (WRITE, voucher.id)
    letter = fix_letter(office, write_letter(office, voucher.id, "intake").id)
    with changes.deed(None, "sent by a test"):
        letter.state = "sent"
        letter.save()
    assert list_waiting_for_word(office, clock.today()) == []
