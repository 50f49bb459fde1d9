"""A practice that sent nobody: whom to call, what there is to talk about, and what came of it."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.actions.quiet_practices import put_off_quiet, settle_quiet
from desktop.language import _, current, ngettext
from desktop.rules import codes
from desktop.rules.dates import show_long
from desktop.rules.gp import ANSWERING
from desktop.rules.names import full
from desktop.rules.phones import show_phone
from desktop.rules.quiet_practices import Point, Quiet, last_words
from desktop.rules.tasks import capital
from desktop.rules.wijksafari import Offer, nearest_first
from desktop.screens.doors import door
from desktop.screens.facts import FactsPage, fact_lines
from desktop.screens.office import Office, PageMaker
from desktop.storage.models import Contact, Practice
from desktop.storage.practice_talks import last_talk
from desktop.storage.practices import find_practice, list_contacts
from desktop.storage.quiet_practices import find_quiet, last_points
from desktop.storage.staff import find_staff
from desktop.storage.wijksafari import list_on_offer, practice_centre
from desktop.widgets import parts
from desktop.widgets.flow import flowing
from desktop.widgets.rows import Row, Rows

NEAREST = 5
WEEK, MONTH = 7, 28  # days


class QuietPractice(FactsPage):
    """The phone large with who answers it, the points to talk about beside it, and one key for what came of it."""

    place = "practices"

    def __init__(self, office: Office, practice_id: int) -> None:
        super().__init__()
        self._office, self._id = office, practice_id
        self.title = _("Talk with a quiet practice")
        self._quiet: Quiet | None = None
        self.outcomes: list[QPushButton] = []
        self._deeds: tuple[Callable[[], object], ...] = (
            self.record_talk, partial(self.put_off, WEEK), partial(self.put_off, MONTH), self.settle
        )
        for number in range(1, len(self._deeds) + 1):
            QShortcut(QKeySequence(str(number)), self, partial(self._do, number))
        self.refresh()

    def refresh(self) -> None:
        practice = self._office.desk.look(find_practice, self._id)
        self._quiet = self._office.desk.look(find_quiet, self._id, self._office.today)
        if practice is not None:
            self.show_anew(partial(self._made, practice))

    def first_focus(self) -> QWidget | None:
        return self.outcomes[0]

    def _do(self, number: int) -> None:
        self._deeds[number - 1]()

    def record_talk(self) -> None:
        """The form of the talk; saving it settles this quarter."""
        self._office.open("practice_talk", practice_id=self._id)

    def put_off(self, days: int) -> None:
        if self._quiet is not None:
            said = ngettext("Comes back tomorrow", "Comes back in {n} days", days).format(n=days)
            self._office.desk.perform(put_off_quiet, self._id, days, said=said)

    def settle(self) -> None:
        if self._quiet is not None:
            said = _("Settled: no talk needed this quarter")
            self._office.desk.perform(settle_quiet, self._id, said=said)

    # -- parts -------------------------------------------------------------------------------------------

    def _made(self, practice: Practice) -> QWidget:
        quiet = self._quiet
        under = capital(last_words(quiet.last_on)) if quiet is not None else self.title
        head = parts.header(practice.name, under=under)
        left = parts.column(self._call_card(practice), self._outcome_card(), self._agreed_card(practice), None, gap=12)
        right = parts.column(self._points_card(), self._near_card(), None, gap=12)
        body = parts.Beside(left, right, (1, 1))
        return parts.column(head, self._doors(), body, None, gap=12, margins=(24, 16, 24, 16))

    def _doors(self) -> QWidget:
        to = partial(door, self._office, practice_id=self._id)
        return flowing(
            *to("practice", _("Practice"), "link", "first-aid-kit"),
            *to("wijksafari", _("Wijksafari to take along"), "link", "map-trifold"),
            *to("value_page", _("Results per quarter"), "link", "chart-bar"),
        )

    def _call_card(self, practice: Practice) -> QWidget:
        people = _first_to_answer(self._office.desk.look(list_contacts, self._id) or [])
        coach = practice.coach_id and self._office.desk.look(find_staff, practice.coach_id)
        facts = [
            *((codes.word(codes.CONTACT_ROLES, each.role), _reach(each)) for each in people),
            (_("Hours in the practice"), practice.in_practice_hours),
            (_("Coach"), coach.name if coach else ""),
        ]
        number = parts.title(show_phone(practice.phone) or _("no phone number is known"))
        return parts.card(_("Whom to call"), number, *fact_lines(facts))

    def _outcome_card(self) -> QWidget:
        words = (_("Record the talk"), _("Put off for a week"), _("Put off for a month"), _("No talk needed"))
        outcomes = [
            _outcome(number, text, deed, "primary" if number == 1 else "")
            for number, (text, deed) in enumerate(zip(words, self._deeds, strict=True), 1)
        ]
        self.outcomes = outcomes if self._quiet is not None else outcomes[:1]
        nothing = _("Nothing to decide: somebody came, a talk was held or promised, or it was put off.")
        said = [parts.label(nothing, "muted")] if self._quiet is None else []
        return parts.card(_("What came of it"), *said, flowing(*self.outcomes))

    def _agreed_card(self, practice: Practice) -> QWidget:
        talk = self._office.desk.look(last_talk, self._id)
        moments = [codes.word(codes.LETTER_MOMENTS, each).lower() for each in practice.letter_moments.split()]
        facts = [(_("Letters about"), ", ".join(moments) or _("none"))]
        if talk is not None:
            day = show_long(talk.held_on, current())
            facts.append((" · ".join(filter(None, (day, talk.with_whom))), talk.agreed or talk.question))
        none = [] if talk is not None else [parts.label(_("Nothing yet: there was no talk before."), "muted")]
        return parts.card(_("What we agreed"), *none, *fact_lines(facts))

    def _points_card(self) -> QWidget:
        points = self._office.desk.look(last_points, self._id) or []
        title = _("Their last vouchers")
        self.rows = Rows(title, grow=True, framed=False)
        self.rows.set_rows([_point_row(each) for each in points])
        whose = {each.voucher_id: each.person_id for each in points}
        for signal in (self.rows.chosen, self.rows.acted):
            signal.connect(partial(self._open_person, whose))
        if not points:
            nobody = _("Nothing came from here yet. Tell what we do, and ask whom they have in mind.")
            return parts.card(title, parts.label(nobody, "muted"))
        return parts.card(title, self.rows, flush=True)

    def _open_person(self, whose: dict[int, int], voucher_id: int) -> None:
        self._office.open("person", person_id=whose[voucher_id], voucher_id=voucher_id)

    def _near_card(self) -> QWidget:
        centre = self._office.desk.look(practice_centre, self._id)
        offers = self._office.desk.look(list_on_offer) or []
        near = nearest_first(centre.near, offers)[:NEAREST] if centre is not None and centre.near is not None else []
        title = _("Near them")
        if not near:
            return parts.card(title, parts.label(_("Nothing is on offer near this practice."), "muted"))
        rows = Rows(title, grow=True, framed=False)
        rows.set_rows([_near_row(each) for each in near])
        for signal in (rows.chosen, rows.acted):
            signal.connect(lambda activity_id: self._office.open("activity", activity_id=activity_id))
        return parts.card(title, rows, flush=True)


def _outcome(number: int, text: str, deed: Callable[[], object], role: str) -> QPushButton:
    button = parts.button(f"{number}  {text}", role, on=deed)
    button.setAccessibleName(text)
    button.setAccessibleDescription(_("key {n}").format(n=number))
    return button


def _first_to_answer(contacts: Sequence[Contact]) -> list[Contact]:
    """Who works there now: the assistant before the doctors, as one phones."""
    order = {role: at for at, role in enumerate(ANSWERING)}
    here = [each for each in contacts if each.active]
    return sorted(here, key=lambda each: order.get(each.role, len(order)))


def _reach(person: Contact) -> str:
    return " · ".join(filter(None, (full(person.known_as), show_phone(person.phone))))


def _point_row(point: Point) -> Row:
    pill = _("may be told") if point.may_be_told else _("do not tell: no permission")
    tone = "well" if point.may_be_told else "soon"
    return Row(point.voucher_id, "ticket", point.title, subtitle=point.became, pill=pill, tone=tone)


def _near_row(offer: Offer) -> Row:
    pill, tone = (_("full, waiting list"), "soon") if offer.full else (_("has room"), "well")
    when = " · ".join(filter(None, (*offer.when, offer.where)))
    return Row(offer.id, "calendar-blank", offer.title, subtitle=when, pill=pill, tone=tone)


PAGES: dict[str, PageMaker] = {"quiet_practice": QuietPractice}
