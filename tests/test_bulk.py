"""The made-up organisation is one the program itself could have made."""


from desktop import clock
from desktop.rules.staff import Member
from desktop.rules.status import status_of
from desktop.storage.cases import read_case
from desktop.storage.changes import Change
from desktop.storage.database import database
from desktop.storage.models import Person, Voucher
from desktop.storage.search import find
from desktop.storage.vouchers import terms
from tests.bulk import SMALL, fill
from tests.survival.killing import _chain


def test_made_up_cases_stand_where_the_rule_says(office: Member) -> None:
    fill(office, SMALL, clock.today())

    for voucher in Voucher.select():
        status = status_of(read_case(voucher.id), terms())
        assert (voucher.status, voucher.due_on) == (status.status, status.due_on)
    assert {voucher.status for voucher in Voucher.select()} > {"closed"}


def test_made_up_rows_hold_together(office: Member) -> None:
    fill(office, SMALL, clock.today())

    assert database.execute_sql("PRAGMA foreign_key_check").fetchall() == []
    assert _chain() == []
    assert Change.select().count() > Voucher.select().count()
    person = Person.get()
    assert ("person", person.id) in find(f"{person.first_name} {person.surname}")
    assert ("person", person.id) in find(person.phone.replace("+31", "0"))
