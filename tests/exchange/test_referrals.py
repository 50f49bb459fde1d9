"""Pasted referral mails: as messy as practices write them; all people here are made up."""

import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.exchange.referrals import LONGEST_NOTE, Referral, read_referral, split_mails
from desktop.rules.codes import CHANNELS, CONSENT_ANSWERS, CONSENT_WAYS, CONTACT_ROLES, REASONS
from desktop.rules.identifiers import has_bsn
from desktop.rules.names import Name

TODAY = date(2026, 11, 21)
SAMPLE = Path(__file__).parents[2].parent / "shared" / "samples" / "verwijsmail.txt"


def read(text: str) -> Referral:
    return read_referral(text, TODAY)


def test_a_tidy_mail_fills_the_whole_form() -> None:
    referral = read("""Van: huisartsenpraktijk De Wilg
Onderwerp: Welzijn op Recept
Verzonden: vrijdag 20 november 2026 14:32

Beste collega,

Graag uw hulp voor onderstaande patiënt, die hiermee akkoord gaat.

Naam: Dhr. J.P. van den Berg-Smit (geb. 07-09-1944)
Adres: Laan van 1813 12-a, 5612 CD Dorpstad
Tel: 06 - 1234 5678 of 040-2001234, liefst 's middags bellen
E-mail: jp@voorbeeld.nl
Reden: sinds overlijden van zijn vrouw somber, verveelt zich.
Graag terugkoppeling aan POH S. Bos.

Met vriendelijke groet,
dr. M. de Wit, huisarts
Telefoon praktijk: 040-2000000""")
    assert referral.practice == "huisartsenpraktijk De Wilg"
    assert (referral.referrer_name, referral.referrer_role) == ("M. de Wit", "gp")
    assert referral.report_to == "POH S. Bos"
    assert referral.name == Name("de heer", "J.P.", "", "van den", "Berg-Smit")
    assert referral.birth_date == "1944-09-07"
    assert referral.phones == ("+31612345678", "+31402001234")
    assert referral.email == "jp@voorbeeld.nl"
    assert (referral.street, referral.number, referral.postcode, referral.town) == (
        "Laan van 1813", "12-a", "5612 CD", "Dorpstad")
    assert "'s middags" in referral.best_time_to_call
    assert referral.reasons == ("mood", "grief", "daytime")
    assert referral.note == "sinds overlijden van zijn vrouw somber, verveelt zich."
    assert referral.consent == "yes"
    assert referral.dated_on == date(2026, 11, 20)
    assert not referral.bsn_left_out
    assert {"name", "phones", "note"} <= set(referral.found)
    assert "language" not in referral.found


def test_one_hasty_line_is_enough() -> None:
    referral = read("Hoi, kun je meneer Trần bellen? 040-2001234. Beweegt te weinig. Toestemming: ja. Gr Yildiz")
    assert referral.name == Name("de heer", surname="Trần")
    assert referral.phones == ("+31402001234",)
    assert referral.reasons == ("inactivity",)
    assert referral.consent == "yes"
    assert referral.referrer_name == "Yildiz"
    assert referral.note == "Beweegt te weinig."


def test_one_line_without_any_label() -> None:
    referral = read("mw. T. Bakker geb. 5-6-48, Kerkstraat 9 5613EF Dorpstad, 040 2123456, "
                    "eenzaam sinds verlies van man")
    assert referral.name == Name("mevrouw", "T.", surname="Bakker")
    assert referral.birth_date == "1948-06-05"
    assert (referral.street, referral.number, referral.postcode, referral.town) == (
        "Kerkstraat", "9", "5613 EF", "Dorpstad")
    assert referral.reasons == ("loneliness", "grief")


def test_a_zorgdomein_message_with_several_labels_on_a_line() -> None:
    referral = read("""ZorgDomein verwijzing 2026-0098765
Patient: Demir, Elif   Geboortedatum: 12 mei 1968   Geslacht: V
BSN: 111222333
Telefoon: +31 6 23456789
Zorgvraag: schulden, slaapt slecht, taalbarriere (Turks, tolk gewenst)
Verwijzer: P. van 't Veer, huisarts, AGB 01055555
Toestemming patient: Ja, mondeling, 18-11-2026""")
    assert referral.channel == "zorgdomein"
    assert referral.their_reference == "2026-0098765"
    assert referral.name == Name("mevrouw", first_name="Elif", surname="Demir")
    assert referral.birth_date == "1968-05-12"
    assert (referral.language, referral.interpreter) == ("Turks", True)
    assert referral.reasons == ("money", "sleep", "language")
    assert (referral.referrer_name, referral.referrer_role, referral.agb) == ("P. van 't Veer", "gp", "01055555")
    assert (referral.consent, referral.consent_how, referral.consent_on) == ("yes", "spoken", date(2026, 11, 18))
    assert referral.bsn_left_out
    assert "111222333" not in repr(referral)


