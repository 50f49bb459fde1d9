"""Printing letters together: choose, look at each, check addresses, print, say what came out well, envelopes.

Each step is one function; what was started and not confirmed is asked about before anything else.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.actions.batches import (
    Confirmed,
    LeftOut,
    LookedOver,
    Started,
    confirm_batch,
    letter_at,
    look_over,
    not_ready,
    note_printed,
    prepare_batch,
    slip_for,
    stop_batch,
)
from desktop.actions.letter_looks import open_letter, preview_letter
from desktop.clock import local
from desktop.errors import Refused, StorageProblem
from desktop.language import _, ngettext
from desktop.rules.batches import Parcel, Place, parcels, still_to_print, up_to
from desktop.rules.dates import show_date
from desktop.rules.staff import Member
from desktop.screens import batch_steps as steps
from desktop.screens.office import Office, PageMaker
from desktop.storage.batches import Candidate, OpenBatch, list_places, list_printable, open_batches
from desktop.widgets import parts, theme
from desktop.widgets.notice import Notice
from desktop.widgets.pages import Page
from desktop.widgets.preview import ask_printer
from desktop.widgets.printing import Ended, Piece, Printing

STEPS = 5


@dataclass(frozen=True)
class _Sheet:
    """What goes through the printer, and the letter it is or lies on."""

    piece: Piece
    position: int
    is_slip: bool = False


class BatchPage(Page):
    """One step at a time, one filled button: the next one."""

    place = "letters"

    def __init__(self, office: Office, letter_ids: Sequence[int] | None = None) -> None:
        super().__init__()
        self.setObjectName("page")
        self.office, self.title = office, _("Print letters")
        self.choose_printer: Callable[[QWidget], QPrinter | None] = ask_printer
        self.primary: QPushButton | None = None
        self.step = steps.Step()
        self.job: Printing | None = None
        self._wanted = letter_ids
        self._found: list[Candidate] = []
        self._batch_id = 0
        self._waits = False  # for work in the background
        self._interrupted = False  # locked while that was going on: nothing may be printed when it is done
        self._begins_anew = False
        self._mends = False  # an address, on a page of its own
        self._looked_at: Sequence[int] = ()
        self._under, self.notice = parts.label("", "muted"), Notice()
        self._footer = parts.row()
        layout = QVBoxLayout(self)
        theme.space(layout, 10, (24, 16, 24, 12))
        head = parts.column(parts.title(self.title), self._under, gap=2)
        parts.fill(layout, head, self.notice, self.step, self._footer)
        layout.setStretch(2, 1)
        parts.on_ctrl_enter(self, self._press_primary)
        self._begin()

    # -- where to begin ----------------------------------------------------------------------------------

    def _begin(self) -> None:
        waiting = self.office.desk.look(open_batches) or []
        if waiting:
            self._batch_id = waiting[0].id
            self._ask_about(waiting[0])
        else:
            self.choose()

    def refresh(self) -> None:
        """Somebody changed something elsewhere, or is back after a lock."""
        if self._begins_anew:
            self._begins_anew = False
            self._begin()
        if isinstance(self.step, steps.LookAt) and self._mends and not self._waits:
            self._mends = False
            self._look_over(self._looked_at)
        if isinstance(self.step, steps.Choose) and not self._waits:
            ticked = set(self.step.ticks.ticked())
            known = set(self.step.ticks.keys())
            found = self.office.desk.look(list_printable) or []
            if {each.letter.letter_id for each in found} != known:
                self.choose(ticked)

    def first_focus(self) -> QWidget | None:
        return self.notice.answers()[0] if self.notice.answers() else self.step.first() or self.primary

    def may_close(self) -> bool:
        if self.job is None and not self._waits:
            return True
        self.notice.say(_("Letters are being printed. Stop first, or wait a moment."))
        return False

    def unfinished(self) -> None:
        """The program is about to be locked or closed: nothing more goes to the printer."""
        self._interrupted = self._waits
        self.stop_printing()

    # -- choose and look ---------------------------------------------------------------------------------

    def choose(self, ticked: set[int] | None = None) -> None:
        """Which letters go along."""
        self._found = self.office.desk.look(list_printable) or []
        waiting = self.office.desk.look(not_ready) or ()
        if not self._found:
            self._show(steps.Finish(_("No letter is ready to print."), not_ready=waiting), 0)
            self._foot(_("Back"), self.closed.emit, "arrow-left")
            return
        chosen = steps.preselected(self._found, self._wanted) if ticked is None else ticked
        step = steps.Choose(self._found, chosen, waiting)
        self._show(step, 1)
        self._foot(_("Look at them"), self.look_over, "arrow-right")
        step.ticks.changed.connect(self._follow_ticks)
        step.ticks.went_on.connect(self._press_primary)
        self._follow_ticks()

    def look_over(self) -> None:
        """May they go, and where to: five hundred letters take a moment."""
        assert isinstance(self.step, steps.Choose)
        self._look_over(self.step.ticks.ticked())

    def _look_over(self, chosen: Sequence[int]) -> None:
        self._in_background(look_over, chosen, title=_("Looking at the letters"), done=self._looked_over, writes=False)

    def _follow_ticks(self) -> None:
        if isinstance(self.step, steps.Choose) and self.primary is not None:
            self.primary.setEnabled(bool(self.step.ticks.ticked()))

    def _looked_over(self, seen: LookedOver) -> None:
        step = steps.LookAt(self._found, seen, self._mend)
        step.looked.connect(self._show_letter)
        self._show(step, 2)
        self._looked_at = (*seen.letter_ids, *(each.letter_id for each in seen.left_out))
        back = parts.button(_("Back"), "", "arrow-left", partial(self.choose, set(self._looked_at)))
        self._foot(_("Check addresses"), partial(self.check_addresses, step, seen), "arrow-right", back)
        step.through.connect(lambda: self._focus(self.primary))
        self._show_letter(step.rows.current_key())

    def _mend(self, practice_id: int) -> None:
        """The letters are looked over again when staff come back."""
        self._mends = True
        self.office.open("edit_practice", practice_id=practice_id)

    def _show_letter(self, letter_id: int | None) -> None:
        step = self.step
        if not isinstance(step, steps.LookAt) or letter_id is None:
            return
        opened = self.office.desk.look(open_letter, letter_id)
        if opened is None or opened.pdf is not None:
            step.show_paper(opened.pdf if opened else None)
            return
        seen = self.office.desk.look(preview_letter, opened.draft)
        step.show_paper(seen.pdf if seen else None)

    def check_addresses(self, looked: steps.LookAt, seen: LookedOver) -> None:
        """What is new in where they go."""
        going = looked.letter_ids()
        if not going:
            self.notice.say(_("No letter is left to print."))
            return
        changed = [each for each in seen.changed if set(each.letter_ids) & set(going)]
        self._show(steps.Addresses(changed), 3)
        back = parts.button(_("Back"), "", "arrow-left", partial(self._looked_over, _only(seen, going)))
        self._foot(_("Print {n}").format(n=_letters(len(going))), partial(self.print_new, going), "printer", back)

    # -- print -------------------------------------------------------------------------------------------

    def print_new(self, letter_ids: Sequence[int]) -> None:
        """The printer is chosen first: then the letters are fixed, and belong together."""
        printer = self.choose_printer(self)
        if printer is None:
            return
        self._in_background(
            prepare_batch, letter_ids, title=_("Making the letters ready"), done=partial(self._prepared, printer),
            failed=self._not_prepared,
        )  # fmt: skip

    def _prepared(self, printer: QPrinter, started: Started) -> None:
        if self._interrupted:
            self._interrupted, self._begins_anew = False, True
            return
        if started.batch_id is None:
            self.choose()
            self._say_why(started.left_out)
            return
        self._batch_id = started.batch_id
        self._print(printer, started.left_out)

    def _not_prepared(self, problem: Exception) -> None:
        self.choose()
        self._say_problem(problem)

    def print_on(self) -> None:
        """Go on with what nobody confirmed, the positions kept."""
        printer = self.choose_printer(self)
        if printer is not None:
            self._print(printer, ())

    def _print(self, printer: QPrinter, left_out: Sequence[LeftOut]) -> None:
        places = self._places()
        sheets = self._sheets(places)
        step = steps.Run(max((place.position for place in places), default=0))
        self._show(step, 4)
        self._foot(_("Stop printing"), self.stop_printing, "x", role="")
        self.job = Printing(printer, [sheet.piece for sheet in sheets], self)
        self.job.progressed.connect(lambda number, name: step.show_progress(sheets[number].position, name))
        self.job.ended.connect(partial(self._printed, sheets, tuple(left_out)))
        self.in_call = True  # somebody watches the printer and touches no key
        self.job.start()

    def stop_printing(self) -> None:
        """At once; which letters came out well is asked, as always."""
        if self.job is not None:
            self.job.cancel()

    def _sheets(self, places: Sequence[Place]) -> list[_Sheet]:
        """What goes through the printer: per practice its cover slip and its letters."""
        everyone = parcels([Place(each.position, each.letter) for each in places])
        number_of = {parcel.practice_id: number for number, parcel in enumerate(everyone, start=1)}
        sheets = []
        for parcel in parcels(places):
            if parcel.with_slip:
                slip = partial(self._slip, parcel, number_of[parcel.practice_id], len(everyone))
                sheets.append(_Sheet(Piece(parcel.practice, slip), parcel.letters[0].position, is_slip=True))
            for place in parcel.letters:
                sheets.append(_Sheet(Piece(parcel.practice, partial(self._letter, place.position)), place.position))
        return sheets

    def _slip(self, parcel: Parcel, number: int, of: int) -> bytes:
        return slip_for(self._member(), self._batch_id, parcel, number, of)

    def _letter(self, position: int) -> bytes:
        return letter_at(self._member(), self._batch_id, position).pdf

    def _member(self) -> Member:
        by = self.office.desk.by
        if not isinstance(by, Member):
            raise StorageProblem(_("The program was locked while it was printing."))
        return by

    def _printed(self, sheets: Sequence[_Sheet], left_out: tuple[LeftOut, ...], ended: Ended) -> None:
        self.job, self.in_call = None, False
        by_position = {place.position: place for place in self._places()} if ended.left_out else {}
        missing = [
            _left_out(sheets[number], by_position[sheets[number].position], why)
            for number, why in ended.left_out
            if sheets[number].position in by_position
        ]
        taken = sheets if ended.whole else sheets[: ended.done]
        handed = max((sheet.position for sheet in taken if not sheet.is_slip), default=0)
        refused = {sheets[number].position for number, _why in ended.left_out if not sheets[number].is_slip}
        said = _("Printed; nothing counts as sent yet")
        self.office.desk.perform(note_printed, self._batch_id, handed, refused, said=said, undoable=False)
        self._ask(_what_happened(ended, sheets), handed, ended.whole, (*left_out, *missing))

    # -- ask ---------------------------------------------------------------------------------------------

    def _ask_about(self, waiting: OpenBatch) -> None:
        """Something was printed before, by whomever, and nobody said how it came out."""
        left = len(still_to_print(self._places()))
        if not left:  # each of them was withdrawn or went another way
            self.stop_batch()
            return
        started = local(waiting.started_at)
        told = ngettext(
            "A print of {n} letter is not confirmed.", "A print of {n} letters is not confirmed.", left
        ).format(n=left)
        when = _("It was started on {date} at {hour} by {name}.").format(
            date=show_date(started.date()), hour=f"{started:%H:%M}", name=waiting.by
        )
        if waiting.printed >= waiting.letters:
            self._ask(f"{told} {when}", waiting.letters, True, ())
        else:
            self._ask_how_far(f"{told} {when}", waiting.printed)

    def _ask_how_far(self, what_happened: str, printed: int) -> None:
        """It broke off, and only the paper says where: nobody is offered that all of them are good."""
        explain = _("Choose the last letter that came out well. Printing goes on after it.")
        step = steps.Ask(_("Up to which letter did they come out well?"), what_happened,
                         still_to_print(self._places()), (), explain)  # fmt: skip
        step.answered.connect(self.confirm)
        step.rows.select(printed)
        self._show(step, 5)
        later = parts.button(_("Print them another time"), "link", on=self.stop_batch)
        self._foot(_("Not one of them"), partial(self.confirm, 0), "x", later, role="")

    def _ask(self, what_happened: str, handed: int, whole: bool, not_printed: Sequence[LeftOut]) -> None:
        """Of what the printer got; when it got nothing there is nothing to ask."""
        places = up_to(self._places(), handed)
        n = len(places)
        if not n:
            self._show_rest(what_happened, not_printed)
            return
        question = ngettext("Did the letter come out well?", "Did all {n} letters come out well?", n).format(n=n)
        step = steps.Ask(question, what_happened, places, not_printed)
        step.answered.connect(self.confirm)
        self._show(step, 5)
        none = parts.button(_("None of them"), "", on=partial(self.confirm, 0))
        later = parts.button(_("Print them another time"), "link", on=self.stop_batch)
        words = ngettext("Yes, it did", "Yes, all {n}", n).format(n=n)
        all_good = partial(self.confirm, places[-1].position)
        self._foot(words, all_good, "check", later, none, role="primary" if whole else "")
        self._focus(self.primary if whole else step.rows)

    def confirm(self, position: int) -> None:
        """Staff saw the paper: what is good up to here is sent."""
        self._in_background(
            confirm_batch, self._batch_id, position, title=_("Recording what was sent"), done=self._confirmed,
            failed=self._not_confirmed,
        )  # fmt: skip

    def _not_confirmed(self, problem: Exception) -> None:
        self._begin()
        self._say_problem(problem)

    def _confirmed(self, done: Confirmed) -> None:
        sent = ngettext("{n} letter is sent.", "{n} letters are sent.", done.sent).format(n=done.sent)
        sent = sent if done.sent else _("Nothing is sent yet.")
        self.office.desk.said.emit(sent, False)
        if done.left:
            self._show_rest(sent, done.left_out)
            return
        good = [place for place in self._places() if place.confirmed]
        self._show(steps.Finish(sent, done.left_out, steps.parcels_of(good)), 0)
        ids = tuple(dict.fromkeys(place.letter.practice_id for place in good))
        labels = parts.button(_("Labels or envelopes"), "", "tag", partial(self._labels, ids))
        self._foot(_("Ready"), self.closed.emit, "check", labels)

    def _show_rest(self, said: str, left_out: Sequence[LeftOut]) -> None:
        """What is still to be printed of this batch, now or another time."""
        places = self._places()
        waiting = still_to_print(places)
        if not waiting:  # the rest was withdrawn, went another way or may not go
            self._stop(left_out)
            return
        first, n = waiting[0].position, len(waiting)
        left = ngettext(
            "{n} letter is still to be printed, from letter {first}.",
            "{n} letters are still to be printed, from letter {first}.",
            n,
        ).format(n=n, first=first)
        heading = _("Partly sent") if any(place.confirmed for place in places) else _("Not sent yet")
        self._show(steps.Finish(f"{said} {left}", left_out, heading=heading), 0)
        later = parts.button(_("Print them another time"), "", on=self.stop_batch)
        self._foot(_("Print on from letter {n}").format(n=first), self.print_on, "printer", later)

    def stop_batch(self) -> None:
        """The rest is ready as before and can be chosen again."""
        self._stop(())

    def _stop(self, left_out: Sequence[LeftOut]) -> None:
        """Why nothing is left is said once it has begun anew, which may be after other work."""
        if self._waits:
            return
        self._waits = True
        self.office.desk.perform(
            stop_batch, self._batch_id, said=_("Stopped. What was not confirmed is ready to print as before."),
            undoable=False, done=partial(self._stopped, left_out), ended=self._wait_over,
        )  # fmt: skip

    def _stopped(self, left_out: Sequence[LeftOut], _batch: object) -> None:
        self._begin()
        self._say_why(left_out)

    def _say_why(self, left_out: Sequence[LeftOut]) -> None:
        if left_out:
            self.notice.say(" ".join(f"{each.number}: {each.why}" for each in left_out))

    def _labels(self, practice_ids: tuple[int, ...]) -> None:
        self.office.open("labels", practice_ids=practice_ids)

    # -- parts -------------------------------------------------------------------------------------------

    def _places(self) -> list[Place]:
        return self.office.desk.look(list_places, self._batch_id) or []

    def _in_background(
        self, function: Callable[..., object], *args: object, title: str, done: Callable[..., None],
        failed: Callable[[Exception], None] | None = None, writes: bool = True,
    ) -> None:
        """One piece of long work at a time, however often the button is pressed."""
        if self._waits:
            return
        self._waits, self._interrupted = True, False
        self.notice.clear()
        self.office.desk.perform_in_background(
            function, *args, title=title, done=done, failed=failed, ended=self._wait_over, writes=writes
        )

    def _say_problem(self, problem: Exception) -> None:
        """Of work that somebody stopped there is nothing to say."""
        if isinstance(problem, (Refused, StorageProblem)):
            self.notice.say(problem.sentence())

    def _wait_over(self) -> None:
        self._waits = False

    def _show(self, step: steps.Step, number: int) -> None:
        """This step instead of the one before."""
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        before, self.step = self.step, step
        layout.replaceWidget(before, step)
        layout.setStretch(2, 1)
        step.show()  # now, or it could not take the focus
        before.hide()
        before.deleteLater()
        self.notice.clear()
        where = _("Step {n} of {most}: {step}").format(n=number, most=STEPS, step=step.heading.lower())
        self._under.setText(where if number else step.heading)

    def _foot(
        self, words: str, deed: Callable[[], object], icon: str, *quiet: QPushButton, role: str = "primary"
    ) -> None:
        layout = self._footer.layout()
        assert isinstance(layout, QBoxLayout)
        parts.empty(layout)
        self.primary = parts.button(words, role, icon, deed)
        parts.fill(layout, None, *quiet, self.primary)
        for made in (*quiet, self.primary):
            made.show()  # now, or it could not take the focus
        self._focus(self.step.first() or self.primary)

    def _focus(self, widget: QWidget | None) -> None:
        if widget is not None and self.isVisible():
            widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def _press_primary(self) -> None:
        if self.primary is not None and self.primary.isEnabled():
            self.primary.click()


def _only(seen: LookedOver, going: Sequence[int]) -> LookedOver:
    return LookedOver(tuple(going), seen.left_out, seen.changed)


def _left_out(sheet: _Sheet, place: Place, why: str) -> LeftOut:
    """A letter that did not go, or only the slip on top of it."""
    if sheet.is_slip:
        return LeftOut(0, _("Cover slip"), place.letter.practice, why)
    return LeftOut(place.letter.letter_id, place.letter.number, place.letter.practice, why)


def _what_happened(ended: Ended, sheets: Sequence[_Sheet]) -> str:
    """At which letter it stopped, and why."""
    if ended.stopped_at is None or not sheets:
        return ""
    sheet = sheets[ended.stopped_at]
    where = {"n": sheet.position, "practice": sheet.piece.name}
    if ended.cancelled:
        return _("You stopped at letter {n}, {practice}.").format(**where)
    if ended.complaint:
        return _("It stopped at letter {n}, {practice}: {why}").format(**where, why=ended.complaint)
    return _("The printer did not take letter {n}, {practice}. Look what came out, then print on.").format(**where)


def _letters(count: int) -> str:
    return ngettext("{n} letter", "{n} letters", count).format(n=count)


PAGES: dict[str, PageMaker] = {"batch": BatchPage}
