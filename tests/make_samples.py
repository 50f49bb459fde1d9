"""Makes the made-up catalogue of resources/exercise anew: `python -m tests.make_samples`."""
# ruff: noqa: E501 - a table reads best in rows

import io
from datetime import datetime

import xlsxwriter

from desktop.paths import resource

HEADERS = (
    "Activiteit", "Omschrijving", "Waar", "Adres", "Postcode", "Wijk", "Wanneer", "Kosten", "Contactpersoon", "Tel.",
    "Max", "Opmerkingen",
)  # fmt: skip
VEER = ("Buurthuis Het Veer", "Havenstraat 1", "9798PE")
LINDE = ("Dorpshuis De Linde", "Brinkstraat 14", "9797 pc")
TUIN = ("Buurttuin Zonneveld", "Dijkweg 40", "9799 PF")
DYKE, HARBOUR, CENTRE = "Dijkbuurt", "Havenkwartier", "Centrum"
ACTIVITIES = (
    ("WIJK HAVENKWARTIER",),
    ("Koffietafel Het Veer", "Koffie en een praatje", *VEER, "", "ma t/m do 9.30 - 11.30 uur", "gratis", "Gré Postma", "050-2113010", "onbeperkt", "rolstoeltoegankelijk"),
    ("Havenwandeling", "Rustig wandelen langs het water", *VEER, HARBOUR, "elke dinsdag 10:00-11:15", 1, "Gré Postma", "612345670", 15, ""),
    ("Samen koken", "Koken en eten met elkaar", *VEER, HARBOUR, "1e en 3e woensdag v/d maand 17u", "€ 4,50 p.k.", "Ömer Kaya", "06 - 1234 5671", "ca. 12", "aanmelden voor maandag"),
    ("Taalmaatjes", "Nederlands oefenen", *VEER, HARBOUR, "di en do 19.00-20.30", "vrijwillige bijdrage", "Ömer Kaya", "06 - 1234 5671", "", "vol! wachtlijst"),
    ("WIJK CENTRUM",),
    ("Stoelgym", "Bewegen op de stoel", *LINDE, CENTRE, "vr 10-11", 2.5, "Tineke ’t Lam", "050-2113011", 14, "geen lift"),
    ("Creatieve middag", "Schilderen en handwerken", *LINDE, CENTRE, "om de week op donderdag 13.30-16u, vanaf 7 januari 2027", "€ 3,- per keer", "Tineke ’t Lam", "050-2113011", 10, ""),
    ("Digitaal inloopuur", "Vragen over telefoon, tablet en DigiD", *LINDE, CENTRE, "woe 14-16u", "nvt", "Jan Łukasik", "050 – 211 30 12 (ma/wo)", "", ""),
    ("Rouwgroep Samen Verder", "Zes bijeenkomsten, gesloten groep", *LINDE, CENTRE, "start 12 januari 2027, 6x dinsdagmiddag 14.00-16.00", "vrijwillige bijdrage", "Jan Łukasik", "050 – 211 30 12 (ma/wo)", 8, ""),
    ("Papierwinkel", "Hulp bij post en geldzaken", *LINDE, CENTRE, "dinsdagochtend op afspraak", "gratis", "Jan Łukasik", "", "", ""),
    ("Zangkoor Dijk en Duin", "Zingen voor je plezier", *LINDE, "", "do 19.30 uur", "€ 12,50 per maand", "F. Böhm", "050-2113013", 40, "stopt per 1-7-2027"),
    (),
    ("WIJK DIJKBUURT",),
    ("Moestuin Zonneveld", "Samen tuinieren", *TUIN, DYKE, "dagelijks (behalve zo) 9-12, niet bij regen", "strippenkaart 10x € 20,-", "Wim ter Horst", "0502113014", "", ""),
    ("Repareercafé", "Kapotte spullen maken", *TUIN, DYKE, "laatste za v.d. maand 13:00-16:00", "gratis", "Wim ter Horst", "0502113014", "", ""),
    ("Fietsen met elkaar", "Een rondje van 15 km", *TUIN, DYKE, "in overleg", "", "Wim ter Horst", "0502113014", "", ""),
    ("Mantelzorgtafel", "Voor wie voor een ander zorgt", *TUIN, DYKE, "2e ma v.d. maand 10.00 - 12.00", "€ 2,50", "Gré Postma", "050-2113010", 12, ""),
)  # fmt: skip


def catalogue() -> bytes:
    """A workbook as organisations keep them: titles, merged headings, every spelling of a time, a formula."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"created": datetime(2026, 11, 1)})
        sheet = book.add_worksheet("Aanbod")
        bold = book.add_format({"bold": True})
        last = len(HEADERS) - 1
        sheet.merge_range(0, 0, 0, last, "AANBOD WELZIJN RIVIERDAM - oefenlijst, alles is verzonnen", bold)
        sheet.write_row(1, 0, ("bijgewerkt:", "november"))
        sheet.write_row(3, 0, HEADERS, bold)
        for at, row in enumerate(ACTIVITIES, start=4):
            if len(row) == 1:
                sheet.merge_range(at, 0, at, last, row[0], bold)
            else:
                sheet.write_row(at, 0, row)
        papers = next(at for at, row in enumerate(ACTIVITIES, start=4) if row[:1] == ("Papierwinkel",))
        sheet.write_formula(papers, last, f'=IF(K{papers + 1}>0,"vol","")')
        sheet.set_column(0, last, 22)
    return buffer.getvalue()


if __name__ == "__main__":
    resource("exercise", "aanbod.xlsx").write_bytes(catalogue())
