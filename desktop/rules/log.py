"""The access log in words: what each line means and of which kind it is. Must not know tables or contents.

NEN 7513 asks of each line who (and in which role), what, when, where and about whom; never what stood in a record.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from desktop.language import N_, _

VIEW, CHANGE, PRINT, EXPORT = "view", "change", "print", "export"
ENTRY, FAILURE, ROLES, LOG = "entry", "failure", "roles", "log"
KINDS = {
    VIEW: N_("Looked at"),
    CHANGE: N_("Changed"),
    PRINT: N_("Printed"),
    EXPORT: N_("Exported"),
    ENTRY: N_("Signed in or out"),
    FAILURE: N_("Failed to sign in"),
    ROLES: N_("Colleagues and keys"),
    LOG: N_("Log read"),
}
NAMES: dict[str, str] = {
    "action undone": N_("Something undone"),
    "activities imported": N_("Activities imported"),
    "activities named for letters": N_("Activities named for letters"),
    "activity added": N_("Activity added"),
    "activity card printed": N_("Activity card printed"),
    "activity changed": N_("Activity changed"),
    "activity checked": N_("Activity checked"),
    "activity stopped": N_("Activity stopped"),
    "aftercare corrected": N_("Aftercare talk corrected"),
    "aftercare held": N_("Aftercare talk held"),
    "aftercare planned": N_("Aftercare talk planned"),
    "aftercare taken back": N_("Aftercare talk taken back"),
    "appointment card printed": N_("Appointment card printed"),
    "appointment corrected": N_("Appointment corrected"),
    "appointment missed": N_("Appointment did not go on"),
    "appointment moved": N_("Appointment moved"),
    "appointment taken back": N_("Appointment taken back"),
    "backup exported": N_("Backup taken to another place"),
    "backup restored": N_("Backup restored"),
    "batch confirmed": N_("Printed letters confirmed as sent"),
    "batch printed": N_("Letters handed to the printer"),
    "batch started": N_("Printing of letters started"),
    "batch stopped": N_("Printing of letters stopped"),
    "case closed": N_("Case closed"),
    "case moved": N_("Case moved to the right participant"),
    "case moved away": N_("Case moved away: it was somebody else's"),
    "case opened": N_("Case opened to look at"),
    "case put on hold": N_("Case put on hold"),
    "case reopened": N_("Case opened again"),
    "closing corrected": N_("Closing corrected"),
    "closing taken back": N_("Closing taken back"),
    "coach changed": N_("Coach changed"),
    "colleague added": N_("Colleague added"),
    "colleague changed": N_("Colleague or roles changed"),
    "colleague's password renewed": N_("One-time password given"),
    "consent withdrawn": N_("Consent withdrawn"),
    "consents recorded": N_("Consent recorded"),
    "contact added": N_("Contact of a practice added"),
    "contact changed": N_("Contact of a practice changed"),
    "contact corrected": N_("Contact corrected"),
    "contact recorded": N_("Contact recorded"),
    "contact taken back": N_("Contact taken back"),
    "contact card printed": N_("Card of a missed call printed"),
    "day sheet printed": N_("Day sheet printed"),
    "deed moved": N_("Deed moved to the right case"),
    "deed moved away": N_("Deed moved away: it was somebody else's"),
    "enrolled": N_("Signed up for an activity"),
    "enrolment corrected": N_("Signing up corrected"),
    "work handed over": N_("Work handed over"),
    "enrolment stopped": N_("Stopped at an activity"),
    "death recorded": N_("Death recorded"),
    "death taken back": N_("Death taken back"),
    "enrolment taken back": N_("Signing up taken back"),
    "first time recorded": N_("First time recorded"),
    "first time taken back": N_("First time taken back"),
    "first visit planned": N_("First visit planned"),
    "gap noted": N_("Missing offer noted"),
    "hold corrected": N_("Hold corrected"),
    "hold ended": N_("Hold ended"),
    "hold taken back": N_("Hold taken back"),
    "intake corrected": N_("Intake corrected"),
    "intake held": N_("Intake held"),
    "intake planned": N_("Intake planned"),
    "intake taken back": N_("Intake taken back"),
    "judged to be different people": N_("Judged to be different people"),
    "letter approved": N_("Letter approved"),
    "letter discarded": N_("Letter thrown away"),
    "letter edited": N_("Letter edited"),
    "letter fixed": N_("Letter made ready"),
    "letter handed out": N_("Letter taken to be sent"),
    "letter moved": N_("Letter put right: it was for another case"),
    "letter moved away": N_("Letter taken away: it was for somebody else"),
    "letter opened": N_("Letter opened to look at"),
    "letter printed": N_("Letter printed in a batch"),
    "letter reprinted": N_("Copy of a letter printed"),
    "letter rewritten": N_("Letter written anew"),
    "letter sent": N_("Letter confirmed as sent"),
    "letter taken back": N_("Letter was not sent after all"),
    "letter text looked at": N_("Text of a letter looked at"),
    "letter text changed": N_("Text of letters changed"),
    "letter text restored": N_("Earlier text of letters put back"),
    "letter withdrawn": N_("Letter withdrawn"),
    "letter withdrawn to be corrected": N_("Letter withdrawn to be corrected"),
    "letter written anew for its address": N_("Letter written anew for its address"),
    "returned post recorded": N_("Letter came back"),
    "returned post settled": N_("Address of a returned letter looked at"),
    "letter written": N_("Letter written"),
    "locked": N_("Locked"),
    "log checked": N_("Log checked"),
    "log read": N_("Log read"),
    "made-up colleague added": N_("Made-up colleague added"),
    "made-up neighbourhood added": N_("Made-up neighbourhood added"),
    "suicide steps recorded": N_("Steps at signs of suicide recorded"),
    "meldcode steps recorded": N_("Steps of the Meldcode recorded"),
    "month report printed": N_("Month report of the log made"),
    "organisation changed": N_("Organisation changed"),
    "organisation set up": N_("Organisation set up"),
    "person corrected": N_("Participant corrected"),
    "person informed": N_("Participant told where the data came from"),
    "person opened": N_("Participant opened to look at"),
    "persons merged": N_("Participants merged"),
    "offer answered": N_("Answer to an offered place recorded"),
    "place given": N_("Place given"),
    "practice added": N_("Practice added"),
    "practice changed": N_("Practice changed"),
    "practice talk corrected": N_("Talk with a practice corrected"),
    "practice talk moved": N_("Next talk with a practice moved"),
    "practice talk recorded": N_("Talk with a practice recorded"),
    "practice talk taken back": N_("Talk with a practice taken back"),
    "quiet practice put off": N_("Quiet practice put off"),
    "quiet practice settled": N_("Quiet practice: no talk needed"),
    "practices imported": N_("Practices imported"),
    "practices merged": N_("Practices merged"),
    "recovery sheet renewed": N_("Recovery sheet renewed"),
    "record's history opened": N_("History opened to look at"),
    "sign-in failed": N_("Sign-in failed"),
    "signal written": N_("Signal to the practice written"),
    "signed in": N_("Signed in"),
    "signed out": N_("Signed out"),
    "task postponed": N_("Task postponed"),
    "undone": N_("Something undone"),
    "value page printed": N_("Results of a practice made"),
    "value pages printed": N_("Results of all practices made"),
    "voucher corrected": N_("Voucher corrected"),
    "voucher registered": N_("Voucher registered"),
    "walk-in registered": N_("Walk-in registered"),
    "who looked printed": N_("List of who looked made"),
    "worry corrected": N_("Worry corrected"),
    "worry recorded": N_("Worry recorded"),
    "worry taken back": N_("Worry taken back"),
    "breach changed": N_("Data breach changed"),
    "breach registered": N_("Data breach written down"),
    "list exported": N_("List exported"),
    "request registered": N_("Request written down"),
    "request changed": N_("Request changed"),
    "retention terms changed": N_("Terms for keeping data changed"),
    "ground changed": N_("Ground of a case changed"),
    "retention list made": N_("Yearly list made"),
    "retention choice changed": N_("Choice on the yearly list changed"),
    "retention list approved": N_("Yearly list approved"),
    "retention list withdrawn": N_("Yearly list thrown away"),
    "data destroyed": N_("Data destroyed at a request"),
    "data destroyed after the term": N_("Data destroyed after the term"),
    "retention list carried out": N_("Yearly list carried out"),
    "colleague left": N_("Colleague left, new key"),
    "keys renewed": N_("Keys renewed"),
    "own password changed": N_("Own password changed"),
    "sign-in name taken": N_("Sign-in name renewed"),
    "own file made": N_("File for the person made"),
    "others' data marked": N_("Data of others marked"),
}
"""What each name in the log means, in the words of the screens."""
NOT_CHANGES = {
    **dict.fromkeys(("person opened", "case opened", "letter opened", "record's history opened"), VIEW),
    **dict.fromkeys(("signed in", "signed out", "locked"), ENTRY),
    **dict.fromkeys(("log read", "log checked"), LOG),
    "sign-in failed": FAILURE,
    **dict.fromkeys(("list exported", "own file made"), EXPORT),
    **dict.fromkeys(
        (
            "colleague added",
            "colleague changed",
            "colleague left",
            "colleague's password renewed",
            "recovery sheet renewed",
            "keys renewed",
            "own password changed",
            "sign-in name taken",
        ),
        ROLES,
    ),
}
ENDINGS = ((" printed", PRINT), (" reprinted", PRINT), (" exported", EXPORT), (" opened", VIEW), (" read", VIEW),
           (" looked at", VIEW), (" refused", FAILURE), (" failed", FAILURE))  # fmt: skip


@dataclass(frozen=True)
class LogLine:
    """One line as it is shown."""

    id: int
    at: datetime
    who: str
    roles: str
    name: str
    about: str
    station: str


@dataclass(frozen=True)
class Looked:
    """On one day one colleague did one kind of thing with somebody's data, so many times."""

    day: date
    who: str
    roles: str
    what: str
    times: int


