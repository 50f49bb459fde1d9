"""How often someone was there, where that is recorded. Must not know who counted it."""

from desktop.language import _, ngettext

MOST_TIMES = 500  # of one activity; more is a typing error


def attendance_words(present: int | None, held: int | None) -> str:
    """ "7 van 8 keer"; empty when it is not known."""
    if present is None or held is None:
        return ""
    return ngettext("{present} of {n} time", "{present} of {n} times", held).format(present=present, n=held)


def attendance_complaint(present: int | None, held: int | None) -> dict[str, str]:
    """Both numbers or neither, and nobody was there more often than it was held."""
    if present is None and held is None:
        return {}
    if present is None:
        return {"times_present": _("Give both numbers, or neither.")}
    if held is None:
        return {"times_held": _("Give both numbers, or neither.")}
    if not 1 <= held <= MOST_TIMES:
        return {"times_held": _("This is a number of 1 to {most}.").format(most=MOST_TIMES)}
    if not 0 <= present <= held:
        return {"times_present": _("Nobody was there more often than it was held.")}
    return {}
