"""All pages by the name under which screens open each other, and the places of the rail.

A room is imported when its first page is opened, or one by one while nobody is in yet: the window is seen sooner.
"""

from collections.abc import Iterator, Mapping
from importlib import import_module

from desktop.language import N_
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
    "letter": N_("Letter"), "person": N_("Participant"), "voucher": N_("Voucher"), "practice": N_("Practice"),
    "activity": N_("Activity"),
}  # fmt: skip
ICONS = {
    "letter": "envelope-simple", "person": "user", "voucher": "ticket", "practice": "first-aid-kit",
    "activity": "calendar-blank",
}  # fmt: skip
ROOMS: dict[str, str] = {
    "tasks": "tasks",
    "vouchers": "vouchers new_voucher edit_voucher",
    "people": "people person edit_person",
    "calls": "call",
    "deeds": "plan_intake plan_first_visit plan_aftercare move_intake miss_intake hold_intake aftercare enrol "
    "first_time stop_enrolment offer pause worry close reopen death coach consent record_contact correct_deed",
    "finding": "find_activity",
    "archive": "archive",
    "returned": "returned came_back",
    "batches": "batch",
    "labels": "labels",
    "letters": "letters letter write_letter",
    "signals": "signal",
    "friday": "friday",
    "cards": "appointment_card activity_card contact_card day_sheet blank_intake",
    "activities": "activities activity edit_activity",
    "activity_ends": "stop_activity",
    "letter_names": "letter_names",
    "practices": "practices practice edit_practice contact",
    "practice_talks": "practice_talk move_practice_talk",
    "values": "value_page value_pages",
    "quiet_practices": "quiet_practice",
    "wijksafari": "wijksafari",
    "imports": "import_practices import_activities",
    "settings": "settings recovery_sheet",
    "organisation": "organisation",
    "lettertexts": "letter_texts letter_text letter_text_version",
    "staff": "staff_list staff one_time_password leaver hand_over own_password",
    "locking": "lock_settings",
    "groups": "groups group",
    "backups": "backups move moved",
    "history": "history undo_list",
    "log": "access_log log_month who_looked",
    "merge": "same_people merge merge_with",
    "moves": "move_deed_to move_letter_to move_case_to move_deed move_letter move_case",
    "privacy": "privacy ready_text person_privacy ground person_file",
    "requests": "requests request_for request",
    "retention": "retention retention_list retention_choice retention_terms destroy certificate",
    "breaches": "breaches breach",
    "exports": "export",
    "meldcode": "meldcode suicide",
}  # fmt: skip
"""The names of the pages in each module of this package; tested against the modules."""


class Pages(Mapping[str, PageMaker]):
    """The maker of each page by its name."""

    def __init__(self, rooms: Mapping[str, str]) -> None:
        self._rooms = {name: room for room, names in rooms.items() for name in names.split()}

    def __getitem__(self, name: str) -> PageMaker:
        made: PageMaker = import_module(f"desktop.screens.{self._rooms[name]}").PAGES[name]
        return made

    def __iter__(self) -> Iterator[str]:
        return iter(self._rooms)

    def __len__(self) -> int:
        return len(self._rooms)


PAGES = Pages(ROOMS)


def prepare(room: str) -> None:
    """Import a room before anyone asks for it."""
    import_module(f"desktop.screens.{room}")
