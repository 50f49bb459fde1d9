"""A PDF that only opens with the password of the practice, and is the same letter inside."""

from io import BytesIO
from typing import Any

import pytest
from pypdf import PasswordType, PdfReader

from desktop.errors import Refused
from desktop.paper.letter import render
from desktop.paper.locked import locked
from tests.paper.samples import LETTER

PASSWORD = "molen-kaars-7421"


def test_a_locked_letter_opens_with_its_password_only() -> None:
    made = locked(render(LETTER), PASSWORD)
    for wrong in ("", "molen-kaars-7422", PASSWORD.upper()):
        assert PdfReader(BytesIO(made)).decrypt(wrong) == PasswordType.NOT_DECRYPTED
    assert PdfReader(BytesIO(made)).decrypt(PASSWORD) != PasswordType.NOT_DECRYPTED


def test_it_is_locked_with_aes_256_and_says_nothing_outside_the_lock() -> None:
    made = locked(render(LETTER), PASSWORD)
    lock: Any = PdfReader(BytesIO(made)).trailer["/Encrypt"]
    assert (lock["/V"], lock["/R"]) == (5, 6)
    assert lock["/CF"]["/StdCF"]["/CFM"] == "/AESV3"
    for open_words in (b"Meer-de Wit", b"Jansen", PASSWORD.encode()):
        assert open_words not in made


def test_inside_is_the_same_page() -> None:
    pdf = render(LETTER)
    open_page = PdfReader(BytesIO(pdf)).pages[0]
    reader = PdfReader(BytesIO(locked(pdf, PASSWORD)), password=PASSWORD)
    (page,) = reader.pages
    assert page.extract_text() == open_page.extract_text()
    assert page.get_contents().get_data() == open_page.get_contents().get_data()  # type: ignore[union-attr]
    assert page.mediabox == open_page.mediabox


def test_the_same_password_typed_on_another_keyboard_opens_it() -> None:
    made = locked(render(LETTER), "cafe\u0301-molen-12")
    assert PdfReader(BytesIO(made)).decrypt("caf\u00e9-molen-12") != PasswordType.NOT_DECRYPTED


def test_nothing_is_locked_without_a_password() -> None:
    with pytest.raises(Refused):
        locked(render(LETTER), "")
