"""What makes a good password, and how much work one guess takes. Must not know whose password it is."""

import math
import re
import secrets
import time
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from desktop.errors import Refused
from desktop.language import _
from desktop.paths import resource

FLOOR_KIB = 64 * 1024
SHORTEST = 12
LONGEST = 500
CONSONANTS, VOWELS = "bdfghjklmnprstw", "aeiou"  # none that sounds like another one on the phone
READABLE = "0123456789abcdefghjkmnpqrstvwxyz"
RUNS = ("0123456789" * 4, "9876543210" * 4, "qwertyuiopasdfghjklzxcvbnm", "abcdefghijklmnopqrstuvwxyz")


@dataclass(frozen=True)
class Cost:
    """How much work one guess of a password takes."""

    memory_kib: int = 128 * 1024
    passes: int = 3
    lanes: int = 4


def check_password(password: str, *known: str, named: str = "password") -> None:
    """Refuse what is short, common, or made of the organisation's or one's own name."""
    complaint = _password_complaint(password, known)
    if complaint:
        raise Refused(**{named: complaint})


def one_time_password() -> str:
    """Three groups of five to read out to a colleague once."""
    return "-".join("".join(secrets.choice(READABLE) for _n in range(5)) for _m in range(3))


def dictated_password() -> str:
    """Something to say on the phone that takes 2^63 guesses: "mola-kefi-rubo-tane-4829"."""

    def syllables() -> str:
        return "".join(secrets.choice(CONSONANTS) + secrets.choice(VOWELS) for _n in range(2))

    return "-".join((*(syllables() for _n in range(4)), f"{secrets.randbelow(10_000):04}"))


def calibrate(seconds: Callable[[Cost], float] | None = None) -> Cost:
    """What half a second to a second of work is on this computer, never under the floor."""
    measure = seconds or seconds_for
    cost = Cost()
    taken = measure(cost)
    if taken > 1.0:
        return replace(cost, memory_kib=FLOOR_KIB)
    if taken < 0.5:
        return replace(cost, passes=min(16, math.ceil(cost.passes * 0.6 / max(taken, 0.01))))
    return cost


def password_key(password: str, salt: bytes, cost: Cost) -> bytes:
    """The key a password gives; the same letters count as the same however the keyboard made them."""
    kdf = Argon2id(salt=salt, length=32, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib)
    return kdf.derive(unicodedata.normalize("NFC", password)[:LONGEST].encode("utf-8", "surrogatepass"))


def seconds_for(cost: Cost) -> float:
    """How long one guess takes here."""
    start = time.perf_counter()
    password_key("a password to time", bytes(16), cost)
    return time.perf_counter() - start


def folded(name: str) -> str:
    """A sign-in name without the differences people do not see."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _password_complaint(password: str, known: Iterable[str]) -> str:
    if len(password) < SHORTEST:
        return _("Use at least {n} characters; a few words in a row are easy to remember.").format(n=SHORTEST)
    if len(password) > LONGEST:
        return _("This is too long: use at most {n} characters.").format(n=LONGEST)
    lowered = unicodedata.normalize("NFKC", password).casefold()
    bare = "".join(letter for letter in lowered if letter.isalnum())
    if len(set(lowered)) < 5 or _is_common(bare):
        return _("This password is used a lot and easily guessed. Choose another one.")
    if any(_is_made_of(bare, name) for name in known):
        return _("This is too much like the name of yourself or the organisation. Choose another one.")
    return ""


def _is_common(bare: str) -> bool:
    core = bare.strip("0123456789")
    return core in _common_words() or core == "" or any(bare in run for run in RUNS)


def _is_made_of(bare: str, name: str) -> bool:
    """Whether little is left of the password once the name is taken out."""
    words = [word for word in re.split(r"\W+", folded(name)) if len(word) > 2]
    left = bare
    for word in sorted({*words, "".join(words)}, key=len, reverse=True):
        left = left.replace(word, "") if word else left
    return left != bare and len(left.strip("0123456789")) < 4


def _common_words() -> frozenset[str]:
    return frozenset(resource("words", "common-passwords.txt").read_text("utf-8").split())
