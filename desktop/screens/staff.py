"""Colleagues: who may come in, a one-time password, leaving, a password of one's own. Must not know any key."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.actions.staff import (
    NewColleague,
    add_colleague,
    change_colleague,
    change_own_password,
    hand_over,
    renew_password,
)
from desktop.errors import Refused, StorageProblem
from desktop.language import _
from desktop.rules import codes
from desktop.rules.declared import typed_values
from desktop.rules.roles import DOES
from desktop.rules.staff import ROLES, StaffDraft
from desktop.screens.asked import Asks
from desktop.screens.covers import Ask, Cover
from desktop.screens.office import Office, PageMaker
from desktop.storage.models import Staff
from desktop.storage.staff import count_charges, find_staff, list_coaches, list_staff, roles_of
from desktop.widgets import parts, theme
from desktop.widgets.fields import Check, Choice, Item, Text
from desktop.widgets.form import Card, Extra, Form
from desktop.widgets.pages import Page
from desktop.widgets.rows import Row, Rows

ROLE = "role_"


class StaffList(Page):
    """Everyone who may come in."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office, self.title, self.place = office, _("Colleagues"), "settings"
        self.setObjectName("page")
        self.rows = Rows(_("Colleagues"), grow=True)
        self.rows.chosen.connect(self._open)
        self.rows.acted.connect(self._open)
        add = parts.button(_("New colleague"), "primary", "plus", partial(office.open, "staff"), "Ctrl+Shift+N")
        head = parts.header(self.title, add)
        _fill(self, parts.column(head, self.rows, None, gap=12, margins=(24, 16, 24, 16)))
        self.refresh()

    def refresh(self) -> None:
        self.rows.set_rows([
            Row(staff.id, "user", staff.name, subtitle=_role_words(roles), action=_("Change"),
                pill="" if staff.active else _("No longer here"))
            for staff, roles in self._office.desk.look(list_staff) or []
        ])  # fmt: skip

    def _open(self, staff_id: int) -> None:
        self._office.open("staff", staff_id=staff_id)


def staff_form(office: Office, staff_id: int | None = None) -> Page:
    """A new colleague, or another role for one."""
    staff = office.desk.look(find_staff, staff_id) if staff_id is not None else None
    ask = Asks("staff")
    fields: list[Item] = [
        ask.text("name", required=True, help=_("As it stands under a letter.")),
        ask.text("role_title", placeholder="welzijnscoach"),
        ask.text("phone"),
        ask.text("email"),
    ]
    if staff is None:
        fields.insert(1, ask.text("sign_in_name", required=True, help=_("Short and easy to type.")))
        values: dict[str, Any] = {}
    else:
        values = typed_values("staff", staff) | {"id": staff.id, "version": staff.version}
        values |= {ROLE + role: True for role in office.desk.look(roles_of, staff.id) or ()}
    form = StaffForm(
        office.desk,
        _("New colleague") if staff is None else staff.name,
        [Card("", fields, columns=2), Card(_("Roles: what this colleague sees and does"), _role_boxes(), columns=2)],
        _draft,
        partial(_add, office) if staff is None else change_colleague,
        values=values,
        key=f"staff {staff_id or 'new'}",
        keep=office.keep,
        place="settings",
        extra_buttons=[] if staff is None else _deeds(office, staff),
    )
    if staff is None:
        form.saved.connect(partial(_tell_password, office))
    return form


def _role_boxes() -> list[Item]:
    """A box for each role with a line of what it means; more than one adds up."""
    return [Check(ROLE + role, _(name), help=_(DOES[role])) for role, name in ROLES.items()]


def _draft(**values: Any) -> StaffDraft:
    ticked = tuple(role for role in ROLES if values.pop(ROLE + role, False))
    return StaffDraft(**values, roles=ticked)


