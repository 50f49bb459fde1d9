"""Signing in, by password or by recovery sheet, and choosing a password. Must not know what is behind it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from desktop.actions import entrance
from desktop.errors import Refused, StorageProblem
from desktop.language import _, ngettext
from desktop.rules.exercise import PASSWORD, SIGN_IN_NAME
from desktop.screens.covers import Ask, Cover
from desktop.storage.keys import Opened
from desktop.widgets import parts
from desktop.widgets.desk import Desk
from desktop.widgets.fields import Choice, Item, Text


class SignIn(Cover):
    """Name and password; or the recovery sheet when nobody knows a password any more."""

    def __init__(self, desk: Desk, folder: Path, enter: Callable[..., None], exercise: bool = False) -> None:
        super().__init__()
        self._typed = ("", "")
        self._desk, self._folder, self._enter = desk, folder, enter
        self._exercise = exercise
        self._why = ""
        self._waiting = QTimer(self, interval=1000)
        self._waiting.timeout.connect(self._count_down)
        self.ask = self._ask_password()
        self._show(self.ask, parts.button(_("Use the recovery sheet"), "link", on=self.use_sheet))
        self._count_down()

    def use_sheet(self) -> None:
        """Ask for the groups of the sheet instead."""
        self._waiting.stop()
        groups = Text("groups", _("The groups on the sheet"), lines=2, limit=400)
        explain = _("Type the eight groups of the recovery sheet. After this you choose a new password.")
        self.ask = Ask(_("Recovery sheet"), explain, (groups,), _("Open"), self._try_sheet)
        self._show(self.ask, parts.button(_("Back to the password"), "link", on=self.use_password))
        self.ask.group.editor("groups").focus()

    def use_password(self) -> None:
        self.ask = self._ask_password()
        self._show(self.ask, parts.button(_("Use the recovery sheet"), "link", on=self.use_sheet))
        self.ask.group.editor("name").focus()
        self._count_down()

    def _ask_password(self) -> Ask:
        fields = (Text("name", _("Sign-in name")), Text("password", _("Password"), secret=True))
        explain = _("Sign in to go on. What was still open is waiting for whoever typed it.")
        if self._exercise:
            explain = _("This is the practice organisation. The name and password are filled in already.")
        ask = Ask(_("Sign in"), explain, fields, _("Sign in"), self._try_password)
        if self._exercise:
            ask.group.set_values({"name": SIGN_IN_NAME, "password": PASSWORD})
        return ask

    def _count_down(self) -> None:
        """After wrong tries: how long the next one waits, second by second."""
        left = entrance.seconds_to_wait(self._folder)
        if left:
            words = ngettext("Wait {n} second, then try again.", "Wait {n} seconds, then try again.", left)
            self.ask.say(f"{self._why} {words.format(n=left)}".strip())
            self._waiting.start()
        elif self._waiting.isActive():
            self._waiting.stop()
            self.ask.say(_("You can try again now."))
        self.ask.wait(bool(left))

    def _show(self, *inside: QWidget) -> None:
        self.show_card(*inside)

    def _try_password(self) -> None:
        typed = self.ask.group.values()
        if not typed["name"] or not typed["password"]:
            self.ask.say(_("Fill in your name and your password."))
            return
        self._typed = (typed["name"], typed["password"])
        self._try(entrance.sign_in, *self._typed)

    def _try_sheet(self) -> None:
        self._typed = ("", "")
        self._try(entrance.sign_in_with_sheet, self.ask.group.values()["groups"])

    def _try(self, way: Callable[..., Opened], *typed: str) -> None:
        self.ask.say("")
        self.ask.wait(True)
        self._desk.perform_in_background(
            way, self._folder, *typed, title=_("Signing in"), done=self._opened, failed=self._failed, writes=False
        )

    def _opened(self, opened: Opened) -> None:
        try:
            self._enter(opened, *self._typed)
        except (Refused, StorageProblem) as problem:
            self._failed(problem)

    def _failed(self, problem: Exception) -> None:
        self.ask.wait(False)
        self._why = problem.message if isinstance(problem, Refused) else ""
        if isinstance(problem, Refused):
            self.ask.complain(problem)
        elif isinstance(problem, StorageProblem):
            self.ask.say(problem.message)
        if "password" in self.ask.group.names():
            self.ask.group.set_values({"password": ""})
            self.ask.group.editor("password").focus()
            self._count_down()


class ChangePassword(Cover):
    """A password of one's own: after a one-time password, or after the recovery sheet."""

    def __init__(
        self, desk: Desk, opened: Opened, enter: Callable[..., None], name: str = "", password: str = ""
    ) -> None:
        super().__init__()
        self._desk, self._opened, self._enter = desk, opened, enter
        self._name = ""
        self._known = {"name": name, "password": password} if name else {}
        self._people = [] if opened.member_uid else entrance.coordinators(opened)
        self.ask = Ask(
            _("Choose a password"), _("From now on you sign in with a password that only you know."),
            [*self._who(), *_new_password()], _("Keep this password"), self._choose,
        )  # fmt: skip
        self.show_card(self.ask)

    def _who(self) -> list[Item]:
        """Nothing that was typed a moment ago is asked again."""
        if self._known:
            return []
        name = Text("name", _("Sign-in name"), help=_("This is how you sign in from now on."))
        if self._opened.member_uid:
            return [name, Text("password", _("The one-time password"), secret=True)]
        return [Choice("member", _("Who are you?"), lambda: self._people), name]

    def _choose(self) -> None:
        try:
            values = self._known | self.ask.group.values()
        except Refused as refusal:
            self.ask.complain(refusal)
            return
        if wrong := _complaints(values, bool(self._opened.member_uid)):
            self.ask.complain(Refused(**wrong))
            return
        self._name = values["name"]
        self.ask.wait(True)
        self._desk.perform_in_background(
            partial(_change, self._opened), values, title=_("Keeping the password"), done=self._kept,
            failed=self._failed, writes=False,
        )  # fmt: skip

    def _kept(self, opened: Opened) -> None:
        try:
            self._enter(opened, self._name)
        except (Refused, StorageProblem) as problem:
            self._failed(problem)

    def _failed(self, problem: Exception) -> None:
        self.ask.wait(False)
        if isinstance(problem, Refused):
            self.ask.complain(problem)
        elif isinstance(problem, StorageProblem):
            self.ask.say(problem.message)


def _new_password() -> tuple[Text, ...]:
    return (
        Text(
            "new_password", _("New password"), secret=True, help=_("12 characters or more; a short sentence is fine.")
        ),
        Text("again", _("The new password once more"), secret=True),
    )


def _complaints(values: dict[str, Any], has_password: bool) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if not values.get("name"):
        wrong["name"] = _("A name to sign in with is needed.")
    if not has_password and not values.get("member"):
        wrong["member"] = _("Choose who you are.")
    if not values.get("new_password"):
        wrong["new_password"] = _("Choose a password.")
    elif values.get("new_password") != values.get("again"):
        wrong["again"] = _("The two passwords differ.")
    return wrong


def _change(opened: Opened, _by: object, values: dict[str, Any], _progress: object) -> Opened:
    return entrance.choose_password(
        opened, values.get("member") or opened.member_uid, values["name"], values.get("password") or "",
        values["new_password"],
    )  # fmt: skip
