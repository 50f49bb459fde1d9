"""What is wrong with a text for letters, said per line with what was probably meant. Must not know records or paper."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from desktop.errors import Refused, ask
from desktop.language import _
from desktop.rules.identifiers import has_bsn
from desktop.rules.letterfields import FIELDS, NEUTRAL, fields_for
from desktop.rules.letters import LINES_PER_HEADING
from desktop.rules.lettersamples import FORMS, situations
from desktop.rules.lettertexts import FIELD, fill, headings_in, left_out, paragraphs_in, text_of
from desktop.rules.letterwords import odd_words

LONGEST = 6000
MOST_SAID = 5
PIECE = 24  # characters of what was typed, to find the place by


@dataclass(frozen=True, kw_only=True)
class LetterTextDraft:
    """A text as the coordinator left it; `base` is the version it was made from, None the text as shipped."""

    kind: str
    body: str = ""
    base: int | None = None
    sure: bool = False


def check(
    draft: LetterTextDraft, today: date, count_lines: Callable[[str], int], reasons: Sequence[str] = ()
) -> None:
    """Refuse a text that would spoil a letter; ask about a paragraph that no letter would ever show.

    `reasons` are those a voucher can have: they have no place in letters to everybody.
    """
    body = draft.body
    if has_bsn(body):
        raise Refused(body=_("A BSN may not be stored. Leave it out."))
    if len(body) > LONGEST:
        raise Refused(body=_("This text is far too long for letters of one page."))
    wrong = [*_braces(body), *_fields(body), *_telling(draft.kind, body)]
    wrong += _headings(body, headings_in(text_of(draft.kind)))
    wrong = wrong or [*_in_situations(draft.kind, body, today, count_lines)]
    if wrong:
        raise Refused(body=_said(wrong))
    if draft.sure:
        return
    if odd := [*_never_seen(draft.kind, body, today), *_told_to_all(draft.kind, body, today, reasons)]:
        ask(body=_said(odd))


def _told_to_all(kind: str, body: str, today: date, reasons: Sequence[str]) -> Iterator[str]:
    """What no letter tells, typed in a text that goes to everybody."""
    shipped = set(text_of(kind).splitlines())
    for number, line in enumerate(body.splitlines(), 1):
        if line not in shipped and (said := odd_words(FIELD.sub(" ", line), today, reasons)):
            yield _("Line {n}: {said}").format(n=number, said=said)


def nearest(name: str) -> str:
    """The field that was probably meant, or nothing."""
    tidy = re.sub(r"[\s-]+", "_", name.strip())
    for meant in (tidy, tidy.casefold()):
        if meant in FIELDS:
            return meant
    found = get_close_matches(tidy, FIELDS, 1) or get_close_matches(tidy.casefold(), FIELDS, 1)
    return found[0] if found else ""


def tidy(body: str) -> str:
    """The text as it is kept: no spaces at line ends, one line end at the end."""
    return "\n".join(line.rstrip() for line in body.splitlines()).strip("\n") + "\n"


def _said(wrong: Sequence[str]) -> str:
    beyond = len(wrong) - MOST_SAID
    more = [_("And {n} more.").format(n=beyond)] if beyond > 0 else []
    return "\n".join([*wrong[:MOST_SAID], *more])


def _braces(body: str) -> Iterator[str]:
    for number, line in enumerate(body.splitlines(), 1):
        bare = FIELD.sub(lambda found: " " * len(found.group()), line)
        loose = re.search(r"[{}]", bare)
        if loose is not None:
            start = loose.start() if loose.group() == "{" else max(0, loose.start() - PIECE)
            piece = line[start : start + PIECE + 1].strip()
            yield _("Line {n}: a brace is missing at “{piece}”.").format(n=number, piece=piece)


def _fields(body: str) -> Iterator[str]:
    for number, line in enumerate(body.splitlines(), 1):
        for name in FIELD.findall(line):
            if name in FIELDS:
                continue
            typed, meant = "{" + name + "}", nearest(name)
            if meant:
                yield _("Line {n}: {field} is no field. Do you mean {meant}?").format(
                    n=number, field=typed, meant="{" + meant + "}"
                )
            else:
                yield _("Line {n}: {field} is no field. Choose one from the list.").format(n=number, field=typed)


def _telling(kind: str, body: str) -> Iterator[str]:
    """Fields that would tell something of the person in a letter that goes without consent."""
    allowed = NEUTRAL.get(kind, tuple(FIELDS))
    for number, line in enumerate(body.splitlines(), 1):
        for name in FIELD.findall(line):
            if name in FIELDS and name not in allowed:
                yield _(
                    "Line {n}: {field} may not stand here. This letter goes without consent and tells nothing of the "
                    "person; it may use only {allowed}."
                ).format(n=number, field="{" + name + "}", allowed=", ".join("{" + each + "}" for each in allowed))


def _headings(body: str, wanted: Sequence[str]) -> Iterator[str]:
    found: list[str] = []
    meant: set[str] = set()
    above = False
    for number, line in enumerate(body.splitlines(), 1):
        if not line.strip().startswith("#"):
            if line.strip() and not found and not meant and not above:
                above = True
                yield _("Line {n} stands above the first heading, so it would be in no letter.").format(n=number)
            continue
        name = " ".join(line.strip().lstrip("#").split())
        if line.startswith("# ") and name in wanted:
            if name in found:
                yield _("Line {n}: the heading “{heading}” stands there twice.").format(n=number, heading=name)
            found.append(name)
            continue
        close = _nearest_heading(name, wanted)
        if close:
            meant.add(close)
            yield _("Line {n}: “{typed}” is no heading of this letter. Do you mean “{meant}”?").format(
                n=number, typed=line.strip()[:60], meant=f"# {close}"
            )
        else:
            yield _("Line {n}: “{typed}” is no heading of this letter; its headings are fixed.").format(
                n=number, typed=line.strip()[:60]
            )
    missing = [name for name in wanted if name not in found and name not in meant]
    yield from (_("The heading “{heading}” is missing.").format(heading=f"# {name}") for name in missing)
    once = list(dict.fromkeys(found))
    if not missing and not meant and once != list(wanted):
        yield _("The headings stand in another order than in the letter: {headings}.").format(
            headings=", ".join(wanted)
        )


def _nearest_heading(name: str, wanted: Sequence[str]) -> str:
    folded = {heading.casefold(): heading for heading in wanted}
    close = get_close_matches(name.casefold(), folded, 1)
    return folded[close[0]] if close else ""


def _in_situations(kind: str, body: str, today: date, count_lines: Callable[[str], int]) -> Iterator[str]:
    """Headings without a text, and texts of too many lines, each with the made-up situation where that shows."""
    bare = _empty_headings(body)
    yield from (_("Nothing stands under the heading “{heading}”.").format(heading=f"# {name}") for name in bare)
    said: set[tuple[str, str]] = set()
    longest: dict[str, tuple[int, str]] = {}
    for form in FORMS:
        for each in situations(kind, today, form):
            for heading, text in fill(body, fields_for(each.facts, kind)):
                if heading in bare or (each.key, heading) in said:
                    continue
                if not text:
                    said.add((each.key, heading))
                    yield _("In the situation “{situation}” nothing stands under “{heading}”.").format(
                        situation=_(each.name), heading=heading
                    )
                elif (lines := count_lines(text)) > max(LINES_PER_HEADING, longest.get(heading, (0, ""))[0]):
                    longest[heading] = lines, each.name
    for heading, (lines, name) in longest.items():  # once a heading, where it is worst
        yield _("In the situation “{situation}” “{heading}” takes {n} lines; there is room for {most}.").format(
            situation=_(name), heading=heading, n=lines, most=LINES_PER_HEADING
        )


def _empty_headings(body: str) -> list[str]:
    """Headings without any paragraph: said once, not once for every situation."""
    found: dict[str, int] = {}
    above = ""
    for line in body.splitlines():
        if line.startswith("# "):
            above = line[2:].strip()
            found.setdefault(above, 0)
        elif line.strip() and above:
            found[above] += 1
    return [heading for heading, paragraphs in found.items() if not paragraphs]


def _never_seen(kind: str, body: str, today: date) -> Iterator[str]:
    """Paragraphs that stay out in every situation."""
    all_cases = situations(kind, today)
    if not all_cases:
        return
    unseen = set.intersection(*(set(left_out(body, fields_for(each.facts, kind))) for each in all_cases))
    asked_nothing = {number for number, line in enumerate(body.splitlines()) if line.strip() == "{geen_actie}"}
    for number in sorted((unseen - asked_nothing) & set(paragraphs_in(body))):
        yield _("Line {n} would stand in no letter of this kind: its fields are never filled together.").format(
            n=number + 1
        )
