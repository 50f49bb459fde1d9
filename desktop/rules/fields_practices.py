"""The fields of a practice, of who works there, and of a talk with it. Must not know tables."""

from desktop.language import N_
from desktop.rules import codes
from desktop.rules.dates import AHEAD, PAST
from desktop.rules.fields import (
    CHOICE,
    CODE,
    DAY,
    FLAG,
    LINK,
    LONG,
    NAME,
    NEVER,
    NUMBER,
    PHONE,
    SEVERAL,
    WORDS,
    Field,
    Subject,
)

HERE = "on whose page"
PRACTICE = Subject("practice", N_("Practice"), (
    Field("name", N_("Name"), on_paper=NAME, imported=(
        "naam praktijk", "praktijknaam", "praktijk", "huisartsenpraktijk", "naam", "organisatie")),
    Field("kind", N_("Kind"), CHOICE, codes.PRACTICE_KINDS),
    Field("agb", N_("AGB code"), CODE, imported=("agb", "agb code", "agbcode")),
    Field("street", N_("Street"), on_paper=NAME, group="address", imported=(
        "adres", "straat", "bezoekadres", "straat en huisnummer", "straatnaam")),
    Field("number", N_("House number"), on_paper=NAME, group="address", imported=(
        "huisnummer", "huisnr", "nr", "nummer")),
    Field("postcode", N_("Postcode"), on_paper=NAME, group="address", imported=(
        "postcode", "pc", "pc + plaats", "pc plaats", "postcode en plaats", "postcode plaats")),
    Field("town", N_("Town"), on_paper=NAME, group="address", imported=(
        "plaats", "woonplaats", "vestigingsplaats", "stad")),
    Field("country", N_("Country"), on_paper=NAME, group="address"),
    Field("neighbourhood", N_("Neighbourhood"), LINK, group="address", set_by="found or made by the name typed"),
    Field("phone", N_("Phone"), PHONE, imported=("telefoon", "telefoonnummer", "tel", "tel nr")),
    Field("secure_mail", N_("Secure mail"), imported=(
        "zorgmail", "beveiligde mail", "secure mail", "e mail", "email", "mail", "mailadres", "emailadres")),
    Field("coach", N_("Coach"), LINK, group="coaches"),
    Field("substitute", N_("Substitute"), LINK, group="coaches"),
    Field("in_practice_hours", N_("Hours in the practice")),
    Field("letter_moments", N_("Letters about"), SEVERAL, codes.AGREED_MOMENTS, group="agreement"),
    Field("letter_to", N_("To whom"), CHOICE, codes.LETTER_TO, group="agreement"),
    Field("letter_way", N_("By which way"), CHOICE, codes.LETTER_WAYS, group="agreement"),
    Field("letter_copy", N_("A copy to the referrer"), FLAG, group="agreement"),
    Field("salutation", N_("Salutation"), on_paper=NAME, group="agreement"),
    Field("pdf_password", asked=N_("Password for PDFs"), group="agreement"),
    Field("progress_weeks", N_("Progress letter after, weeks"), NUMBER, group="agreement"),
    Field("active", N_("Refers to us"), FLAG),
    Field("note", N_("Note"), LONG, imported=("opmerkingen", "opmerking", "bijzonderheden", "notitie")),
    Field("merged_into", N_("Merged into"), LINK, group=NEVER, set_by="merging is a deed of its own"),
))  # fmt: skip
CONTACT = Subject("contact", N_("Contact of a practice"), (
    Field("practice", N_("Practice"), LINK),
    Field("role", N_("Role"), CHOICE, codes.CONTACT_ROLES),
    Field("form_of_address", N_("Form of address"), CHOICE, codes.FORMS_OF_ADDRESS),
    Field("title", N_("Title before the name"), on_paper=NAME),
    Field("initials", N_("Initials"), on_paper=NAME),
    Field("first_name", N_("First name"), on_paper=NAME),
    Field("tussenvoegsel", N_("Tussenvoegsel"), on_paper=NAME),
    Field("surname", N_("Surname"), on_paper=NAME),
    Field("phone", N_("Direct phone"), PHONE),
    Field("email", N_("E-mail")),
    Field("salutation", N_("Salutation"), on_paper=NAME),
    Field("active", N_("Works here"), FLAG),
))  # fmt: skip
PRACTICE_TALK = Subject("practice_talk", N_("Talk with the practice"), (
    Field("practice", N_("Practice"), LINK, set_by=HERE),
    Field("held_on", N_("Held on"), DAY, lies=PAST),
    Field("staff", N_("Who of us"), LINK),
    Field("with_whom", N_("With whom")),
    Field("question", N_("What can we help with"), LONG),
    Field("agreed", N_("What was agreed"), LONG, on_paper=WORDS),
    Field("next_on", N_("Next talk on"), DAY, lies=AHEAD),
))  # fmt: skip
QUIET_PRACTICE = Subject("quiet_practice", N_("Practice that sent nobody"), (
    Field("practice", N_("Practice"), LINK, set_by=HERE),
    Field("quarter", set_by="the quarter that was looked at"),
    Field("until", N_("Until (day)"), DAY, set_by="the days it is put off"),
    Field("settled_on", N_("Settled on"), DAY, set_by="the day itself"),
    Field("staff", N_("Colleague"), LINK, set_by="who did it"),
))  # fmt: skip
VALUES_KEPT = Subject("values_kept", N_("Figures that stay as they were"), tuple(
    Field(name, kind=kind, set_by="what was counted")
    for name, kind in (
        ("counted_for", LINK), ("quarter", CODE), ("received", NUMBER), ("arrived", NUMBER), ("started", NUMBER),
        ("began_before", NUMBER), ("active", NUMBER), ("letters", NUMBER), ("on_time", NUMBER), ("pairs", NUMBER),
        ("contacts_before", NUMBER), ("contacts_after", NUMBER), ("of_few", FLAG), ("earlier", NUMBER),
    )
))  # fmt: skip
SUBJECTS = (PRACTICE, CONTACT, PRACTICE_TALK, QUIET_PRACTICE, VALUES_KEPT)