def test_a_form_with_every_part_of_the_name_apart() -> None:
    referral = read("Achternaam: Jansen\nTussenvoegsel: van\nVoorletters: A.B.\nRoepnaam: Annie\nGeslacht: vrouw\n"
                    "Straat: Dorpsstraat\nHuisnummer: 12a\nPostcode: 5611 AB\nPlaats: Dorpstad\n"
                    "Akkoord patiënt: nee\nDatum: 20-11-2026\nHuisarts: dr. P. de Vries\nPraktijk: De Eik")
    assert referral.name == Name("mevrouw", "A.B.", "Annie", "van", "Jansen")
    assert (referral.street, referral.number, referral.postcode, referral.town) == (
        "Dorpsstraat", "12a", "5611 AB", "Dorpstad")
    assert referral.consent == "no"
    assert (referral.practice, referral.referrer_name, referral.referrer_role) == ("De Eik", "P. de Vries", "gp")


def test_labels_above_their_values_and_tables_with_tabs() -> None:
    stacked = read("Naam:\nJ. van Dam\nGeboren:\n01-02-1940\nTelefoon:\n040-2001234\nTaal: Arabisch\nTolk: ja")
    tabbed = read("Naam\tJ. van Dam\nGeboortedatum\t01-02-1940\nTelefoon\t040-2001234\nBereikbaarheid\tna 17.00 uur")
    for referral in (stacked, tabbed):
        assert referral.name == Name("", "J.", "", "van", "Dam")
        assert referral.birth_date == "1940-02-01"
        assert referral.phones == ("+31402001234",)
    assert (stacked.language, stacked.interpreter) == ("Arabisch", True)
    assert tabbed.best_time_to_call == "na 17.00 uur"


def test_a_mail_full_of_markup() -> None:
    referral = read("<html><style>p {x}</style><body><p>Beste collega's,</p><table><tr><td>Naam:</td>"
                    "<td>Dhr. J. de Boer</td></tr><tr><td>Telefoon:</td><td>06-23456789</td></tr></table>"
                    "<p>Reden verwijzing: weinig contacten &amp; slaapt slecht.</p>"
                    "<p>mvg,<br>K. El Idrissi, POH-GGZ</p></body></html>")
    assert referral.name == Name("de heer", "J.", "", "de", "Boer")
    assert referral.note == "weinig contacten & slaapt slecht."
    assert (referral.referrer_name, referral.referrer_role) == ("K. El Idrissi", "poh_ggz")


def test_a_forwarded_mail_with_quote_marks_names_the_first_writer() -> None:
    referral = read("Zie onder. Groet, Piet\n\n> Naam: Fatma Yılmaz (V)\n> Geb.datum: 3 maart 1971\n"
                    ">> Mobiel: 0612345678\n"
                    "> Hulpvraag: wil graag koken met anderen.\n> Met vriendelijke groet,\n> S. de Groot, huisarts\n\n"
                    "Verzonden vanaf mijn telefoon")
    assert referral.name == Name("mevrouw", first_name="Fatma", surname="Yılmaz")
    assert referral.birth_date == "1971-03-03"
    assert referral.note == "wil graag koken met anderen."
    assert referral.referrer_name == "S. de Groot"


def test_an_english_mail() -> None:
    referral = read("Dear colleague,\n\nPlease call Mr. Sean O'Brien (born 3 April 1951), phone +31 6 12345678, "
                    "after 5 pm. "
                    "He speaks little Dutch (English) and is lonely. He consents to this referral.\n"
                    "Please report back to Dr. S. Bos.\n\nKind regards,\nDr. M. Jansen, GP\nT 040-2001234")
    assert referral.name == Name("de heer", first_name="Sean", surname="O'Brien")
    assert referral.birth_date == "1951-04-03"
    assert referral.phones == ("+31612345678",)
    assert referral.best_time_to_call == "after 5 pm"
    assert referral.language == "Engels"
    assert referral.reasons == ("loneliness", "language")
    assert referral.consent == "yes"
    assert referral.report_to == "Dr. S. Bos"
    assert (referral.referrer_name, referral.referrer_role) == ("M. Jansen", "gp")


def test_names_written_from_right_to_left() -> None:
    referral = read("Naam: محمد علي\nTelefoon: 0612345678\u202e\nReden: eenzaam")
    assert referral.name == Name(first_name="محمد", surname="علي")
    assert referral.phones == ("+31612345678",)
    assert referral.note == "eenzaam"


