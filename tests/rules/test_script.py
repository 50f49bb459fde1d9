"""The script of a call: nothing about why before it is clear who is on the line, a voicemail anyone may hear."""

from dataclasses import replace

import pytest

from desktop.rules.names import Name
from desktop.rules.script import CallFacts, Referrer, asked_by, call_script, voicemail_rule, voicemail_text, who_asked

ANNIE = Name("mevrouw", "A.", "Annie", "van der", "Meer-de Wit")
JANSEN = Referrer("gp", Name("", "M.", "", "", "Jansen"), practice="Huisartsenpraktijk De Linde")
FACTS = CallFacts(ANNIE, "1951-04-03", JANSEN, "F. Yıldız", "+31402110000", "Welzijn Dorpstad")


def test_first_step_asks_the_birth_date_and_says_nothing_of_doctor_or_house() -> None:
    first = call_script(FACTS)[0]
    said = " ".join(first.lines).lower()
    assert "geboortedatum" in said
    assert "03-04-1951" in first.mind
    assert not any(word in said for word in ("welzijn", "jansen", "huisarts", "linde"))


@pytest.mark.parametrize(
    ("referrer", "sentence"),
    [
        (JANSEN, "Uw huisarts, dokter Jansen, heeft gevraagd of wij u willen bellen."),
        (Referrer("gp", written="dr. van den Berg"), "Uw huisarts, dokter Van den Berg, heeft gevraagd"),
        (Referrer("gp"), "Uw huisarts heeft gevraagd of wij u willen bellen."),
        (
            Referrer("poh_ggz", Name("mevrouw", "S.", "Sanne", "", "Bos")),
            "Sanne Bos, praktijkondersteuner bij uw huisarts, heeft gevraagd",
        ),
        (Referrer("social_worker"), "Een maatschappelijk werker heeft gevraagd"),
        (Referrer("self"), "U hebt zelf gevraagd of wij u willen bellen."),
        (Referrer("", written="Ilse", practice="De Linde"), "Ilse van De Linde heeft gevraagd"),
        (Referrer("", written="dr. Pietersen"), "Pietersen heeft gevraagd"),
        (Referrer("", written="M. de Vries, wijkverpleegkundige"), "M. de Vries, wijkverpleegkundige heeft gevraagd"),
        (Referrer("assistant", written="Ilse"), "Ilse, praktijkassistent bij uw huisarts, heeft gevraagd"),
        (Referrer("", practice="Stichting Samen"), "Stichting Samen heeft gevraagd"),
        (Referrer(""), "Degene die u verwees heeft gevraagd"),
    ],
)
def test_only_a_general_practitioner_is_called_dokter(referrer: Referrer, sentence: str) -> None:
    assert who_asked(referrer).startswith(sentence)
    assert ("dokter" in who_asked(referrer)) == ("dokter" in sentence)


def test_voicemail_can_be_heard_by_anyone_at_home() -> None:
    text = voicemail_text(FACTS).lower()
    assert "040 211 0000" in text
    assert not any(word in text for word in ("welzijn", "dokter", "huisarts", "jansen", "praktijk", "linde"))


def test_nobody_speaks_in_where_that_is_not_wanted() -> None:
    refusing = CallFacts(ANNIE, voicemail="no")
    assert voicemail_rule(refusing) != voicemail_rule(CallFacts(ANNIE, voicemail="yes"))


def test_origin_of_the_data_is_said_once() -> None:
    told = CallFacts(ANNIE, "1951-04-03", JANSEN, informed=True)
    assert len(call_script(FACTS)) == len(call_script(told)) + 1
    assert any("gekregen van de praktijk" in line for step in call_script(FACTS) for line in step.lines)


def test_list_names_who_asked_and_the_practice_shortly() -> None:
    assert asked_by(JANSEN) == "dokter Jansen (De Linde)"
    assert asked_by(Referrer("self")) == ""
    assert asked_by(Referrer("", written="dr. Ilse", practice="Huisartsenpraktijk De Linde")) == "Ilse (De Linde)"
    assert asked_by(Referrer("", practice="Huisartsenpraktijk De Linde")) == "De Linde"


def test_who_already_takes_part_is_asked_how_it_goes_not_to_get_acquainted() -> None:
    aftercare = call_script(replace(FACTS, informed=True, started=True))
    said = " ".join(line for step in aftercare for line in step.lines)
    assert "Doet u nog mee?" in said
    assert "kennis te maken" not in said
    assert "dokter" not in said
    assert [step.heading[0] for step in aftercare] == ["1", "2", "3"]
