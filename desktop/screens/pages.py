"""All pages by the name under which screens open each other, and the places of the rail."""

from desktop.language import N_
from desktop.screens import (
    activities,
    backups,
    breaches,
    calls,
    cards,
    deeds,
    exports,
    finding,
    groups,
    history,
    imports,
    letters,
    locking,
    log,
    meldcode,
    merge,
    people,
    practices,
    privacy,
    requests,
    retention,
    settings,
    staff,
    tasks,
    vouchers,
)
from desktop.screens.office import PageMaker

PLACES = (
    ("tasks", N_("To do"), "check-square"),
    ("vouchers", N_("Vouchers"), "ticket"),
    ("people", N_("Participants"), "users"),
    ("activities", N_("Catalogue"), "calendar-blank"),
    ("practices", N_("Practices"), "first-aid-kit"),
    ("letters", N_("Letters"), "envelope-simple"),
    ("settings", N_("Settings"), "gear"),
    ("groups", N_("My groups"), "users-three"),
)
KINDS = {
    "person": N_("Participant"), "voucher": N_("Voucher"), "practice": N_("Practice"), "activity": N_("Activity"),
}  # fmt: skip
ICONS = {"person": "user", "voucher": "ticket", "practice": "first-aid-kit", "activity": "calendar-blank"}
PAGES: dict[str, PageMaker] = {
    **tasks.PAGES,
    **vouchers.PAGES,
    **people.PAGES,
    **calls.PAGES,
    **deeds.PAGES,
    **finding.PAGES,
    **letters.PAGES,
    **cards.PAGES,
    **activities.PAGES,
    **practices.PAGES,
    **imports.PAGES,
    **settings.PAGES,
    **staff.PAGES,
    **locking.PAGES,
    **groups.PAGES,
    **backups.PAGES,
    **history.PAGES,
    **log.PAGES,
    **merge.PAGES,
    **privacy.PAGES,
    **requests.PAGES,
    **retention.PAGES,
    **breaches.PAGES,
    **exports.PAGES,
    **meldcode.PAGES,
}
