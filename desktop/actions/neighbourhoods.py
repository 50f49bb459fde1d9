"""Finding a neighbourhood by the name staff use, or making it. Must not know practices, activities or people."""

from desktop.rules.names import fold
from desktop.storage.models import Neighbourhood

DIGITS = 4


def find_neighbourhood(name: str) -> int | None:
    """The neighbourhood with this name, made when it is new; None for no name. Inside a running action."""
    if not name.strip():
        return None
    for each in Neighbourhood.select():
        if fold(each.name) == fold(name):
            return int(each.id)
    made = Neighbourhood(name=" ".join(name.split()))
    made.save()
    return int(made.id)


def learn_postcode(neighbourhood_id: int | None, postcode: str) -> None:
    """A place in the neighbourhood tells its four digits, unless another neighbourhood has them already."""
    digits = postcode[:DIGITS]
    if neighbourhood_id is None or len(digits) < DIGITS or not digits.isdigit():
        return
    known = {each.id: each for each in Neighbourhood.select()}
    if any(digits in each.postcodes.split() for each in known.values()):
        return
    neighbourhood = known[neighbourhood_id]
    neighbourhood.postcodes = f"{neighbourhood.postcodes} {digits}".strip()
    neighbourhood.save()