class StaffForm(Form):
    """What is wrong with the roles is said at the first box."""

    def complain(self, refusal: Refused, then: Callable[[Any], object] | None = None) -> None:
        named = {f"{ROLE}coordinator" if name == "roles" else name: text for name, text in refusal.fields.items()}
        super().complain(type(refusal)(refusal.message, **named), then)


def _deeds(office: Office, staff: Staff) -> list[Extra]:
    """What else can be done with a colleague: a new password, leaving, coming back."""
    if not staff.active:
        return [Extra(_("Works here again"), partial(_renew, office, staff.id))]
    again = Extra(_("New one-time password"), partial(_renew, office, staff.id))
    if office.desk.by is not None and office.desk.by.id == staff.id:
        return [again]
    return [Extra(_("Leaves the organisation"), partial(office.open, "leaver", staff_id=staff.id)), again]


def _add(office: Office, by: Any, draft: StaffDraft) -> NewColleague:
    if office.session is None:
        raise Refused(_("Sign in again first."))
    return add_colleague(by, office.session(), draft)


def _renew(office: Office, staff_id: int) -> None:
    if office.session is None:
        return
    done = office.desk.perform(renew_password, office.session(), staff_id, undoable=False)
    if done is not None:
        _tell_password(office, done.result)


def _tell_password(office: Office, made: NewColleague) -> None:
    office.open("one_time_password", name=made.staff.name, sign_in_name=made.staff.sign_in_name, password=made.password)


class OneTimePassword(Page):
    """The password to read out once; it is stored nowhere."""

    def __init__(self, office: Office, name: str, sign_in_name: str, password: str) -> None:
        super().__init__()
        self.title, self.place = _("{name} can come in").format(name=name), "settings"
        self.setObjectName("page")
        words = parts.label(password, "large")
        words.setAccessibleName(_("One-time password"))
        done = parts.button(_("Written down"), "primary", on=self.closed.emit)
        _fill(self, parts.column(
            parts.title(self.title),
            parts.label(_("Sign-in name: {name}").format(name=sign_in_name)),
            parts.label(_("This password works once; after that {name} chooses one. It is not shown again.").format(
                name=name), "muted"),
            words, parts.row(done, None), None, gap=12, margins=(24, 16, 24, 16),
        ))  # fmt: skip


class Leaver(Page):
    """What happens when a colleague leaves, and the button that does it."""

    def __init__(self, office: Office, staff_id: int) -> None:
        super().__init__()
        self._office, self._id, self.place = office, staff_id, "settings"
        self.setObjectName("page")
        staff = office.desk.look(find_staff, staff_id)
        name = staff.name if staff is not None else ""
        self.title = _("{name} leaves").format(name=name)
        charges = office.desk.look(count_charges, staff_id) or (0, 0, 0, 0)
        give = parts.button(
            _("Hand the work over"), icon="users", on=partial(office.open, "hand_over", staff_id=staff_id)
        )
        counted = _("Open vouchers: {n}. Appointments: {visits}. Groups: {groups}. Practices: {practices}.")
        n, visits, groups, practices = charges
        go = parts.button(_("Close the way in"), "primary", "lock-simple", self.let_go)
        back = parts.button(_("Not now"), on=self.closed.emit)
        waits = _("This was begun before but not finished. Go on with it now.")
        _fill(self, parts.column(
            parts.title(self.title),
            *([] if staff is None or staff.active else [parts.label(waits, "complaint")]),
            *([] if not any(charges) else [parts.card(
                _("Work in this name"),
                parts.label(counted.format(n=n, visits=visits, groups=groups, practices=practices)),
                parts.label(_("What is not handed over goes to the substitute, and where there is none to everybody."),
                            "muted"),
                parts.row(give, None),
            )]),
            parts.card(
                _("What happens"),
                parts.label(_("First a backup is made and checked.")),
                parts.label(_("Then all data get a new key, which only the colleagues who stay can use. "
                              "Their passwords and the recovery sheet stay as they are.")),
                parts.label(_("From then on {name} cannot come in any more, not even with an old key. What {name} did "
                              "stays in the history under that name.").format(name=name)),
                parts.label(_("Older backups can still be opened with the passwords of their day. Keep them where "
                              "{name} cannot get at them.").format(name=name), "muted"),
                parts.label(_("This takes a moment; nobody can work in the program meanwhile."), "muted"),
            ),
            parts.row(back, go, None), None, gap=12, margins=(24, 16, 24, 16),
        ))  # fmt: skip

    def let_go(self) -> None:
        self._office.let_go(self._id)


