"""The archive: every letter that was fixed once, who sent it to whom and how. Must not know what letters say."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from desktop.clock import local
from desktop.language import _, ngettext
from desktop.rules.archive import PERIODS, RETURNED, STATES, WAYS, WITHDRAWN, bounds
from desktop.rules.codes import LETTER_MOMENTS, options, word
from desktop.rules.dates import show_date
from desktop.rules.letter_envelope import named
from desktop.rules.names import full
from desktop.rules.staff import Member
from desktop.screens.office import Office, PageMaker
from desktop.storage.archive import (
    ArchiveFilter,
    ArchiveLine,
    fetch_archive,
    list_addressed,
    list_archive,
    list_senders,
)
from desktop.widgets import parts
from desktop.widgets.listing import Filter, ListPage
from desktop.widgets.records import Column

STATE_TONES = {RETURNED: "late", WITHDRAWN: "muted"}


def archive(office: Office, practice_id: int | None = None) -> ListPage:
    """Newest first, of one practice when it is opened from there; Enter opens the letter."""
    page = ListPage(
        office.desk,
        _("Archive"),
        _columns(),
        partial(_ids, office),
        fetch_archive,
        buttons=[
            parts.button(
                _("This letter came back"), icon="arrow-u-up-left", on=lambda: _came_back(office, page.table.selected())
            )
        ],
        filters=_filters(office),
        empty=(_("No letter was sent yet. Every letter that goes out stands here from then on."), None),
        on_open=lambda line: office.open("letter", letter_id=line.id),
        counted=lambda count: ngettext("{n} letter", "{n} letters", count).format(n=count),
        name="archive",
        settings=office.settings,
        sort="written_on",
        descending=True,
        placeholder=_("Name, practice, addressee, voucher or code on the letter"),
        place="letters",
        export=lambda: office.open("export", title=page.title, lines=page.table.count(), cells=page.cells),
    )
    if practice_id is not None:
        page.narrow("practice", practice_id)
    return page


def _came_back(office: Office, line: ArchiveLine | None) -> None:
    if line is not None:
        office.open("came_back", letter_id=line.id)


def _columns() -> list[Column]:
    return [
        Column("written_on", _("Date"), lambda line: show_date(line.record.written_on), width=10),
        Column("kind", _("Kind"), _kind_of, width=14),
        Column("name", _("Participant"), lambda line: full(line.record.person.known_as), width=20),
        Column("practice", _("Practice"), _practice_of, width=20),
        Column("recipient", _("Addressee"), _recipient_of, width=15),
        Column("way", _("Way"), _way_of, width=9),
        Column("staff", _("Sent by"), _sender_of, width=13),
        Column("state", _("State"), lambda line: word(STATES, line.state), width=13,
               tone=lambda line: STATE_TONES.get(line.state, "")),
        Column("sent_at", _("Sent on"), _sent_on, width=11, shown=False),
        Column("number", _("Voucher"), lambda line: line.record.voucher.number, width=11, sortable=False, shown=False),
    ]  # fmt: skip


def _filters(office: Office) -> list[Filter]:
    look = office.desk.look
    return [
        Filter("practice", _("Practice"), lambda: look(list_addressed) or [], _("Every practice")),
        Filter("kind", _("Kind"), partial(options, LETTER_MOMENTS), _("Every kind")),
        Filter("way", _("Way"), partial(options, WAYS), _("Every way")),
        Filter("state", _("State"), partial(options, STATES), _("Every state")),
        Filter("period", _("Period"), partial(options, PERIODS), _("Every period")),
        Filter("staff", _("Sent by"), lambda: look(list_senders) or [], _("Sent by everyone")),
    ]


def _ids(
    office: Office, by: Member, text: str, filters: Mapping[str, Any], sort: str, descending: bool
) -> list[int]:
    return list_archive(by, text, _narrow(filters, office.today), sort, descending)


def _narrow(filters: Mapping[str, Any], today: date) -> ArchiveFilter:
    since, until = bounds(filters["period"] or "", today)
    return ArchiveFilter(
        practice=filters["practice"],
        moment=filters["kind"] or "",
        way=filters["way"] or "",
        state=filters["state"] or "",
        staff=filters["staff"],
        since=since,
        until=until,
    )


def _kind_of(line: ArchiveLine) -> str:
    kind = word(LETTER_MOMENTS, line.record.moment)
    return _("{kind} (copy)").format(kind=kind) if line.record.copy_of_id is not None else kind


def _practice_of(line: ArchiveLine) -> str:
    practice = line.record.practice
    return str(practice.name) if practice is not None else ""


def _recipient_of(line: ArchiveLine) -> str:
    contact = line.record.recipient
    return named(contact.addressed) if contact is not None else ""


def _way_of(line: ArchiveLine) -> str:
    return word(WAYS, line.dispatch.way) if line.dispatch is not None else ""


def _sender_of(line: ArchiveLine) -> str:
    staff = line.dispatch.staff if line.dispatch is not None else None
    return str(staff.name) if staff is not None else ""


def _sent_on(line: ArchiveLine) -> str:
    return show_date(local(line.dispatch.sent_at).date()) if line.dispatch is not None else ""


PAGES: dict[str, PageMaker] = {"archive": archive}
