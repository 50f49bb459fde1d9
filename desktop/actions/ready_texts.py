"""Texts that every organisation needs and few have: register of processing, leaflet. Must not know screens."""

from desktop.language import N_
from desktop.paths import resource
from desktop.rules.addresses import one_line
from desktop.rules.phones import show_phone
from desktop.rules.retention import term_words
from desktop.rules.staff import OFFICE, Member, require
from desktop.storage.database import told
from desktop.storage.models import Organisation
from desktop.storage.retention import terms

TEXTS = {
    "register": N_("Register of processing"),
    "leaflet": N_("Leaflet for participants"),
}


def ready_text(by: Member, name: str) -> bytes:
    """The text with the organisation and the terms filled in, on paper."""
    from desktop.paper.pages import Block, Document, Fact, Heading, Paragraph, Space, render

    require(by, OFFICE)
    with told():
        house = Organisation.get()
        months = {kind: term_words(number) for kind, number in terms().items()}
    fields = {
        "organisation": house.name,
        "address": one_line(house),
        "phone": show_phone(house.phone),
        "email": house.email,
        **months,
    }
    first, *lines = resource("letters", f"{name}.txt").read_text("utf-8").splitlines()
    blocks: list[Block] = []
    for line in filter(None, lines):
        filled = line.format_map(fields)
        if filled.startswith("# "):
            blocks.append(Heading(filled[2:]))
        elif " | " in filled:
            fact = Fact(*filled.split(" | ", 1))
            blocks += [fact] if fact.value.strip() else [Space(fact.name)] if name == "register" else []
        else:
            blocks.append(Paragraph(filled))
    return render(Document(first.removeprefix("# "), house.name, tuple(blocks), under=house.name))
