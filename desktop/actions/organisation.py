"""Setting up the organisation and keeping its letterhead and terms. Must not know keys or files."""

import dataclasses

from desktop import clock
from desktop.actions.action import action
from desktop.language import _, current, set_language
from desktop.rules.codes import REASON_THEMES, REASONS, THEMES
from desktop.rules.organisation import OrganisationDraft, check
from desktop.rules.staff import COORDINATOR, NOBODY, Member
from desktop.storage.models import Organisation, Reason, ReasonTheme, Staff, StaffRole, Theme


@action("organisation set up", may=None)
def set_up_organisation(by: Member, draft: OrganisationDraft, member_uid: str, name: str, sign_in_name: str) -> Staff:
    """The first rows of an empty file: organisation, first coordinator (also coach), the field's lists."""
    if by != NOBODY or Organisation.select().exists():
        raise RuntimeError("an organisation is set up once, before anyone is signed in")
    check(draft, clock.today())
    organisation = Organisation()
    _fill(organisation, draft)
    organisation.save()
    _add_lists()
    staff = Staff(
        uid=member_uid,
        name=name.strip(),
        sign_in_name=sign_in_name.strip(),
        role_title="welzijnscoach",
        phone=draft.phone,
    )
    staff.save()
    for role in ("coordinator", "coach"):
        StaffRole(staff=staff, role=role).save()
    return staff


@action("organisation changed", may=COORDINATOR)
def change_organisation(by: Member, draft: OrganisationDraft) -> Organisation:
    """New letterhead, window side or terms."""
    check(draft, clock.today())
    organisation: Organisation = Organisation.get()
    if draft.version is not None:
        organisation.version = draft.version
    _fill(organisation, draft)
    organisation.save()
    return organisation


def _fill(organisation: Organisation, draft: OrganisationDraft) -> None:
    for field in dataclasses.fields(draft):
        if field.name not in ("id", "version", "sure"):
            value = getattr(draft, field.name)
            setattr(organisation, field.name, value.strip() if isinstance(value, str) else value)


def _add_lists() -> None:
    """The field's reasons and themes as editable rows, in Dutch since letters and staff speak it."""
    spoken = current()
    set_language("nl")
    themes = {}
    for position, (code, text) in enumerate(THEMES.items()):
        themes[code] = Theme(code=code, name=_(text), position=position)
        themes[code].save()
    for position, (code, text) in enumerate(REASONS.items()):
        reason = Reason(code=code, name=_(text), position=position)
        reason.save()
        for theme in REASON_THEMES[code].split():
            ReasonTheme(reason=reason, theme=themes[theme]).save()
    set_language(spoken)
