"""Named queries about the texts of letters: which version is in use. Must not know what a text means."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop.rules.lettertexts import text_of
from desktop.rules.staff import COORDINATOR, Member
from desktop.storage.database import query
from desktop.storage.models import LetterText, Reason, Staff


@dataclass(frozen=True)
class TextVersion:
    """A version of a text: the first made here is number 1, the text as shipped is number 0."""

    kind: str
    number: int
    body: str
    id: int | None = None
    made_at: datetime | None = None
    made_by: str = ""

    @property
    def shipped(self) -> bool:
        """Whether it reads as the text that ships, also when it was put back."""
        return self.body.strip() == text_of(self.kind).strip()


def reason_words() -> list[str]:
    """The names of the reasons a voucher can have."""
    return [str(each.name) for each in Reason.select().where(Reason.active & (Reason.code != "other"))]


def text_in_use(kind: str) -> str:
    """The coordinator's newest text of this kind, or the one that ships."""
    newest = newest_text(kind)
    return str(newest.body) if newest is not None else text_of(kind)


def newest_text(kind: str) -> LetterText | None:
    """The newest version of a kind; None when the text as shipped is in use."""
    found: LetterText | None = (
        LetterText.select().where(LetterText.kind == kind).order_by(LetterText.id.desc()).first()
    )
    return found


@query(may=COORDINATOR)
def list_texts(by: Member, kinds: Sequence[str]) -> list[TextVersion]:
    """The version in use of each kind, in the order asked for."""
    made: dict[str, list[TextVersion]] = {kind: [] for kind in kinds}
    for version in _versions(LetterText.kind.in_(list(kinds))):
        made[version.kind].append(version)
    return [versions[-1] if versions else as_shipped(kind) for kind, versions in made.items()]


@query(may=COORDINATOR)
def list_versions(by: Member, kind: str) -> list[TextVersion]:
    """Every version of one kind, the one in use first, the text as shipped last."""
    return [*reversed(_versions(LetterText.kind == kind)), as_shipped(kind)]


def as_shipped(kind: str) -> TextVersion:
    return TextVersion(kind, 0, text_of(kind))


def _versions(where: object) -> list[TextVersion]:
    """Oldest first, each kind numbered from 1."""
    rows = LetterText.select(LetterText, Staff).left_outer_join(Staff).where(where).order_by(LetterText.id)
    counted: dict[str, int] = {}
    versions: list[TextVersion] = []
    for row in rows:
        counted[row.kind] = counted.get(row.kind, 0) + 1
        name = row.staff.name if row.staff else ""
        versions.append(TextVersion(row.kind, counted[row.kind], row.body, row.id, row.made_at, name))
    return versions
