"""Locks a PDF with a password (AES-256), for a practice that asked for it. Must not know what is on it."""

import unicodedata
from io import BytesIO

from pypdf import PdfWriter

from desktop.errors import Refused
from desktop.language import _

ALGORITHM = "AES-256"  # PDF 2.0, revision 6: read by what practices have since 2017


def locked(pdf: bytes, password: str) -> bytes:
    """The same pages, to be opened with this password only; who opens it may also print it."""
    if not password:
        raise Refused(_("A PDF cannot be locked without a password."))
    writer = PdfWriter(clone_from=BytesIO(pdf))
    writer.encrypt(unicodedata.normalize("NFKC", password), algorithm=ALGORITHM)
    made = BytesIO()
    writer.write(made)
    return made.getvalue()
