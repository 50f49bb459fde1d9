"""The certificate that somebody's data were destroyed, for the person or the file. Knows no records."""

from __future__ import annotations

from desktop.paper.pages import Document, Fact, Paragraph, Space
from desktop.paper.pages import render as render_pages
from desktop.rules.dates import show_long
from desktop.rules.retention import Certificate

HOW = {
    "destroy": (
        "Verklaring van vernietiging",
        "Wij verklaren dat de gegevens hieronder zijn vernietigd: uit het bestand, de geschiedenis, "
        "de zoekfunctie en de niet afgemaakte formulieren.",
    ),
    "anonymise": (
        "Verklaring van anonimisering",
        "Wij verklaren dat de gegevens hieronder anoniem zijn gemaakt: alles wat naar een mens wijst is weg; "
        "alleen aantallen voor verslagen zijn gebleven.",
    ),
}
WHY = {"request": "op verzoek van de betrokkene", "retention": "omdat de bewaartermijn voorbij is"}


def render(certificate: Certificate) -> bytes:
    """One A4."""
    title, said = HOW[certificate.how]
    until = show_long(certificate.backups_until)
    rows = "1 regel" if certificate.rows == 1 else f"{certificate.rows} regels"
    facts = (
        Fact("Nummer", certificate.number),
        Fact("Van wie", certificate.whose or "staat hier niet meer: dat is met de gegevens vernietigd"),
        Fact("Datum", show_long(certificate.done_on)),
        Fact("Waarom", WHY[certificate.why]),
        Fact("Dossiers", str(certificate.cases)),
        Fact("Onderdelen", f"{rows}, met alle brieven en notities"),
        Fact("Reservekopieën", f"Oude reservekopieën bevatten de gegevens nog tot uiterlijk {until}. "
             "Ze zijn versleuteld en worden daarna gewist."),
        Fact("Logboek", "Het logboek bewaart dat er iets is gedaan en door wie, zonder inhoud en zonder naam."),
    )  # fmt: skip
    signed = (
        Space(),
        Fact("Namens", certificate.organisation),
        Fact("Door", certificate.signed_by),
        Space("Handtekening"),
    )
    blocks = (Paragraph(said), Space(), *facts, *signed)
    return render_pages(Document(title, certificate.organisation, blocks, under=certificate.organisation))
