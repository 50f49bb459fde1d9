"""The one door for changes and the one for looks: role, transaction, history, audit line. Must not know any subject."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from desktop.errors import all_asked_at_once
from desktop.rules.staff import Member, require
from desktop.storage.changes import Deed, Record, deed, under_way, write_audit
from desktop.storage.database import told, transaction

P = ParamSpec("P")
R = TypeVar("R")
Changes = Callable[Concatenate[Member, P], R]


@dataclass(frozen=True)
class Declared:
    """An action or view as it was declared: its name in the log and who may."""

    name: str
    may: frozenset[str]
    function: Callable[..., Any]


ACTIONS: dict[str, Declared] = {}
VIEWS: dict[str, Declared] = {}
AFTERWARDS: list[Callable[[Deed], None]] = []


def action(name: str, may: frozenset[str] | None) -> Callable[[Changes[P, R]], Changes[P, R]]:
    """A change: `name` in the past tense, never reused; `may` is None only for setting up an empty file."""

    def declare(function: Changes[P, R]) -> Changes[P, R]:
        @wraps(function)
        def performed(by: Member, /, *args: P.args, **kwargs: P.kwargs) -> R:
            if may is not None:
                require(by, may)
            with deed(by.id or None, name, roles=roles_of(by)) as this, all_asked_at_once():
                result = function(by, *args, **kwargs)
                _say_subject(this, result)
                for follows in AFTERWARDS:
                    follows(this)
            return result

        _register(ACTIONS, Declared(name, may or frozenset(), performed))
        return performed

    return declare


def afterwards(follows: Callable[[Deed], None]) -> Callable[[Deed], None]:
    """What follows from a change whichever action made it: done last, in the same transaction."""
    AFTERWARDS.append(follows)
    return follows


def view(name: str, may: frozenset[str]) -> Callable[[Changes[P, R]], Changes[P, R]]:
    """A look at one person, voucher or letter: it leaves an audit line, as NEN 7513 asks."""

    def declare(function: Changes[P, R]) -> Changes[P, R]:
        @wraps(function)
        def opened(by: Member, /, *args: P.args, **kwargs: P.kwargs) -> R:
            require(by, may)
            with told():
                result = function(by, *args, **kwargs)
            record = getattr(result, "record", result)
            if isinstance(record, Record):
                with transaction():
                    write_audit(
                        by.id or None,
                        name,
                        subject_kind=type(record)._meta.table_name,
                        subject_id=record.id,
                        person_id=record.concerns(),
                        roles=roles_of(by),
                    )
            return result

        _register(VIEWS, Declared(name, may, opened))
        return opened

    return declare


def roles_of(by: Member) -> str:
    """The roles in which something is done, as the log keeps them."""
    return " ".join(sorted(by.roles))


def about(record: Record) -> None:
    """Say which record the running action is about, when it returns something else."""
    under_way().subject = record


def _say_subject(this: Deed, result: object) -> None:
    if this.subject is None and isinstance(result, Record):
        this.subject = result


def _register(where: dict[str, Declared], declared: Declared) -> None:
    if declared.name in where:
        raise RuntimeError(f"the name {declared.name!r} is taken")
    where[declared.name] = declared
