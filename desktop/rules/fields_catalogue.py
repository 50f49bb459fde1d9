"""The fields of an activity, its place and times, and of the lists of the field. Must not know tables."""

from desktop.language import N_
from desktop.rules import codes
from desktop.rules.dates import PAST
from desktop.rules.fields import (
    CHOICE,
    DAY,
    FLAG,
    HOUR,
    LINK,
    LONG,
    MONEY,
    NUMBER,
    OFFER,
    PHONE,
    WORDS,
    Field,
    Subject,
)

ACTIVITY = Subject("activity", N_("Activity"), (
    Field("title", N_("Name"), on_paper=OFFER, imported=(
        "activiteit", "naam activiteit", "titel", "naam", "aanbod", "wat")),
    Field("letter_name", N_("Neutral name for letters"), on_paper=WORDS, imported=(
        "naam in brieven", "naam voor brieven", "briefnaam", "neutrale naam")),
    Field("short_text", N_("In one or two sentences"), LONG, on_paper=OFFER, imported=(
        "omschrijving", "beschrijving", "toelichting", "inhoud", "korte omschrijving")),
    Field("long_text", N_("Longer text"), LONG),
    Field("provider", N_("Offered by"), CHOICE, codes.PROVIDERS),
    Field("partner", N_("Which partner"), imported=("aanbieder", "organisatie", "uitvoerder")),
    Field("location", N_("Location"), LINK, set_by="found or made by the place that is typed"),
    Field("neighbourhood", N_("Neighbourhood"), LINK, set_by="found or made by the name typed"),
    Field("leader", N_("Leader (colleague)"), LINK),
    Field("contact_name", N_("Contact"), on_paper=OFFER, imported=(
        "contactpersoon", "contact", "begeleider", "aanspreekpunt")),
    Field("contact_phone", N_("Phone"), PHONE, imported=("tel", "telefoon", "telefoonnummer", "tel nr")),
    Field("contact_email", N_("E-mail"), imported=("e mail", "email", "mail", "mailadres", "emailadres")),
    Field("schedule_note", N_("Remark about the times"), on_paper=OFFER),
    Field("skips_holidays", N_("Not on public holidays"), FLAG),
    Field("capacity", N_("Places"), NUMBER, imported=(
        "max", "maximum", "max aantal", "aantal plaatsen", "capaciteit", "aantal")),
    Field("age_from", N_("From age"), NUMBER),
    Field("age_to", N_("Up to age"), NUMBER),
    Field("price_cents", N_("Price"), MONEY),
    Field("price_per", N_("Price per")),
    Field("price_times", N_("Number of times"), NUMBER),
    Field("price_note", N_("Remark about the price"), on_paper=OFFER),
    Field("wheelchair", N_("Wheelchair can get in"), CHOICE, codes.YES_NO),
    Field("lift", N_("Lift"), CHOICE, codes.YES_NO),
    Field("language", N_("Language")),
    Field("transport", N_("Transport")),
    Field("how_to_join", N_("How to join"), on_paper=OFFER),
    Field("keeps_attendance", N_("Attendance is kept"), FLAG),
    Field("status", N_("Status"), CHOICE, codes.ACTIVITY_STATUSES),
    Field("note", N_("Note"), LONG, imported=("opmerkingen", "opmerking", "bijzonderheden", "notitie")),
    Field("checked_on", N_("Checked on"), DAY, lies=PAST),
    Field("checked_by", N_("Checked by"), LINK, set_by="whoever changes the day of checking"),
))  # fmt: skip
LOCATION = Subject("location", N_("Location"), (
    Field("location_name", N_("Name"), on_paper=OFFER, kept_as="name", asked=N_("Place"), imported=(
        "waar", "locatie", "locatienaam", "gebouw", "plek", "accommodatie")),
    Field("street", N_("Street"), on_paper=OFFER, imported=(
        "adres", "straat", "bezoekadres", "straat en huisnummer", "straatnaam")),
    Field("number", N_("House number"), on_paper=OFFER, imported=("huisnummer", "huisnr")),
    Field("postcode", N_("Postcode"), on_paper=OFFER, imported=(
        "postcode", "pc", "pc + plaats", "pc plaats", "postcode en plaats", "postcode plaats")),
    Field("town", N_("Town"), on_paper=OFFER, imported=("plaats", "woonplaats", "stad")),
    Field("neighbourhood", N_("Neighbourhood"), LINK, set_by="that of the activity",
          imported=("wijk", "buurt", "stadsdeel", "gebied")),
    Field("wheelchair", N_("Wheelchair can get in"), CHOICE, codes.YES_NO, set_by="asked of the activity"),
    Field("lift", N_("Lift"), CHOICE, codes.YES_NO, set_by="asked of the activity"),
))  # fmt: skip
SCHEDULE = Subject("schedule", N_("Times"), (
    Field("activity", N_("Activity"), LINK, set_by="whose times they are"),
    Field("rrule", N_("Times")),
    Field("starts_on", N_("From (day)"), DAY),
    Field("ends_on", N_("Until (day)"), DAY),
    Field("opens", N_("From (hour)"), HOUR),
    Field("closes", N_("Until (hour)"), HOUR),
    Field("note", N_("Note"), LONG, on_paper=OFFER),
    Field("not_on", N_("Not on these days")),
))  # fmt: skip
ACTIVITY_THEME = Subject("activity_theme", N_("Theme of the activity"), (
    Field("activity", N_("Activity"), LINK),
    Field("theme", N_("Theme"), LINK),
))  # fmt: skip
THEME = Subject("theme", N_("Theme"), (
    Field("name", N_("Name")),
    Field("code"),
    Field("position", kind=NUMBER),
))  # fmt: skip
REASON = Subject("reason", N_("Reason"), (
    Field("name", N_("Name")),
    Field("active", N_("In use"), FLAG),
    Field("code"),
    Field("position", kind=NUMBER),
))  # fmt: skip
REASON_THEME = Subject("reason_theme", N_("Theme of a reason"), (
    Field("reason", N_("Reason"), LINK),
    Field("theme", N_("Theme"), LINK),
))  # fmt: skip
NEIGHBOURHOOD = Subject("neighbourhood", N_("Neighbourhood"), (
    Field("name", N_("Name")),
    Field("postcodes", N_("Postcodes")),
))  # fmt: skip
SUBJECTS = (ACTIVITY, LOCATION, SCHEDULE, ACTIVITY_THEME, THEME, REASON, REASON_THEME, NEIGHBOURHOOD)