def test_two_people_in_one_mail_are_not_mixed() -> None:
    referral = read("Naam: A. Jansen\nTel: 0612345678\nReden: eenzaam\n\n"
                    "Naam: B. Pieters\nTel: 0623456789\nReden: schulden")
    assert referral.several_people
    assert referral.name.surname == "Jansen"
    assert referral.phones == ("+31612345678",)
    assert referral.reasons == ("loneliness",)
    assert "schulden" not in referral.note


@pytest.mark.parametrize(("text", "answer"), [
    ("Patiënt gaat akkoord.", "yes"), ("Zij geeft toestemming.", "yes"), ("Toestemming: nee", "no"),
    ("Zij gaat niet akkoord met delen.", "no"), ("Geen toestemming gevraagd.", ""), ("Nog geen toestemming.", ""),
    ("Hij gaat akkoord. De dochter geeft geen toestemming voor delen.", ""), ("Toestemming: nog vragen", ""), ("", "")])
def test_consent_is_proposed_only_when_the_mail_is_clear(text: str, answer: str) -> None:
    assert read(f"Mw. A. Smit, 06-12345678. {text}").consent == answer


def test_the_practice_s_own_number_is_not_the_patient_s() -> None:
    referral = read("Wilt u mw. Smit bellen?\n\nMet vriendelijke groet,\nS. Bos, doktersassistente\n"
                    "Huisartsenpraktijk De Linde\nDorpsstraat 1, 5612 AA Dorpstad\n040-2001234")
    assert referral.phones == ()
    assert referral.street == referral.postcode == ""
    assert (referral.practice, referral.referrer_role) == ("Huisartsenpraktijk De Linde", "assistant")


def test_a_relative_is_not_the_patient() -> None:
    referral = read("Haar dochter mw. K. Visser belt mee. Het gaat om mw. A. Smit, 06-12345678.")
    assert referral.name == Name("mevrouw", "A.", surname="Smit")


def test_diagnoses_and_medication_get_no_field_but_stay_in_the_note() -> None:
    referral = read("Mw. A. Smit, 06-12345678. Bekend met COPD en diabetes, slikt metformine 500 mg. "
                    "Kent hier niemand.")
    assert referral.note == "Bekend met COPD en diabetes, slikt metformine 500 mg. Kent hier niemand."
    assert referral.reasons == ("loneliness",)
    assert "COPD" not in repr(Referral(**{**referral.__dict__, "note": ""}))


def test_what_is_denied_is_no_reason() -> None:
    assert read("Mw. Smit heeft geen schulden en is niet eenzaam, wel veel stress.").reasons == ("stress",)


def test_a_sentence_with_a_cause_is_not_thrown_away_as_courtesy() -> None:
    referral = read("Hierbij verwijs ik mw. Smit omdat zij haar dagen niet gevuld krijgt.\nAlvast hartelijk dank.")
    assert "haar dagen niet gevuld krijgt" in referral.note
    assert "dank" not in referral.note


def test_an_impossible_birth_date_or_a_short_phone_stays_readable() -> None:
    referral = read("Naam: A. Smit\nGeboortedatum: 31-02-1950\nTel: 06-1234567")
    assert referral.birth_date == ""
    assert referral.phones == ()
    assert "31-02-1950" in referral.note
    assert "06-1234567" in referral.note


@pytest.mark.parametrize("text", ["", "  \n\n ", "-----\n-----", "Onderwerp:"])
def test_nothing_pasted_proposes_nothing(text: str) -> None:
    assert read(text).found == ()
    assert split_mails(text) in ([], ["Onderwerp:"])


def test_nobody_is_invented_from_a_sentence() -> None:
    assert read("mevrouw is eenzaam en heeft het moeilijk").name == Name()


# ---- several mails

def test_lines_of_dashes_stand_between_mails() -> None:
    mails = split_mails("Naam: A. Smit\nTel: 0612345678\n--------\nVan: De Linde\nmeneer Bos, 040-2001234\n"
                        "==========\nPatient: Demir, Elif\n* * * * * *\n")
    assert [mail.split("\n")[0] for mail in mails] == ["Naam: A. Smit", "Van: De Linde", "Patient: Demir, Elif"]


def test_a_part_without_a_person_stays_with_its_neighbour() -> None:
    mails = split_mails("Van: praktijk De Linde\n-----\nNaam: A. Smit\n-----\nDit bericht is vertrouwelijk.")
    assert len(mails) == 1
    assert read(mails[0]).name.surname == "Smit"
    assert read(mails[0]).practice == "praktijk De Linde"
    assert "vertrouwelijk" not in read(mails[0]).note


def test_two_dashes_above_a_signature_part_nothing() -> None:
    assert len(split_mails("Naam: A. Smit\n--\nDr. Jansen")) == 1


# ---- rubbish

