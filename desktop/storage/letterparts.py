"""Printed letters without what they all have in common: typefaces and logo are kept once. Must not know what they say.

Only pieces that whoever draws the letter names as common are shared, so that nothing of a person is left when the
person is erased. Rows of before this was done hold everything themselves and stay as they are.
"""

import hashlib
import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import replace

from desktop.rules.letters import LetterContent, as_json, from_json
from desktop.storage.changes import under_way
from desktop.storage.models import Letter, LetterPdf, SharedPart

LOGO = "logo_part"
Place = tuple[int, int]  # where in the whole a shared part begins, and its id


def keep_pdf(letter: Letter, pdf: bytes, shared: Iterable[bytes]) -> LetterPdf:
    """Put the printed bytes away, with the checksum of the whole."""
    own, places = _apart(pdf, shared)
    kept = LetterPdf(letter=letter, bytes=packed(own), sha256=_sha256(pdf), parts=json.dumps(places))
    kept.save()
    return kept


def whole_pdf(kept: LetterPdf) -> bytes | None:
    """The bytes as they were printed; None when they are no longer the same."""
    pdf = _put_together(kept) if kept.parts else bytes(kept.bytes)
    return pdf if _sha256(pdf) == kept.sha256 else None


def packed(own: bytes) -> bytes:
    """A letter's own bytes as they are kept: a third of them is the same grammar of PDF over and over."""
    return zlib.compress(own, 9)


def _put_together(kept: LetterPdf) -> bytes:
    """Nothing when its bytes cannot even be unpacked."""
    places: list[Place] = json.loads(kept.parts)
    try:
        own = zlib.decompress(bytes(kept.bytes))
    except zlib.error:
        return b""
    return _together(own, places, _parts([part for _start, part in places]))


def content_text(content: LetterContent) -> str:
    """The content as it is kept in a letter's row, its logo by reference."""
    head = content.letterhead
    plain = as_json(replace(content, letterhead=replace(head, logo=None)))
    if head.logo is not None:
        plain["letterhead"][LOGO] = _ids([head.logo])[head.logo]
    return json.dumps(plain, ensure_ascii=False)


def content_from(text: str) -> LetterContent:
    """The content as it was kept, its logo with it."""
    plain = json.loads(text)
    part = plain["letterhead"].pop(LOGO, None)
    content = from_json(plain)
    if part is None:
        return content
    return replace(content, letterhead=replace(content.letterhead, logo=_parts([part]).get(part)))


def _apart(pdf: bytes, shared: Iterable[bytes]) -> tuple[bytes, list[Place]]:
    """What is the letter's own, and where which shared part stands in the whole."""
    found = sorted((start, each) for each in set(shared) if each and (start := pdf.find(each)) >= 0)
    ids = _ids([each for _start, each in found])
    own, places, upto = bytearray(), [], 0
    for start, each in found:
        if start < upto:  # inside the part before it
            continue
        own += pdf[upto:start]
        places.append((start, ids[each]))
        upto = start + len(each)
    return bytes(own + pdf[upto:]), places


def _together(own: bytes, places: Sequence[Place], parts: dict[int, bytes]) -> bytes:
    whole, taken = bytearray(), 0
    for start, part in places:
        room = start - len(whole)
        whole += own[taken : taken + room] + parts.get(part, b"")
        taken += room
    return bytes(whole + own[taken:])


def _ids(contents: Sequence[bytes]) -> dict[bytes, int]:
    """The ids of shared parts. They are no change of anybody's: to undo one letter leaves them to the others."""
    under_way()
    digests = {_sha256(content): content for content in contents}
    rows = SharedPart.select(SharedPart.sha256, SharedPart.id).where(SharedPart.sha256.in_(list(digests))).tuples()
    known = dict(rows) if digests else {}
    return {
        content: known[digest] if digest in known else SharedPart.insert(sha256=digest, bytes=content).execute()
        for digest, content in digests.items()
    }


def _parts(ids: Sequence[int]) -> dict[int, bytes]:
    rows = SharedPart.select(SharedPart.id, SharedPart.bytes).where(SharedPart.id.in_(ids)).tuples() if ids else ()
    return {part: bytes(content) for part, content in rows}


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
