"""Letters as the office writes them."""

from io import BytesIO

from PIL import Image

from desktop.rules.letters import LetterContent, Letterhead, Signature

HEAD = Letterhead("Welzijn Dorpstad", ("Brinkstraat 12", "5611 AB Dorpstad"), "040 211 00 00")
MARKS = (
    ("Lichaam", 6),
    ("Gevoel", 4),
    ("Wat mij zin geeft", 5),
    ("Kwaliteit van leven", 6),
    ("Meedoen", None),
    ("Dagelijks leven", 7),
)
CORE = (
    (
        "Stand van zaken",
        "Mevrouw doet mee. Vanaf 19 november gaat zij naar een inloop bij ons in de wijk; de eerste keer "
        "gaan wij mee.",
    ),
    ("Wat is afgesproken", "Twee keer per week. Over twee weken bellen wij haar."),
    ("Wat vragen wij van u", "Geen actie nodig."),
    ("Volgend bericht", "Rond 19 februari 2027, of eerder als zij stopt."),
)
LETTER = LetterContent(
    letterhead=HEAD,
    address=("Huisartsenpraktijk De Linde", "t.a.v. S. Bos, POH-GGZ", "Lindelaan 4", "5611 XA  DORPSTAD"),
    references=(
        ("Uw verwijzing van", "6 november 2026"),
        ("Verwezen door", "M. Jansen, huisarts"),
        ("Ons kenmerk", "26-00412-N"),
        ("Datum", "17 november 2026"),
    ),
    subject="Betreft: mw. A. van der Meer-de Wit, geb. 03-04-1951",
    kind="Welzijn op Recept, bericht na de intake",
    salutation="Geachte heer/mevrouw Bos,",
    core=CORE,
    closing=Signature("F. Yıldız", "welzijnscoach", "rechtstreeks 06 1234 5678"),
    footer="Deze brief bevat persoonsgegevens. Verkeerd bezorgd? Bel 040 211 00 00.",
    back_to=("Retour: Welzijn Dorpstad, Brinkstraat 12, 5611 AB Dorpstad", "Brinkstraat 12, 5611 AB Dorpstad"),
)


def core(first: str) -> tuple[tuple[str, str], ...]:
    """The four headings with another text under the first."""
    return ((CORE[0][0], first), *CORE[1:])


def picture(kind: str = "PNG", size: tuple[int, int] = (300, 100)) -> bytes:
    written = BytesIO()
    Image.new("RGB", size, "#7a3cff").save(written, kind)
    return written.getvalue()