def hand_over_form(office: Office, staff_id: int) -> Page:
    """One colleague takes over everything that stands in somebody's name."""
    staff = office.desk.look(find_staff, staff_id)
    others = [each for each in office.desk.look(list_coaches) or [] if each[0] != staff_id]
    return Form(
        office.desk,
        _("Hand over the work of {name}").format(name=staff.name if staff is not None else ""),
        [Card("", [Choice("to", _("Who takes it over"), lambda: others, required=True)])],
        dict,
        lambda by, draft: hand_over(by, staff_id, draft["to"]),
        key=f"hand_over:{staff_id}",
        keep=office.keep,
        said=_("Handed over"),
        place="settings",
    )


class Busy(Cover):
    """Covers everything while the data get their new key: whatever was looked at now would be lost from the log."""

    def __init__(self) -> None:
        super().__init__()
        self.show_waiting(
            _("The data get a new key"),
            _("First a backup, then a checked copy under the new key. Leave the computer on; it goes on by itself."),
        )


class OwnPassword(Page):
    """Another password of one's own, for who knows the present one."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office, self.place, self.title = office, "settings", _("My password")
        self.setObjectName("page")
        self.ask = Ask(
            _("My password"),
            _("From the next sign-in on the new password counts. 12 characters or more; a short sentence is fine."),
            (
                Text("password", _("Present password"), secret=True),
                Text("new_password", _("New password"), secret=True),
                Text("again", _("The new password once more"), secret=True),
            ),
            _("Keep this password"),
            self.change,
        )
        card = parts.card("", self.ask)
        card.setMaximumWidth(theme.px(520))
        _fill(self, parts.column(card, None, gap=12, margins=(24, 16, 24, 16)))

    def change(self) -> None:
        values = self.ask.group.values()
        if wrong := _complaints(values):
            self.ask.complain(Refused(**wrong))
            return
        if self._office.session is None:
            return
        self.ask.say("")
        self.ask.wait(True)
        self._office.desk.perform_in_background(
            change_own_password, self._office.session(), values["password"], values["new_password"],
            title=_("Keeping the password"), done=self._changed, failed=self._failed, said=_("Password changed"),
            writes=False,
        )  # fmt: skip

    def _changed(self, _nothing: object) -> None:
        self.closed.emit()

    def _failed(self, problem: Exception) -> None:
        self.ask.wait(False)
        if isinstance(problem, Refused):
            self.ask.complain(problem)
        elif isinstance(problem, StorageProblem):
            self.ask.say(problem.message)


def _complaints(values: dict[str, Any]) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if not values["password"]:
        wrong["password"] = _("Fill in your present password.")
    if not values["new_password"]:
        wrong["new_password"] = _("Choose a password.")
    elif values["new_password"] != values["again"]:
        wrong["again"] = _("The two passwords differ.")
    return wrong


def _role_words(roles: tuple[str, ...]) -> str:
    return ", ".join(codes.word(ROLES, role) for role in ROLES if role in roles)


def _fill(page: QWidget, inside: QWidget) -> None:
    layout = QVBoxLayout(page)
    theme.space(layout, 0)
    layout.addWidget(inside)


PAGES: dict[str, PageMaker] = {
    "staff_list": StaffList,
    "staff": staff_form,
    "one_time_password": OneTimePassword,
    "leaver": Leaver,
    "hand_over": hand_over_form,
    "own_password": OwnPassword,
}
