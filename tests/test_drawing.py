"""The hexagon: what a participant said about six parts of life, readable whatever was left out."""

from itertools import combinations

import pytest

from desktop.drawing import Circle, Line, Picture, Polygon, Words, bar, hexagon, text_width

LABELS = ("Lichaam", "Gevoel", "Wat mij zin geeft", "Kwaliteit van leven", "Meedoen", "Dagelijks leven")


def marked(*marks: int | None) -> list[tuple[str, int | None]]:
    return list(zip(LABELS, marks, strict=True))


def box(words: Words) -> tuple[float, float, float, float]:
    width = text_width(words.text, words.size)
    left = words.x - {"left": 0.0, "middle": width / 2, "right": width}[words.anchor]
    return left, words.y - words.size, left + width, words.y + words.size * 0.3


def words_of(picture: Picture) -> list[Words]:
    return [shape for shape in picture.shapes if isinstance(shape, Words)]


def filled(picture: Picture) -> list[Polygon]:
    return [shape for shape in picture.shapes if isinstance(shape, Polygon) and shape.fill]


def test_no_label_is_cut_off_or_over_another() -> None:
    for size in (160, 220, 400):
        picture = hexagon(marked(6, 4, 5, 6, 3, 7), size, figures=True)
        boxes = [box(words) for words in words_of(picture)]
        assert all(x1 >= 0 and y1 >= 0 for x1, y1, _x2, _y2 in boxes)
        assert all(x2 <= picture.width and y2 <= picture.height for _x1, _y1, x2, y2 in boxes)
        for a, b in combinations(boxes, 2):
            assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] + 0.01 or b[3] <= a[1] + 0.01, (a, b)


def test_no_label_touches_the_web() -> None:
    picture = hexagon(marked(6, 4, 5, 6, 3, 7), 220)
    rings = [shape for shape in picture.shapes if isinstance(shape, Polygon) and shape.stroke == "border"]
    outer = rings[-1].points
    left, right = min(x for x, _y in outer), max(x for x, _y in outer)
    top, bottom = min(y for _x, y in outer), max(y for _x, y in outer)
    for x1, y1, x2, y2 in (box(words) for words in words_of(picture)):
        assert x2 <= left or x1 >= right or y2 <= top or y1 >= bottom


@pytest.mark.parametrize(("share", "widths"), [(0.0, [120]), (0.25, [120, 30]), (1.0, [120, 120]), (7.0, [120, 120])])
def test_a_bar_is_filled_as_far_as_its_share(share: float, widths: list[float]) -> None:
    picture = bar(share, 120, 9)
    drawn = [shape for shape in picture.shapes if isinstance(shape, Polygon)]
    assert [max(x for x, _y in shape.points) for shape in drawn] == widths
    assert {max(y for _x, y in shape.points) for shape in drawn} == {9}


def test_a_full_mark_reaches_the_edge_and_nought_stays_in_the_middle() -> None:
    picture = hexagon(marked(10, 0, 0, 0, 0, 0), 200)
    points = filled(picture)[0].points
    rings = [shape for shape in picture.shapes if isinstance(shape, Polygon) and shape.stroke == "border"]
    assert points[0] == rings[-1].points[0]
    assert len({(round(x, 6), round(y, 6)) for x, y in points[1:]}) == 1


def test_a_mark_not_given_is_a_gap_and_not_a_nought() -> None:
    picture = hexagon(marked(6, 4, None, 6, 3, 7), 200, figures=True)
    assert filled(picture) == []
    assert len([shape for shape in picture.shapes if isinstance(shape, Circle)]) == 5
    assert len([s for s in picture.shapes if isinstance(s, Line) and s.stroke == "primary"]) == 4
    assert "–" in [words.text for words in words_of(picture)]


def test_an_empty_hexagon_is_one_to_draw_in() -> None:
    picture = hexagon(marked(*[None] * 6), 200)
    assert filled(picture) == []
    assert not [shape for shape in picture.shapes if isinstance(shape, Circle)]


def test_the_description_says_what_the_picture_shows() -> None:
    description = hexagon(marked(6, 4, None, 6, 3, 7), 200).description
    assert description.startswith("Lichaam: 6, Gevoel: 4, Wat mij zin geeft: –")


def test_figures_only_when_asked() -> None:
    assert "6" not in [words.text for words in words_of(hexagon(marked(6, 4, 5, 6, 3, 7), 200))]
    assert "6" in [words.text for words in words_of(hexagon(marked(6, 4, 5, 6, 3, 7), 200, figures=True))]