@dataclass(frozen=True)
class Verdict:
    """What checking the chain gave: how many lines, and the first that is not as it was written."""

    lines: int
    broken_at: int | None = None
    head: str = ""
    missing: str = ""  # the date of a backup whose end of the log is not there any more

    @property
    def sound(self) -> bool:
        return self.broken_at is None and not self.missing


@dataclass(frozen=True)
class MonthReport:
    """A month of the log in numbers, to keep on paper: what was done by whom how often, and the chain's end."""

    organisation: str
    month: str
    made_on: str
    lines: int
    kinds: tuple[tuple[str, int], ...]
    staff: tuple[tuple[str, int, int], ...]  # name, looked, changed
    head: str
    head_line: int
    verdict: str


@dataclass(frozen=True)
class AccessList:
    """Who looked at or changed somebody's data, for that person."""

    organisation: str
    person: str
    made_on: str
    lines: tuple[Looked, ...]


def said(name: str) -> str:
    """What a line of the log means, in words; a name without words shows as it is."""
    return _(NAMES.get(name, name))


def kind_of(name: str) -> str:
    """Of which kind a line is."""
    if name in NOT_CHANGES:
        return NOT_CHANGES[name]
    return next((kind for ending, kind in ENDINGS if name.endswith(ending)), CHANGE)


def names_of(kind: str, names: Sequence[str]) -> list[str]:
    """Those of these names that are of this kind."""
    return [name for name in names if kind_of(name) == kind]


def verdict_words(verdict: Verdict) -> str:
    """One sentence about the chain."""
    if verdict.broken_at is not None:
        return _("Line {n} of the log is not as it was written, or a line before it is gone.").format(
            n=verdict.broken_at
        )
    if verdict.missing:
        return _(
            "The log misses lines that were there in the backup of {date}. Somebody may have taken them out."
        ).format(date=verdict.missing)
    return _("All {n} lines of the log are as they were written.").format(n=verdict.lines)


def role_words(roles: str, words: Mapping[str, str]) -> str:
    """ "coach coordinator" as "Coördinator, Welzijnscoach", in the order in which roles are listed."""
    held = roles.split()
    return ", ".join(_(text) for role, text in words.items() if role in held)
