"""The organisation as it is kept: its logo checked once more, undone with the rest, and only by the coordinator."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from desktop.actions.organisation import change_organisation, preview_letterhead, preview_window, ready_logo
from desktop.actions.undo import undo_last
from desktop.errors import Refused
from desktop.rules.organisation import OrganisationDraft
from desktop.rules.staff import Member
from desktop.storage.history import history
from desktop.storage.models import Organisation
from tests.factory import add_member
from tests.paper import reading


def a_logo(colour: tuple[int, int, int] = (139, 30, 63)) -> bytes:
    written = BytesIO()
    Image.new("RGB", (600, 200), colour).save(written, "PNG")
    return written.getvalue()


def a_draft(**more: Any) -> OrganisationDraft:
    return OrganisationDraft(**{"name": "Welzijn Dorpstad", "town": "Dorpstad", **more})


def stored() -> Organisation:
    found: Organisation = Organisation.get()
    return found


def colour_of(logo: bytes | None) -> tuple[int, int, int]:
    assert logo is not None
    seen = Image.open(BytesIO(bytes(logo))).convert("RGB").getpixel((9, 9))
    assert isinstance(seen, tuple)
    return seen[0], seen[1], seen[2]


def test_a_logo_that_came_another_way_is_checked_before_it_is_kept(office: Member) -> None:
    with pytest.raises(Refused) as refused:
        change_organisation(office, a_draft(logo=b"<svg/>"))
    assert "geen afbeelding" in refused.value.fields["logo"]
    assert stored().logo is None


def test_saving_again_leaves_the_logo_byte_for_byte(office: Member) -> None:
    change_organisation(office, a_draft(logo=a_logo()))
    kept = bytes(stored().logo)
    change_organisation(office, a_draft(logo=kept, town="Elders"))
    assert bytes(stored().logo) == kept


def test_a_logo_replaced_or_taken_away_comes_back_with_undo(office: Member) -> None:
    change_organisation(office, a_draft(logo=a_logo()))
    change_organisation(office, a_draft(logo=a_logo((27, 58, 107)), town="Elders"))
    assert colour_of(stored().logo) == (27, 58, 107)
    undo_last(office)
    assert colour_of(stored().logo) == (139, 30, 63)
    assert stored().town == "Dorpstad"
    change_organisation(office, a_draft())
    assert stored().logo is None
    undo_last(office)
    assert colour_of(stored().logo) == (139, 30, 63)
    undo_last(office)
    assert stored().logo is None
    assert history(office, "organisation", stored().id)


def test_the_test_page_and_the_letterhead_are_for_the_coordinator(office: Member) -> None:
    assert "Welzijn Dorpstad" in reading.flat(preview_letterhead(office, a_draft()))
    assert "Nu: 2 mm naar links." in reading.flat(preview_window(office, a_draft(shift_x=-2)))
    assert "Nu: geen verschuiving." in reading.flat(preview_window(office, a_draft()))
    coach = add_member("K. de Boer", "coach", "intake")
    for look in (preview_letterhead, preview_window):
        with pytest.raises(Refused):
            look(coach, a_draft())
    with pytest.raises(Refused):
        preview_window(office, a_draft(shift_x=99))


def test_an_svg_is_checked_before_it_is_drawn() -> None:
    drawn: list[bytes] = []

    def draw(data: bytes, _wide: int, _high: int) -> bytes:
        drawn.append(data)
        return a_logo()

    assert colour_of(ready_logo(b'<svg xmlns="http://www.w3.org/2000/svg"/>', draw)) == (139, 30, 63)
    with pytest.raises(Refused, match="script"):
        ready_logo(b"<svg><script/></svg>", draw)
    assert len(drawn) == 1


def test_a_head_that_cannot_be_printed_or_does_not_fit_is_refused(office: Member) -> None:
    with pytest.raises(Refused) as refused:
        change_organisation(office, a_draft(town="汉"))
    assert "kunnen niet worden afgedrukt" in refused.value.fields["town"]
    long = "Welzijnsorganisatie " * 4
    with pytest.raises(Refused) as refused:
        change_organisation(
            office, a_draft(name=long[:80], street=long * 3, town=long * 3, website=long * 2, logo=a_logo())
        )
    assert "komt door het adres" in refused.value.fields["name"]
    change_organisation(office, a_draft(name=long[:80], street=long[:60], email="info@welzijndorpstad.example"))


def test_a_shift_that_takes_the_letterhead_off_the_paper_is_refused_at_its_field(office: Member) -> None:
    change_organisation(office, a_draft(shift_y=-13, shift_x=-20))
    for shift in (-14, -20):
        with pytest.raises(Refused) as refused:
            change_organisation(office, a_draft(shift_y=shift))
        assert list(refused.value.fields) == ["shift_y"]
        assert "13 mm omhoog" in refused.value.fields["shift_y"]
    assert stored().shift_y == -13
