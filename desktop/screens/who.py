"""Which roles may open which page, and where somebody starts. Must not know what is on a page.

A page that is not named here is for the coordinator alone. The actions and queries refuse by themselves; this only
keeps people from meeting doors that stay shut.
"""

from desktop.rules.staff import ALL, CASEWORK, COORDINATOR, OFFICE, Member

LEADER = frozenset({"leader"})
WHO: dict[str, frozenset[str]] = {
    **dict.fromkeys(("settings", "own_password", "undo_list", "activities", "activity"), ALL),
    **dict.fromkeys(("groups", "group"), LEADER),
    **dict.fromkeys(
        (
            *("tasks", "vouchers", "new_voucher", "edit_voucher", "people", "person", "edit_person", "call"),
            *("plan_intake", "move_intake", "hold_intake", "miss_intake", "aftercare", "find_activity", "enrol"),
            *("plan_aftercare", "plan_first_visit", "stop_enrolment", "import_practices", "import_activities"),
            *("first_time", "worry", "close", "reopen", "coach", "consent", "correct_deed", "record_contact"),
            *("letters", "letter", "write_letter", "friday", "appointment_card", "activity_card", "day_sheet"),
            "blank_intake",
            *("edit_activity", "practices", "practice", "contact", "edit_practice", "preview", "batch", "labels"),
            *("signal", "meldcode", "backups", "history", "merge", "merge_with", "same_people"),
            *("requests", "request", "request_for", "breaches", "breach"),
            *("archive", "returned", "came_back"),
            *("practice_talk", "move_practice_talk", "value_page", "value_pages", "wijksafari"),
            *("export", "privacy", "ready_text", "person_privacy"),
        ),
        OFFICE,
    ),
    **dict.fromkeys(("ground", "person_file"), CASEWORK),
    **dict.fromkeys(
        (
            *("letter_texts", "letter_text", "letter_text_version"),
            *("organisation", "staff_list", "staff", "one_time_password", "leaver", "recovery_sheet", "lock_settings"),
            *("move", "moved", "access_log", "log_month", "who_looked", "retention", "retention_list"),
            *("retention_choice", "retention_terms", "destroy", "certificate"),
        ),
        COORDINATOR,
    ),
}
CALLS = frozenset({"call", "hold_intake", "aftercare"})
"""As long as one of these is open nobody is locked out in the middle of a talk."""


def may_open(member: Member | None, page: str) -> bool:
    """Whether this page is for one of somebody's roles."""
    return member is not None and member.may(WHO.get(page, COORDINATOR))


def starts_at(member: Member) -> str:
    """The place that is shown first."""
    return "tasks" if may_open(member, "tasks") else "groups"
