"""Reads finished letters as the post room of a practice would: one page, readable, the address in the window."""

from tests.paper import reading

WINDOW = {"left": (35.0, 105.0), "right": (105.0, 175.0)}  # mm from the left edge, NEN 1026
WINDOW_TOP, WINDOW_BOTTOM = 43.5, 83.5  # the window of 40 mm around the middle of the address
ADDRESS_FROM, ADDRESS_TO = 44.0, 90.0  # between letterhead and reference line


def complaints(pdf: bytes, side: str = "right") -> list[str]:
    """What is wrong with a letter; nothing when it can go."""
    return [sentence for wrong, sentence in _found(pdf, side) if wrong]


def _found(pdf: bytes, side: str) -> list[tuple[bool, str]]:
    text, high = reading.text(pdf), _at_window_height(pdf)
    address = _in_window(high, side)
    beside = [word.text for word in high if word not in address]
    return [
        (reading.pages(pdf) != 1, f"{reading.pages(pdf)} pages"),
        (reading.size(pdf) != (210, 297), f"not A4 but {reading.size(pdf)} mm"),
        (bool(reading.unembedded(pdf)), f"typefaces not embedded: {sorted(reading.unembedded(pdf))}"),
        (not reading.inside_page(pdf), "something runs over the edge"),
        ("{" in text or "}" in text, "a field was left unfilled"),
        (not address, "there is no address in the window"),
        (bool(beside), f"outside the window: {beside}"),
    ]


def _in_window(high: list[reading.Word], side: str) -> list[reading.Word]:
    left, right = WINDOW[side]
    return [
        word
        for word in high
        if left - 0.5 <= word.left and word.right <= right + 0.5 and WINDOW_TOP <= word.top <= WINDOW_BOTTOM
    ]


def _at_window_height(pdf: bytes) -> list[reading.Word]:
    return [word for word in reading.words(pdf) if word.top >= ADDRESS_FROM and word.bottom <= ADDRESS_TO]
