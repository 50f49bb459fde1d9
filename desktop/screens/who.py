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
            *("plan_intake", "move_intake", "miss_intake", "plan_aftercare", "record_contact", "correct_deed"),
            *("move_deed_to", "move_deed", "move_case_to", "move_case"),
            *("consent", "worry", "history", "appointment_card", "contact_card", "day_sheet"),
            "blank_intake",
            *("practices", "practice", "contact", "edit_practice", "wijksafari"),
            *("requests", "request", "request_for", "breaches", "breach"),
            *("preview", "export", "privacy", "ready_text", "person_privacy", "backups"),
        ),
        OFFICE,
    ),
    **dict.fromkeys(
        (
            *("hold_intake", "aftercare", "plan_first_visit", "find_activity", "enrol", "first_time"),
            *("stop_enrolment", "activity_card", "close", "reopen", "death", "coach", "meldcode", "suicide"),
            *("offer", "pause"),
            *("move_letter_to", "move_letter"),
            *("letters", "letter", "write_letter", "friday", "signal", "batch", "labels"),
            *("archive", "returned", "came_back"),
            *("merge", "merge_with", "same_people", "ground", "person_file"),
            *("practice_talk", "move_practice_talk", "value_page", "value_pages", "quiet_practice"),
            *("edit_activity", "stop_activity", "letter_names", "import_practices", "import_activities"),
        ),
        CASEWORK,
    ),
    **dict.fromkeys(
        (
            *("letter_texts", "letter_text", "letter_text_version"),
            *("organisation", "staff_list", "staff", "one_time_password", "leaver"),
            *("hand_over", "recovery_sheet", "lock_settings"),
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
