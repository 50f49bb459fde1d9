"""What an activity costs: read as people write it, shown in plain Dutch. Must not know storage or Qt. Always Dutch."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Per = Literal["", "session", "month", "card", "person"]
LONGEST = 300
MOST_CENTS = 1_000_000

PER_WORDS: dict[Per, str] = {"": "", "session": "per keer", "month": "per maand", "person": "per persoon", "card": ""}
_PER_PATTERNS: tuple[tuple[Per, str], ...] = (
    ("session", r"p\.?\s?k\.?|per\s+(?:keer|bijeenkomst|les|bezoek|avond|middag|ochtend|dagdeel)|elke\s+keer"),
    ("month", r"p\.?\s?m\.?|per\s+(?:maand|mnd)|maandelijks|/\s?(?:maand|mnd)"),
    ("person", r"p\.?\s?p\.?|per\s+persoon|pp"),
)
_FREE = re.compile(
    r"(?:helemaal\s+|geheel\s+)?(?:gratis|kosteloos|geen\s+kosten|vrij\s+toegang|vrije\s+toegang|free)", re.I
)
_NOTHING = re.compile(r"n\.?\s?v\.?\s?t\.?|niet\s+van\s+toepassing|geen", re.I)
_AMOUNT = (
    r"(?:€|eur(?:o)?)?\s*(?P<whole>\d{1,3}(?:\.\d{3})+|\d{1,6})(?:[.,](?P<cents>\d{2}|\d(?!\d)|-{1,2}|=|00))?(?![\d.,]\d)"
    r"\s*(?:euro|eur\b|€)?"
)
_CARD = r"(?:strippen|rit(?:ten)?|knip|tien(?:rit|bad)?)(?:en)?kaart"
_TIMES = r"(?P<times>\d{1,3})\s?(?:x|×|keer|maal|ritten|bijeenkomsten|lessen)"
_CARD_PRICE = re.compile(
    rf"(?:{_CARD}\s*(?:van|voor|met)?\s*:?\s*{_TIMES}|{_TIMES}\s*{_CARD}|{_CARD})\s*(?:voor|à|:|=|,)?\s*{_AMOUNT}".replace(
        f"|{_TIMES}", "|" + _TIMES.replace("<times>", "<times2>")
    ),
    re.I,
)
_AMOUNT_FOR_TIMES = re.compile(rf"{_AMOUNT}\s*(?:voor|per|/|\()\s*{_TIMES}\)?", re.I)
_PLAIN = re.compile(_AMOUNT, re.I)


@dataclass(frozen=True)
class Price:
    """An amount in cents and what it is for; what is no amount ("vrijwillige bijdrage") stands in the note."""

    amount_cents: int | None = None
    per: Per = ""
    times: int | None = None
    """For a card: how many times it admits."""
    free: bool = False
    note: str = ""


@lru_cache(maxsize=2048)  # lists repeat the same few prices
def read_price(text: str) -> Price:
    """A price as written: "€ 2,50 p.k.", "gratis", "strippenkaart 10x € 35,-". Nothing is dropped."""
    tidy = " ".join(text.split())
    if not tidy:
        return Price()
    if len(tidy) > LONGEST:
        return Price(note=tidy)
    if _FREE.fullmatch(tidy):
        return Price(free=True)
    if _NOTHING.fullmatch(tidy):
        return Price(free=True)
    return _bracketed(tidy) or _priced(tidy, "") or Price(note=tidy)


def show_price(price: Price) -> str:
    """gratis, € 2,50 per keer, strippenkaart 10 keer € 35,00; a remark in brackets."""
    if price.free:
        text = "gratis"
    elif price.amount_cents is None:
        return price.note
    elif price.per == "card":
        times = f" {price.times} keer" if price.times else ""
        text = f"strippenkaart{times} {show_amount(price.amount_cents)}"
    else:
        text = f"{show_amount(price.amount_cents)} {PER_WORDS[price.per]}".strip()
    return f"{text} ({price.note})" if price.note else text


def show_amount(cents: int) -> str:
    """€ 2,50; € 1.250,00."""
    whole = f"{cents // 100:,}".replace(",", ".")
    return f"€ {whole},{cents % 100:02}"


def _bracketed(text: str) -> Price | None:
    """What stands in brackets at the end is a remark, as show_price writes it."""
    match = re.fullmatch(r"([^()]+?) ?\(([^()]+)\)", text)
    if not match:
        return None
    if _FREE.fullmatch(match[1]):
        return Price(free=True, note=match[2])
    return None if _AMOUNT_FOR_TIMES.search(text) else _priced(match[1], match[2])


def _priced(text: str, remark: str) -> Price | None:
    """The one amount in the text; two amounts are too much to choose from."""
    card = _CARD_PRICE.search(text) or _AMOUNT_FOR_TIMES.search(text)
    match = card or _PLAIN.search(text)
    if match is None or not _is_amount(match, text, bool(card)):
        return None
    rest = text[: match.start()] + " " + text[match.end() :]
    if _PLAIN.search(rest) or re.search(r"\d", rest):
        return None
    cents = _cents(match)
    if cents > MOST_CENTS:
        return None
    if card:
        per: Per = "card"
        times = next((int(found) for name in ("times", "times2") if (found := match.groupdict().get(name))), None)
    else:
        per, rest = _take_per(rest)
        times = None
    note = ", ".join(part for part in (_tidy(rest), remark) if part)
    if not cents and not card:
        return Price(free=True, note=note)
    return Price(cents, per, times, note=note)


def _is_amount(match: re.Match[str], text: str, card: bool) -> bool:
    """A bare number is an amount only when nothing else than a "per" or a euro sign stands beside it."""
    if card or re.search(r"€|eur", match.group(), re.I) or match["cents"]:
        return True
    _per, rest = _take_per(text[: match.start()] + " " + text[match.end() :])
    return not _tidy(rest)


def _take_per(text: str) -> tuple[Per, str]:
    """What the amount is for, and the text without those words."""
    for per, pattern in _PER_PATTERNS:
        match = re.search(rf"(?<!\w)(?:{pattern})(?!\w)\.?", text, re.I)
        if match:
            return per, text[: match.start()] + " " + text[match.end() :]
    return "", text


def _tidy(text: str) -> str:
    return " ".join(text.split()).strip(" ,;:.-=")


def _cents(match: re.Match[str]) -> int:
    decimals = match["cents"] or ""
    return int(match["whole"].replace(".", "")) * 100 + (int(decimals.ljust(2, "0")) if decimals.isdigit() else 0)
