"""The desk: the one door from a screen to deeds and looks, and the place where refusals become sentences.

Must not know which deeds there are, nor how anything is stored.
"""

from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Signal

from desktop.errors import Damaged, Refused, StorageProblem
from desktop.language import _
from desktop.widgets.background import Cancelled, Job, Progress

T = TypeVar("T")
Told = TypeVar("Told", bound=Callable[..., None])


@dataclass(frozen=True)
class Done(Generic[T]):
    """A deed that was stored; `result` is what it returned."""

    result: T


@dataclass(frozen=True)
class _Wishes:
    """What the one who asked for a deed wants to hear about it."""

    said: str
    undoable: bool
    refused: Callable[[Refused], None] | None
    done: Callable[[Any], None] | None
    ended: Callable[[], None] | None


class Desk(QObject):
    """Performs deeds for the member of staff `by`, one at a time, and tells the window about it."""

    changed = Signal()
    said = Signal(str, bool)
    troubled = Signal(str)
    busy = Signal(bool)
    progressed = Signal(int, int)
    damaged = Signal(str)  # what is stored is not sound any more: the window shows the way back

    def __init__(self, by: Any = None, leave_thread: Callable[[], None] | None = None,
                 parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.by = by
        self._leave_thread = leave_thread or _nothing
        self._executor: ThreadPoolExecutor | None = None
        self._job: Job | None = None
        self._job_writes = False
        self._finish: Callable[[Job], None] = _nothing_with
        self._waiting: deque[Callable[[], object]] = deque()

    # -- deeds -------------------------------------------------------------------------------------------

    def perform(self, function: Callable[..., T], *args: Any, said: str = "", undoable: bool = True,
                refused: Callable[[Refused], None] | None = None, done: Callable[[T], None] | None = None,
                ended: Callable[[], None] | None = None) -> Done[T] | None:
        """Call `function(by, *args)` and tell what came of it.

        None when it was refused, when storage failed, or when it waits for background work; `done(result)`
        and `ended()` are called in every case, at once or after the wait. Who left its page meanwhile is not
        called any more: the window hears of a refusal then.
        """
        wishes = _Wishes(said, undoable, refused, done, ended)
        if self._writing():
            self._waiting.append(partial(self._perform, function, self.by, args, wishes))
            self.said.emit(_("This is saved as soon as the work that is running is done."), False)
            return None
        return self._perform(function, self.by, args, wishes)

    def look(self, function: Callable[..., T], *args: Any,
             refused: Callable[[Refused], None] | None = None) -> T | None:
        """Call the query or view `function(by, *args)`; None when it may not be seen or cannot be read.

        Nobody looks while nobody is in: a timer may ask just after the program was locked.
        """
        if self.by is None:
            return None
        try:
            return function(self.by, *args)
        except Refused as refusal:
            (refused or self._tell_refusal)(refusal)
        except StorageProblem as problem:
            self._tell_problem(problem)
        return None

    def _perform(self, function: Callable[..., T], by: Any, args: tuple[Any, ...],
                 wishes: _Wishes) -> Done[T] | None:
        try:
            result = function(by, *args)
        except Refused as refusal:
            (if_here(wishes.refused) or self._tell_refusal)(refusal)
            return None
        except StorageProblem as problem:
            self._tell_problem(problem)
            return None
        finally:
            if ended := if_here(wishes.ended):
                ended()
        self.changed.emit()
        self.said.emit(wishes.said or _("Saved"), wishes.undoable)
        if done := if_here(wishes.done):
            done(result)  # may go on with a next deed, whose words then come last
        return Done(result)

    def _tell_refusal(self, refusal: Refused) -> None:
        self.troubled.emit(refusal.sentence())

    # -- long work ---------------------------------------------------------------------------------------

    def perform_in_background(self, function: Callable[..., T], *args: Any, title: str,
                              done: Callable[[T], None], failed: Callable[[Exception], None] | None = None,
                              ended: Callable[[], None] | None = None, writes: bool = True,
                              said: str = "") -> None:
        """Call `function(by, *args, progress)` in a thread of its own and `done(result)` in this one.

        `failed` hears of a Refused, StorageProblem or Cancelled instead of the window; a bug goes to
        sys.excepthook like any other; `ended` is called whatever happened. While work that writes is
        running, `perform` waits its turn; work that only reads says so with `writes=False`.
        """
        start = partial(self._start, function, self.by, args, title, writes,
                        partial(self._end, done, failed, ended, said, writes))
        if self._job is not None:
            self._waiting.append(start)
            return
        start()

    def cancel(self) -> None:
        """Stop the running work at its next step."""
        if self._job is not None:
            self._job.cancel()

    def working(self) -> str:
        """The title of the running work, or nothing."""
        return self._job.title if self._job is not None else ""

    def cancelling(self) -> bool:
        return self._job is not None and self._job.cancelling()

    def when_idle(self, function: Callable[[], None]) -> None:
        """Call the function now, or as soon as the running work and what waits behind it is done."""
        if self._job is None:
            function()
        else:
            self._waiting.append(function)

    def close(self) -> None:
        """Stop the running work and wait for its thread; for the end of the program."""
        self.cancel()
        if self._executor is not None:
            self._executor.shutdown(wait=True)
            self._executor = None
        if self._job is not None:
            self._job.clean_again()

    def _writing(self) -> bool:
        return self._job is not None and (self._job_writes or bool(self._waiting))

    def _start(self, function: Callable[..., Any], by: Any, args: tuple[Any, ...], title: str, writes: bool,
               finish: Callable[[Job], None]) -> None:
        def work(progress: Progress) -> Any:
            return function(by, *args, progress)

        self._job = Job(title, work, self._leave_thread)
        self._job_writes = writes
        self._finish = finish
        self._job.progressed.connect(self.progressed)
        self._job.over.connect(self._job_over)
        if self._executor is None:
            self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="background")
        self.busy.emit(True)
        self._job.start(self._executor)

    def _job_over(self) -> None:
        job, finish = self._job, self._finish
        assert job is not None
        self._job, self._finish = None, _nothing_with
        self.busy.emit(False)
        try:
            finish(job)
        finally:
            job.deleteLater()
            self._serve_waiting()

    def _serve_waiting(self) -> None:
        """In the order they were asked for; a bug in one must not swallow the others."""
        while self._waiting and self._job is None:
            asked = self._waiting.popleft()
            try:
                asked()
            except BaseException:
                self._serve_waiting()
                raise

    def _end(self, done: Callable[[Any], None], failed: Callable[[Exception], None] | None,
             ended: Callable[[], None] | None, said: str, writes: bool, job: Job) -> None:
        try:
            result = job.result()
        except (Refused, StorageProblem, Cancelled) as problem:
            self._tell_failure(problem, if_here(failed))
            if writes:      # whole units may have been committed before it stopped
                self.changed.emit()
            return
        finally:
            if here := if_here(ended):
                here()
        if writes:
            self.changed.emit()
        if tell := if_here(done):
            tell(result)
        if said:
            self.said.emit(said, writes)

    def _tell_failure(self, problem: Refused | StorageProblem | Cancelled,
                      failed: Callable[[Exception], None] | None) -> None:
        if isinstance(problem, Cancelled):
            self.said.emit(_("Stopped, as you asked."), False)
        if isinstance(problem, Damaged):
            self.damaged.emit(problem.message)
        if failed is not None:
            failed(problem)
        elif isinstance(problem, Refused):
            self._tell_refusal(problem)
        elif isinstance(problem, StorageProblem) and not isinstance(problem, Damaged):
            self.troubled.emit(problem.message)

    def _tell_problem(self, problem: StorageProblem) -> None:
        (self.damaged if isinstance(problem, Damaged) else self.troubled).emit(problem.message)


def if_here(tell: Told | None) -> Told | None:
    """This method, unless its page was left meanwhile: work goes on then, and there is nobody to tell."""
    method: Any = tell
    while isinstance(method, partial):
        method = method.func
    asker = getattr(method, "__self__", None)
    return tell if not isinstance(asker, QObject) or shiboken6.isValid(asker) else None


def _nothing() -> None:
    """For who needs no end of a thread."""


def _nothing_with(_job: Job) -> None:
    """For when no work is running."""
