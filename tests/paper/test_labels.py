"""Labels, envelopes and cover slips measured with a ruler, in mm."""

from dataclasses import replace

import pytest

from desktop.errors import Refused
from desktop.paper import coverslip, envelopes, labels
from desktop.rules.batches import CoverSlip
from desktop.rules.labels import ENVELOPES, FORMATS
from tests.paper import reading
from tests.paper.samples import HEAD

LINDE = ("Huisartsenpraktijk De Linde", "t.a.v. mw. S. Bos, POH-GGZ", "Lindelaan 4", "5611 XA  DORPSTAD")
LONG = (
    "Gezondheidscentrum voor huisartsenzorg, fysiotherapie en maatschappelijk werk De Zuiderparkwijk en omgeving",
    "t.a.v. mw. dr. A.B.C. van der Meer-de Wit van Nieuwenhuizen, POH-GGZ",
    "Burgemeester van Haaren-Hendrikslaan 1234 bis",
    "5611 XA  DORPSTAD AAN DE DRIEMAAL KRONKELENDE RIVIER",
)


@pytest.mark.parametrize(
    ("name", "width", "height", "columns", "rows"),
    [("70x37", 70, 37, 3, 8), ("63x38", 63.5, 38.1, 3, 7), ("99x38", 99.1, 38.1, 2, 7)],
)
def test_formats_fill_an_a4_evenly(name: str, width: float, height: float, columns: int, rows: int) -> None:
    form = FORMATS[name]
    assert (form.width, form.height, form.columns, form.rows) == (width, height, columns, rows)
    assert 2 * form.left + columns * width + (columns - 1) * form.gap == pytest.approx(210, abs=0.1)
    assert 2 * form.top + rows * height == pytest.approx(297, abs=0.1)


@pytest.mark.parametrize("name", FORMATS)
def test_every_label_stays_within_its_own_borders(name: str) -> None:
    form = FORMATS[name]
    count = form.per_sheet + 3
    pdf = labels.render([LONG if each % 4 == 1 else (f"Praktijk{each}", *LINDE[2:]) for each in range(count)], name)
    assert reading.pages(pdf) == 2
    for page in range(2):
        for word in reading.words(pdf, page):
            column = next(
                at for at in range(form.columns) if word.left < form.left + (at + 1) * (form.width + form.gap)
            )
            row = int((word.baseline - form.top) // form.height)
            spot = labels.spot_of(form, row * form.columns + column)
            assert spot.x + 4.9 <= word.left <= word.right <= spot.x + form.width - 4.9
            assert spot.y + 1 <= word.top <= word.bottom <= spot.y + form.height - 1


def test_a_sheet_that_was_begun_is_used_from_its_first_label_left() -> None:
    form = FORMATS["70x37"]
    pdf = labels.render([("Eerste", "Plein 1"), ("Tweede", "Plein 2")], "70x37", start=24)
    assert reading.pages(pdf) == 2
    first, second = reading.word(pdf, "Eerste"), reading.word(pdf, "Tweede", page=1)
    assert (first.left, second.left) == pytest.approx((140 + labels.EDGE, labels.EDGE), abs=0.6)
    assert form.top + 7 * form.height < first.top < first.bottom < 297
    assert second.bottom < form.top + form.height


@pytest.mark.parametrize("start", [0, 25, -1])
def test_a_place_that_is_not_on_the_sheet_is_refused(start: int) -> None:
    with pytest.raises(Refused, match="24"):
        labels.render([LINDE], "70x37", start=start)


def test_an_address_that_does_not_fit_is_refused_by_name() -> None:
    address = ("Praktijk Veel Te Lang", *(f"regel {each} " + "lang " * 30 for each in range(8)))
    with pytest.raises(Refused, match="Praktijk Veel Te Lang"):
        labels.render([LINDE, address], "63x38")
    with pytest.raises(Refused, match="Praktijk Veel Te Lang"):
        envelopes.render([LINDE, address], "DL")


@pytest.mark.parametrize(("name", "size"), [("DL", (220, 110)), ("C5", (229, 162))])
@pytest.mark.parametrize("address", [LINDE, LONG])
def test_the_address_stands_in_the_lower_right_part_of_the_envelope(
    name: str, size: tuple[int, int], address: tuple[str, ...]
) -> None:
    pdf = envelopes.render([address, LINDE], name, "Afz. Welzijn Dorpstad, Brinkstraat 12, 5611 AB Dorpstad")
    assert reading.size(pdf) == size
    assert reading.pages(pdf) == 2
    words = reading.words(pdf)
    sender = [word for word in words if word.size < 8.5]
    lines = [word for word in words if word.size > 8.5]
    assert min(word.left for word in lines) == pytest.approx(ENVELOPES[name].x, abs=0.6)
    assert min(word.left for word in lines) >= size[0] / 2 - 0.1
    assert max(word.right for word in lines) <= size[0] - 15
    assert min(word.top for word in lines) >= 40  # above it belong stamp and sender
    assert max(word.bottom for word in lines) <= size[1] - 15  # the machine's code
    assert max(word.bottom for word in sender) < 25
    assert max(word.right for word in sender) < size[0] - 74  # the stamp


def slip(count: int = 12) -> CoverSlip:
    numbers = tuple(f"26-{each:05d}-N" for each in range(1, count + 1))
    return CoverSlip(HEAD, (LINDE[0], *LINDE[2:]), LINDE[0], "21 november 2026", numbers, 1, 3, "P7")


def test_cover_slip_has_the_address_in_the_window_and_no_names() -> None:
    pdf = coverslip.render(slip())
    assert reading.pages(pdf) == 1
    address = [word for word in reading.words(pdf) if word.top >= 44 and word.bottom <= 84]
    assert " ".join(word.text for word in address) == "Huisartsenpraktijk De Linde Lindelaan 4 5611 XA DORPSTAD"
    assert all(word.left >= 104.5 and word.right <= 175.5 for word in address)
    said = reading.flat(pdf)
    for words in ("12 brieven voor deze praktijk", "21 november 2026", "Praktijk 1 van 3", "26-00012-N", "Print P7"):
        assert words in said
    assert reading.unembedded(pdf) == set()


def test_cover_slip_of_very_many_letters_goes_on_and_loses_none() -> None:
    pdf = coverslip.render(slip(250))
    assert reading.pages(pdf) == 2
    assert reading.inside_page(pdf)
    assert sum(reading.text(pdf).count(f"26-{each:05d}-N") for each in range(1, 251)) == 250
    assert "blad 2 van 2" in reading.flat(pdf)


def test_long_address_on_a_cover_slip_is_set_smaller_and_keeps_every_line() -> None:
    pdf = coverslip.render(replace(slip(), address=LONG))
    said = reading.flat(pdf)
    assert "Zuiderparkwijk en omgeving" in said
    assert "KRONKELENDE RIVIER" in said
    address = [word for word in reading.words(pdf) if word.top >= 44 and word.bottom <= 84]
    assert {round(word.size, 1) for word in address} <= {8.5, 7.0}
    with pytest.raises(Refused, match="Huisartsenpraktijk De Linde"):
        coverslip.render(replace(slip(), address=LONG * 3))
