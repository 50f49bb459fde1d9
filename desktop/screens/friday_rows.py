"""The rows of the Friday screen: practices with what they wait for, and the sentences about it. Performs nothing."""

from collections.abc import Iterable, Sequence

from desktop.language import _, ngettext
from desktop.rules.codes import LETTER_MOMENTS, LETTER_WAYS, word
from desktop.rules.friday import APPROVE, BATCH, CONFIRM, FIX, OTHERS, SEND, SIGNAL, WRITE, AtPractice, Wait
from desktop.rules.tasks import who
from desktop.screens.letter_parts import WAY_ICONS, way_words
from desktop.widgets.rows import Row

HEAD = "practice"  # the first of the key of a row that is about a whole practice


def rows_of(groups: Sequence[AtPractice], done: Iterable[tuple[int, str]]) -> list[Row]:
    """Each practice with what it waits for; those that know where their people are stand below, ticked."""
    rows: list[Row] = []
    for group in groups:
        rows += [_head(group), *(_row(wait) for wait in group.waits)]
    return rows + [_done(practice_id, name) for practice_id, name in done]


def whole(group: AtPractice) -> str:
    """The step that all letters of a practice can take at once, or nothing."""
    if group.way != "text" and len(group.at(SEND)) > 1:
        return SEND
    return CONFIRM if len(group.at(CONFIRM)) > 1 else ""


def left_words(left: int, met: int, practices: int) -> str:
    """Nog 7 van 23, 3 praktijken."""
    at = ngettext("{n} practice", "{n} practices", practices).format(n=practices)
    return _("{left} of {all} to go, {practices}").format(left=left, all=met, practices=at)


def about_words(wait: Wait, to: Sequence[str]) -> str:
    """Who gets it, and how; for a PDF to which address."""
    whom = ", ".join(to) or wait.practice or _("no practice")
    address = wait.secure_mail if wait.way == "pdf" else ""
    return " · ".join(filter(None, (whom, way_words(wait.way), address)))


def _head(group: AtPractice) -> Row:
    count = len(group.waits)
    return Row(
        key=(HEAD, group.id),
        icon="first-aid-kit",
        title=group.name or _("no practice"),
        subtitle=" · ".join(
            (word(LETTER_WAYS, group.way), ngettext("{n} letter to go", "{n} letters to go", count).format(n=count))
        ),
        action=_whole_action(group),
    )


def _whole_action(group: AtPractice) -> str:
    step = whole(group)
    send = _("Print all ({n})") if group.way == "print" else _("All as PDF ({n})")
    words = {SEND: send, CONFIRM: _("All sent ({n})")}.get(step, "")
    return words.format(n=len(group.at(step)))


def _done(practice_id: int, name: str) -> Row:
    return Row((HEAD, practice_id), "check-circle", name or _("no practice"), pill=_("Up to date"), tone="well")


def _row(wait: Wait) -> Row:
    pill, tone = _state(wait)
    copy = _("copy for the referrer") if wait.copy else ""
    return Row(
        key=wait.key,
        icon="warning" if wait.step == SIGNAL else WAY_ICONS[wait.handed_out or wait.way],
        title=f"{word(LETTER_MOMENTS, wait.moment)}: {who(wait.person)}",
        subtitle=" · ".join(filter(None, (wait.number, copy, _step_words(wait)))),
        pill=pill,
        tone=tone,
        action=_action(wait),
    )


def _state(wait: Wait) -> tuple[str, str]:
    if wait.step in (CONFIRM, BATCH):
        return _("Was it sent?"), "soon"
    if wait.step == OTHERS:
        return _("waits for akkoord of {name}").format(name=wait.coach or _("a coach")), "plain"
    if wait.step == SIGNAL and not wait.days_late:
        return _("today"), "news"
    if wait.days_late:
        return ngettext("{n} day late", "{n} days late", wait.days_late).format(n=wait.days_late), "late"
    return "", "plain"


def _step_words(wait: Wait) -> str:
    return {
        WRITE: _("still to be written"),
        SIGNAL: _("still to be written"),
        APPROVE: _("concept"),
        OTHERS: _("concept"),
        FIX: _("approved"),
        SEND: _("ready"),
        BATCH: _("printed with others"),
        CONFIRM: word({"text": _("copied"), "pdf": _("saved as PDF"), "print": _("printed")}, wait.handed_out),
    }[wait.step]


def _action(wait: Wait) -> str:
    return {
        WRITE: _("Write"),
        SIGNAL: _("Write"),
        APPROVE: _("Akkoord"),
        FIX: _("Fix"),
        OTHERS: "",
        SEND: {"text": _("Copy text"), "pdf": _("Save PDF"), "print": _("Print")}[wait.way],
        CONFIRM: _("Sent"),
        BATCH: _("Say what came out well"),
    }[wait.step]
