"""Pages of results from a real office, read back from the paper: for one practice, and for all in one file."""

from io import BytesIO

from pypdf import PdfReader

from desktop import clock
from desktop.actions.practice_talks import record_talk
from desktop.actions.values import value_page, value_pages
from desktop.language import set_language
from desktop.rules.practice_talks import PracticeTalkDraft
from desktop.rules.staff import Member
from desktop.rules.values import last_fixed
from desktop.storage.changes import Audit
from desktop.storage.models import Practice, Voucher
from tests.counting import assert_query_count
from tests.factory import add_activity, add_enrolment, add_intake, add_practice, add_voucher, days_ago


def read(pdf: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


def sent_by(by: Member, practice: Practice, vouchers: int, begun: int = 0) -> None:
    """So many vouchers on the first day of the last whole quarter, some of them with a start the next week."""
    day = last_fixed(clock.today()).first
    for n in range(vouchers):
        name = f"Aanhouder{Voucher.select().count()}"
        voucher = add_voucher(by, practice, surname=name, dated_on=day, received_on=day, sure=True)
        if n < begun:
            add_intake(voucher, day, goals="iets heel persoonlijks")
            add_enrolment(voucher, add_activity("Rouwgroep"), first_attended_on=day, state="started")


def silent(_done: int, _total: int) -> None:
    """Nobody looks at the bar in a test."""


def test_the_letter_to_one_practice(office: Member) -> None:
    set_language("en")
    linde = add_practice(coach=office.id)
    sent_by(office, linde, 12, begun=6)
    record_talk(office, PracticeTalkDraft(
        practice=linde.id, held_on=days_ago(9), agreed="Wij komen elke maand langs.", next_on=days_ago(-9),
    ))  # fmt: skip
    made = value_page(office, linde.id, last_fixed(clock.today()))
    (text,) = read(made.pdf)
    for part in (
        *("Huisartsenpraktijk De Linde", "Geachte huisarts,", "Vouchers van uw praktijk 12"),
        *("Begonnen met een activiteit 6 van de 12", "Gesproken binnen twee weken 6 van de 12"),
        *("Wij komen elke maand langs.", "Wij spreken elkaar weer op", "F. Yıldız"),
    ):
        assert part in text, part
    for hidden in ("Aanhouder", "persoonlijks", "Rouwgroep"):
        assert hidden not in text, hidden
    assert Audit.select().where((Audit.name == "value page printed") & (Audit.subject_id == linde.id)).count() == 1


def test_the_salutation_of_the_practice_and_a_coach_who_left(office: Member) -> None:
    linde = add_practice(salutation="Beste mensen van De Linde", kind="physio")
    (text,) = read(value_page(office, linde.id, last_fixed(clock.today())).pdf)
    assert "Beste mensen van De Linde," in text
    assert "geen vouchers" in text
    assert "Bel ons voor een afspraak." in text


def test_all_practices_in_one_file_in_the_order_asked_for(office: Member) -> None:
    practices = [add_practice(f"Praktijk {n}", agb=None) for n in range(4)]
    for n, practice in enumerate(practices):
        sent_by(office, practice, 3 + n)
    seen: list[tuple[int, int]] = []
    quarter = last_fixed(clock.today())
    made = value_pages(office, quarter, [each.id for each in practices], lambda *step: seen.append(step))
    pages = read(made.pdf)
    assert [f"Praktijk {n}" in page for n, page in enumerate(pages)] == [True] * 4
    assert ["minder dan 5 vouchers" in page for page in pages] == [True, True, False, False]
    assert seen == [(n, 4) for n in range(4)]
    assert Audit.select().where(Audit.name == "value pages printed").count() == 1


def test_the_number_of_queries_does_not_grow_with_the_practices(office: Member) -> None:
    practices = [add_practice(f"Praktijk {n}", agb=None) for n in range(20)]
    for practice in practices:
        sent_by(office, practice, 2, begun=1)
    ids, quarter = [each.id for each in practices], last_fixed(clock.today())
    with assert_query_count(1_000) as asked:
        value_pages(office, quarter, ids[:1], silent)
    with assert_query_count(len(asked)):
        value_pages(office, quarter, ids, silent)
