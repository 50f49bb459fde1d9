"""Which sheets of labels and which envelopes there are, in mm. Must not know paper, records or the clock."""

from dataclasses import dataclass

from desktop.language import N_


@dataclass(frozen=True)
class LabelFormat:
    """An A4 sheet of equal labels that lie edge to edge, with a gap between columns only."""

    columns: int
    rows: int
    width: float
    height: float
    left: float
    top: float
    gap: float = 0.0

    @property
    def per_sheet(self) -> int:
        return self.columns * self.rows


@dataclass(frozen=True)
class EnvelopeFormat:
    """An envelope lying down; the address begins at x and its middle lies at y: the lower right part."""

    width: float
    height: float
    x: float
    y: float
    room: float


FORMATS = {
    "70x37": LabelFormat(3, 8, 70.0, 37.0, left=0.0, top=0.5),
    "63x38": LabelFormat(3, 7, 63.5, 38.1, left=7.21, top=15.15, gap=2.54),
    "99x38": LabelFormat(2, 7, 99.1, 38.1, left=4.63, top=15.15, gap=2.54),
}
ENVELOPES = {
    "DL": EnvelopeFormat(220.0, 110.0, x=110.0, y=66.0, room=90.0),
    "C5": EnvelopeFormat(229.0, 162.0, x=115.0, y=103.0, room=94.0),
}
NAMES = {
    "70x37": N_("Labels 70 x 37 mm, 24 on a sheet"),
    "63x38": N_("Labels 63.5 x 38.1 mm, 21 on a sheet"),
    "99x38": N_("Labels 99.1 x 38.1 mm, 14 on a sheet"),
    "DL": N_("Envelopes DL, 220 x 110 mm"),
    "C5": N_("Envelopes C5, 229 x 162 mm"),
}
"""Everything an address can be printed on, with its name."""
