"""The facts of one case from which the fields of a letter text are filled: dates and neutral names only."""

from datetime import date

from desktop.rules.cases import Case
from desktop.rules.consents import report_back
from desktop.rules.letterfields import CoreFacts, core_facts_of
from desktop.rules.phones import show_phone
from desktop.storage.cases import read_case
from desktop.storage.models import Organisation, Voucher
from desktop.storage.vouchers import terms


def core_facts(voucher: Voucher, today: date) -> CoreFacts:
    """What the four headings are filled from: dates and neutral names only."""
    return facts_for(read_case(voucher.id), voucher, today)


def facts_for(case: Case, voucher: Voucher, today: date) -> CoreFacts:
    """The same of a case as it would be, with or without some of its deeds."""
    office = Organisation.select().first()
    coach = voucher.coach if voucher.coach_id is not None and voucher.coach.active else None
    number = (coach.phone if coach is not None else "") or (office.phone if office else "")
    told = case.report_back and report_back(case).given
    participant = office.word_participant if office else "deelnemer"
    return core_facts_of(case, today, participant, told, terms(), show_phone(number))