JUNK = ("a", "- ", "Naam: ", "06-", "1 ", "(((<", "van de ", "A. ", "Aa ", "\n", "> ", "1.1.", "geb ", "@a.",
        "Mw. A. van der ",
        "&lt;", "terugkoppeling aan de ", "<p", "toestemming ", "123456782 ",
        "\u202e", "Geboortedatum: 1-1-1950 ", "\x1f")


@pytest.mark.parametrize("piece", JUNK)
def test_a_megabyte_of_rubbish_is_read_at_once(piece: str) -> None:
    junk = piece * (1_000_000 // len(piece))
    started = time.perf_counter()
    for mail in split_mails(junk)[:2]:
        assert len(read(mail).note) <= LONGEST_NOTE
    assert len(read(junk).note) <= LONGEST_NOTE
    assert time.perf_counter() - started < 5


def test_a_mail_cut_short_says_so() -> None:
    assert read("Mw. Smit is eenzaam. " * 2000).shortened
    assert not read("Mw. Smit is eenzaam.").shortened


WORDS = st.sampled_from([
    "Naam:", "Mw.", "dhr.", "A.", "van der", "Smit", "geb.", "03-04-1951", "Adres:", "Beukenlaan 12", "5612 CD",
    "Dorpstad", "06-12345678", "123456782", "BSN", "tel", "Toestemming:", "ja", "nee", "Reden:", "eenzaam", "Gr",
    "Met vriendelijke groet,", "\n", "\n\n", "-----", "<td>", "&amp;", ">", "Verwijzer:", "huisarts", "AGB", "01054322",
    "terugkoppeling aan", "(", ")", ",", "\t", "bel", "'s ochtends", "\x1f", "\u202e", "😀", "Van:", "Turks", "tolk",
    "ZorgDomein", "2026-0012345", "{x}"])
SCRAPS = st.lists(WORDS, max_size=40)


@given(st.one_of(st.text(max_size=400), SCRAPS.map(" ".join), SCRAPS.map("".join)))
def test_whatever_is_pasted_proposes_only_what_the_form_knows(text: str) -> None:
    for mail in [*split_mails(text), text]:
        referral = read(mail)
        assert not has_bsn(referral.note)
        assert set(referral.reasons) <= set(REASONS)
        assert referral.consent in {"", *CONSENT_ANSWERS}
        assert referral.consent_how in {"", *CONSENT_WAYS}
        assert referral.channel in {"", *CHANNELS}
        assert referral.referrer_role in {"", *CONTACT_ROLES}
        assert referral.name.form_of_address in ("", "mevrouw", "de heer")
        assert referral.dated_on is None or referral.dated_on <= TODAY
        assert all(getattr(referral, name) for name in referral.found)


# ---- the sample of the field

@pytest.mark.skipif(not SAMPLE.exists(), reason="the sample mails are not on this computer")
def test_the_three_sample_mails_are_read_completely() -> None:
    first, second, third = (read(mail) for mail in split_mails(SAMPLE.read_text(encoding="utf-8")))
    assert first.name == Name("mevrouw", "A.", "", "van der", "Meer-de Wit")
    assert (first.birth_date, first.phones) == ("1951-04-03", ("+31687654321",))
    assert first.best_time_to_call == "'s ochtends"
    assert (first.street, first.number, first.postcode, first.town) == ("Beukenlaan", "12 bis", "5612 CD", "Dorpstad")
    assert (first.practice, first.referrer_name, first.report_to) == ("praktijk De Linde", "M. Jansen", "POH S. Bos")
    assert (first.referrer_role, first.consent, first.reasons) == ("gp", "yes", ("loneliness", "grief"))
    assert second.name == Name("de heer", surname="Nguyen")
    assert (second.practice, second.referrer_name) == ("Gezondheidscentrum Oosterpoort", "Yilmaz")
    assert (second.phones, second.consent, second.reasons) == (("+31402001234",), "yes", ("inactivity", "overweight"))
    assert third.name == Name("mevrouw", first_name="Fatma", surname="Celik")
    assert (third.birth_date, third.phones, third.agb) == ("1968-05-12", ("+31612345678",), "01054322")
    assert (third.referrer_name, third.their_reference) == ("P. van 't Hof", "2026-0012345")
    assert third.channel == "zorgdomein"
    assert (third.consent, third.consent_how, third.consent_on) == ("yes", "spoken", date(2026, 11, 18))
    assert (third.language, third.interpreter, third.reasons) == ("Turks", True, ("stress", "money", "language"))
    assert [mail.bsn_left_out for mail in (first, second, third)] == [False, False, True]


@pytest.mark.parametrize("said", ["na de middag", "voor de middag", "in de avond"])
def test_before_and_after_noon_are_not_mixed_up(said: str) -> None:
    mail = read_referral(f"Naam: Mw. J. Smit\nTel: 06 8123 4501, {said} bellen\n", date(2026, 11, 23))
    assert mail.best_time_to_call == said
