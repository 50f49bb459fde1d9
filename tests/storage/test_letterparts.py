"""Fixed letters share their typefaces and logo: small, whole again to the last byte, and nothing of a person left."""

import hashlib
import json
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader

from desktop.actions.letter_looks import open_letter
from desktop.actions.letter_sending import confirm_sent, fix_letter, send_letter
from desktop.actions.letter_state import fixed_bytes
from desktop.actions.letters import edit_letter, write_letter
from desktop.actions.undo import undo_last
from desktop.errors import StorageProblem
from desktop.paper.images import printable_image
from desktop.rules.lettercode import code
from desktop.rules.letters import as_json
from desktop.rules.staff import Member
from desktop.storage.changes import deed
from desktop.storage.database import database
from desktop.storage.erasing import destroy, sweep
from desktop.storage.letters import content_of
from desktop.storage.models import Letter, LetterPdf, Organisation, SharedPart, Voucher
from tests.factory import add_intake, add_practice, add_row, add_voucher, days_ago


def logo(colour: str = "#7a3cff") -> bytes:
    """As an organisation has: large, with shades."""
    picture = Image.linear_gradient("L").resize((900, 300))
    written = BytesIO()
    Image.composite(Image.new("RGB", (900, 300), colour), Image.new("RGB", (900, 300), "white"), picture).save(
        written, "PNG"
    )
    return printable_image(written.getvalue())


def use_logo(picture: bytes) -> None:
    with deed(None, "logo set by a test"):
        office = Organisation.get()
        office.logo = picture
        office.save()


def a_case(by: Member, **more: Any) -> Voucher:
    voucher = add_voucher(by, add_practice(agb=None), **{"dated_on": days_ago(10), **more})
    add_intake(voucher, days_ago(7))
    return voucher


def a_letter(by: Member, **more: Any) -> Letter:
    return fix_letter(by, write_letter(by, a_case(by, **more).id, "intake").id)


def own_bytes(letter: Letter) -> int:
    return len(bytes(LetterPdf.get(LetterPdf.letter == letter).bytes))


def test_many_letters_keep_typefaces_and_logo_once(office: Member) -> None:
    use_logo(logo())
    letters = [a_letter(office, surname=name) for name in ("Jansen", "Yıldız", "Łukasiewicz", "Smit")]

    shared = SharedPart.select().count()
    assert shared == len({row[0] for row in SharedPart.select(SharedPart.sha256).tuples()}) == 8
    for letter in letters:
        assert len(fixed_bytes(letter)) > 40_000
        assert own_bytes(letter) < 4_000
        assert len(Letter.get_by_id(letter.id).content) < 2_000


def test_the_letter_comes_back_to_the_last_byte(office: Member) -> None:
    use_logo(logo())
    letter = a_letter(office)
    pdf = fixed_bytes(letter)

    assert hashlib.sha256(pdf).hexdigest() == LetterPdf.get(LetterPdf.letter == letter).sha256
    page = PdfReader(BytesIO(pdf), strict=True).pages[0]
    assert "Meer-de Wit" in page.extract_text()
    assert code(letter.id) in page.extract_text()
    assert len(page.images) == 1
    assert content_of(letter).letterhead.logo == logo()


def test_a_new_logo_leaves_the_letters_with_the_old_one_as_they_were(office: Member) -> None:
    use_logo(logo())
    old = a_letter(office)
    before = fixed_bytes(old)
    use_logo(logo("#c2185b"))
    new = a_letter(office, surname="Smit")

    assert fixed_bytes(old) == before
    assert content_of(old).letterhead.logo != content_of(new).letterhead.logo


def test_a_shared_part_that_is_damaged_or_gone_is_noticed(office: Member) -> None:
    letter = a_letter(office)
    pdf = fixed_bytes(letter)
    part, start = SharedPart.get(), json.loads(LetterPdf.get().parts)[0][0]
    content = bytes(part.bytes)
    assert pdf[start : start + len(content)] == content

    SharedPart.update(bytes=content[:-1] + bytes([content[-1] ^ 1])).where(SharedPart.id == part.id).execute()
    with pytest.raises(StorageProblem):
        fixed_bytes(letter)
    SharedPart.delete().where(SharedPart.id == part.id).execute()
    with pytest.raises(StorageProblem):
        send_letter(office, letter.id, "print")


@pytest.mark.parametrize("at", [0, 5, -10, -1])
def test_a_letter_whose_own_bytes_are_damaged_is_noticed(office: Member, at: int) -> None:
    letter = a_letter(office)
    content = bytearray(LetterPdf.get().bytes)
    content[at] ^= 1
    LetterPdf.update(bytes=bytes(content)).where(LetterPdf.letter == letter).execute()
    with pytest.raises(StorageProblem):
        fixed_bytes(letter)


def test_letters_of_before_hold_everything_themselves_and_can_still_be_read(office: Member) -> None:
    voucher = a_case(office)
    letter = write_letter(office, voucher.id, "intake")
    kept = content_of(letter)
    pdf = b"%PDF-1.4 as it was printed then"
    Letter.update(content=json.dumps(as_json(kept)), state="fixed").where(Letter.id == letter.id).execute()
    add_row(LetterPdf(letter=letter, bytes=pdf, sha256=hashlib.sha256(pdf).hexdigest()))

    assert content_of(Letter.get_by_id(letter.id)) == kept
    assert open_letter(office, letter.id).pdf == pdf


def test_a_concept_has_no_code_yet_and_undoing_leaves_the_others_whole(office: Member) -> None:
    use_logo(logo())
    first = a_letter(office)
    concept = write_letter(office, a_case(office, surname="Smit").id, "intake")
    edit_letter(office, open_letter(office, concept.id).draft)
    assert content_of(Letter.get_by_id(concept.id)).code == ""
    fix_letter(office, concept.id)
    undo_last(office)

    assert Letter.get_by_id(concept.id).state == "concept"
    assert content_of(Letter.get_by_id(concept.id)).code == ""
    assert code(first.id).encode() not in fixed_bytes(first)  # it stands in the page, which is packed
    assert len(fixed_bytes(first)) > 40_000


def test_undoing_the_first_letter_takes_nothing_from_the_second(office: Member) -> None:
    first = a_letter(office)
    undo_last(office)
    second = a_letter(office, surname="Smit")

    assert Letter.get_by_id(first.id).state == "concept"
    assert "Smit" in PdfReader(BytesIO(fixed_bytes(second))).pages[0].extract_text()


@pytest.mark.parametrize("name", ["Xaquenzo", "Đặng-Thị", "محمد"])
def test_a_shared_part_holds_nothing_of_the_person_on_the_letter(office: Member, name: str) -> None:
    """Whatever the name, the same parts: what only this name needs stays in its own letter."""
    use_logo(logo())
    a_letter(office)
    before = {row[0] for row in SharedPart.select(SharedPart.sha256).tuples()}
    letter = a_letter(office, surname=name)
    assert {row[0] for row in SharedPart.select(SharedPart.sha256).tuples()} == before

    confirm_sent(office, send_letter(office, letter.id, "print").id)
    with deed(None, "person destroyed by a test"):
        destroy(letter.person_id)
    sweep()
    assert LetterPdf.select().where(LetterPdf.letter == letter.id).count() == 0
    assert {row[0] for row in SharedPart.select(SharedPart.sha256).tuples()} == before
    assert database.execute_sql("SELECT count(*) FROM letter WHERE content LIKE ?", (f"%{name}%",)).fetchone() == (0,)
