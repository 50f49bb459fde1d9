"""Belstand: one screen for one call: the number, the script, what came of it by one key, the next free moments."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QPushButton, QVBoxLayout, QWidget

from desktop import clock
from desktop.actions.appointments import plan_intake
from desktop.actions.consents import record_consents, record_informed
from desktop.actions.contacts import record_contact
from desktop.actions.views import open_case
from desktop.errors import Doubtful, Refused
from desktop.language import _
from desktop.rules.addresses import home_of, way_there
from desktop.rules.codes import CONSENT_ANSWERS, CONTACT_OUTCOMES, PLACES, options, word
from desktop.rules.dates import AHEAD
from desktop.rules.deeds import AppointmentDraft, ConsentDraft, ContactDraft
from desktop.rules.gp import Gp
from desktop.rules.names import full
from desktop.rules.phones import show_phone
from desktop.rules.reach import how_not
from desktop.rules.script import (
    CallFacts,
    Referrer,
    Step,
    call_script,
    referrer_of,
    someone_else_text,
    voicemail_rule,
    voicemail_text,
)
from desktop.rules.tasks import show_short
from desktop.screens.case_forms import note_field, value_of
from desktop.screens.consents import doubts
from desktop.screens.doctors import GpCard
from desktop.screens.doors import door
from desktop.screens.office import Office, PageMaker
from desktop.screens.parts_of_a_case import (
    ICONS,
    Gone,
    coach_of,
    coach_options,
    day_field,
    hour_field,
    slot_words,
    status_pill,
)
from desktop.storage.consents import find_asked
from desktop.storage.deeds import free_slots
from desktop.storage.gp import find_gp
from desktop.storage.models import ContactAttempt, Voucher
from desktop.storage.staff import find_organisation
from desktop.storage.story import story_for_call
from desktop.storage.tasks import case_of
from desktop.storage.worries import open_worries
from desktop.widgets import parts, theme
from desktop.widgets.fields import Choice, Switch
from desktop.widgets.flow import Flow
from desktop.widgets.group import FieldGroup
from desktop.widgets.keeping import Keeping
from desktop.widgets.notice import Answer, Notice
from desktop.widgets.pages import Page
from desktop.widgets.rows import Row, Rows

KEYS = ("reached", "someone_else", "calls_back", "not_now", "no_answer", "voicemail", "wrong_number")
ASK_WHEN = frozenset({"someone_else", "calls_back", "not_now"})  # another day may have been promised
AFTER_START = frozenset({"participating", "aftercare"})
WAYS_TO_MEET = ("office", "home", "practice", "phone")


class Call(Page):
    """Never locks in mid-call: `in_call` stays true as long as the page is open."""

    in_call = True
    place = "tasks"

    def __init__(self, office: Office, voucher: Voucher) -> None:
        super().__init__()
        self._office, self._voucher, self._person = office, voucher, voucher.person
        self.title = _("Call")
        self.form_key = f"call:{voucher.id}"
        self._chosen = ""
        self._recorded_once = False
        self._consents = office.desk.look(find_asked, voucher.id)
        self._noted: list[int] = []  # answers stored during the call
        self._attempt: int | None = None  # the call, once its outcome was recorded
        self._facts = self._read_facts()
        self._notice = Notice()
        self.outcomes = [self._outcome_button(number, code) for number, code in enumerate(KEYS, 1)]
        self.note = FieldGroup([note_field()])
        self.when = FieldGroup(
            [
                day_field("call_back_on", _("Call back on"), office.today, AHEAD, placeholder=_("tomorrow, 26-11")),
                hour_field("call_back_at", _("At")),
            ],
            columns=2,
        )
        self.informed = QCheckBox(_("Told where the data came from"))
        self.informed.setAccessibleName(self.informed.text())
        self.informed.toggled.connect(self._tick_informed)
        self.leaflet = QCheckBox(_("Leaflet is sent by post"))
        self.leaflet.setAccessibleName(self.leaflet.text())
        self._keeping = Keeping(office.keep, self.form_key, self._typed, lambda: bool(self._typed()), self)
        for group in (self.note, self.when):
            group.edited.connect(self._keeping.touched)
        self._asked = self._ask_card()
        self.planning = Planning(office, voucher, self._planned, self._facts.unsafe_at_home)
        self.history = Rows(_("History"), grow=True, framed=False)
        self._build()
        parts.on_ctrl_enter(self, self._save_later)
        self.refresh()
        self._keeping.offer(self._notice, self.put_back, self._notice.clear)

    def put_back(self, raw: Mapping[str, str]) -> None:
        """What was noted before a lock or a kill."""
        self.note.restore(raw)
        self.when.restore(raw)

    def unfinished(self) -> None:
        if self._typed():
            self._keeping.keep_now()

    def kept_under(self) -> str:
        return self._keeping.key() if self._typed() else ""

    def take_up(self, kept_key: str) -> None:
        kept = self._keeping.take_up(kept_key)
        if kept is not None:
            self._notice.clear()
            self.put_back(kept.raw)

    def _typed(self) -> dict[str, str]:
        """What would be lost: the note and the day to call back."""
        raw = {**self.note.raw(), **self.when.raw()}
        return {name: text for name, text in raw.items() if text} if not self._recorded_once else {}

    def refresh(self) -> None:
        lines = self._office.desk.look(story_for_call, self._person.id, self._voucher.id) or []
        self.history.set_rows(
            [
                Row(line.key, ICONS.get(line.kind, "circle"), line.title, "", line.subtitle, lead=show_short(line.on))
                for line in lines[:8]
            ]
        )

    def first_focus(self) -> QWidget | None:
        return self.outcomes[0]

    def may_close(self) -> bool:
        """What was typed and not recorded is asked about first."""
        if self._chosen or not self.note.raw():
            return True
        stay = partial(self._notice.clear)
        self._notice.ask(
            _("Your note is not recorded yet: choose how the call went."),
            [(_("Go on"), stay), (_("Throw away"), self._throw_away)],
            escape=stay,
        )
        return False

    def _throw_away(self) -> None:
        self._keeping.forget()
        self.closed.emit()

    def choose(self, outcome: str) -> None:
        """One key: recorded at once, unless another day may have been promised."""
        if self._chosen == "reached":
            return
        for button, code in zip(self.outcomes, KEYS, strict=True):
            button.setChecked(code == outcome)
        self._chosen = "" if outcome in ASK_WHEN else outcome
        self._later.setVisible(outcome in ASK_WHEN)
        self._waiting = outcome
        if outcome in ASK_WHEN:
            self._say_when(outcome)
        else:
            self.record(outcome)

    def record(self, outcome: str = "") -> None:
        """Store the call; with "reached" the page stays for the appointment."""
        outcome = outcome or self._waiting
        self._notice.clear()
        try:
            values = {**self.note.values(), **(self.when.values() if outcome in ASK_WHEN else {})}
        except Refused as refusal:
            self._complain(refusal)
            return
        draft = ContactDraft(
            voucher_id=self._voucher.id,
            outcome=outcome,
            informed=self.informed.isChecked() and self._person.informed_on is None,
            informed_how="post" if self.leaflet.isChecked() else "spoken",
            noted=tuple(self._noted),
            **values,
        )
        said = _("Recorded: {outcome}").format(outcome=word(CONTACT_OUTCOMES, outcome).lower())
        self._office.desk.perform(
            record_contact, draft, said=said, refused=self._complain, done=partial(self._recorded, outcome)
        )

    def _save_later(self) -> None:
        if self._later.isVisible():
            self.record()

    def _recorded(self, outcome: str, attempt: ContactAttempt) -> None:
        self._chosen, self._attempt = outcome, attempt.id
        self._recorded_once = True
        self._keeping.forget()
        self.note.restore({})
        if outcome != "reached":
            self.closed.emit()
        elif self._voucher.status in AFTER_START:
            if self._office.may_open("aftercare"):
                self._office.open("aftercare", voucher_id=self._voucher.id)
            self.closed.emit()
        else:
            self.outcome_card.setVisible(False)
            self.planning.show()
            self.planning.start()

    def _planned(self) -> None:
        self.closed.emit()

    def _complain(self, refusal: Refused) -> None:
        self._chosen = ""
        shown = self.when.complain(refusal) + self.note.complain(refusal)
        rest = [text for name, text in refusal.fields.items() if name not in shown]
        if refusal.message or rest:
            self._notice.say(" ".join(filter(None, (refusal.message, *rest))))

    def _say_when(self, outcome: str) -> None:
        self._mind.setText(someone_else_text(self._facts) if outcome == "someone_else" else "")
        self._mind.setVisible(outcome == "someone_else")
        self.when.editor("call_back_on").focus()

    def _tick_informed(self, on: bool) -> None:
        """After the call was recorded the tick is a deed of its own."""
        if on and self._chosen == "reached" and self._person.informed_on is None:
            how = "post" if self.leaflet.isChecked() else "spoken"
            self._office.desk.perform(record_informed, self._person.id, self._office.today, how)

    def _answer(self, editor: FieldGroup) -> None:
        """Stored at once, and kept with the call as soon as its outcome is recorded."""
        answer = editor.values().get("report_back")
        if not answer:
            return
        draft = ConsentDraft(
            person_id=self._person.id,
            voucher_id=self._voucher.id,
            report_back=answer,
            given_on=self._office.today,
            how="spoken",
            attempt_id=self._attempt,
        )
        self._office.desk.perform(record_consents, draft, refused=self._complain, done=self._answered)

    def _answered(self, _person: object) -> None:
        asked, known = self._office.desk.look(find_asked, self._voucher.id), self._consents
        if asked is not None and known is not None:
            before = {each.id for each in known.answers}
            self._noted = [each.id for each in asked.answers if each.id not in before]

    def _asks_report_back(self) -> bool:
        return self._consents is not None and self._consents.to_ask

    # -- parts -------------------------------------------------------------------------------------------

    def _read_facts(self) -> CallFacts:
        by = self._office.desk.by
        house = self._office.desk.look(find_organisation)
        worries = self._office.desk.look(open_worries, [self._person.id]) or []
        case = self._office.desk.look(case_of, self._voucher.id)
        self._not_by_phone = how_not(case.person) if case is not None else ""
        return CallFacts(
            person=self._person.known_as,
            birth_date=self._person.birth_date,
            referrer=referrer_of(case) if case else Referrer(),
            caller=by.name,
            call_back=by.phone or (house.phone if house else ""),
            house=house.name if house else "",
            voicemail=self._person.voicemail,
            informed=self._person.informed_on is not None,
            ask_report_back=self._asks_report_back(),
            report_to=self._consents.addressee if self._consents is not None else "",
            started=self._voucher.status in AFTER_START,
            unsafe_at_home=any(each.unsafe_at_home for each in worries),
        )

    def _outcome_button(self, number: int, code: str) -> QPushButton:
        button = parts.button(f"{number}  {word(CONTACT_OUTCOMES, code)}", on=partial(self.choose, code))
        button.setProperty("role", "segment")
        button.setProperty("edge", "only")
        button.setCheckable(True)
        button.setAccessibleName(word(CONTACT_OUTCOMES, code))
        button.setAccessibleDescription(_("key {n}").format(n=number))
        return button

    def _ask_card(self) -> QWidget:
        """What is to be asked or said once in this call."""
        asked: list[QWidget] = []
        if not self._facts.informed:
            asked += [self.informed, *([] if self._facts.unsafe_at_home else [self.leaflet])]
        if self._facts.ask_report_back:
            question = _("May we report back to {practice}?").format(practice=self._facts.report_to)
            group = FieldGroup([Switch("report_back", question, options(CONSENT_ANSWERS))], columns=1)
            group.edited.connect(lambda: self._answer(group))
            asked += [group, *self._answered_before()]
        card = parts.card(_("Asked in this call"), *asked)
        if not asked:  # never shown here: outside a page it would flash up as a window
            card.hide()
        return card

    def _answered_before(self) -> list[QWidget]:
        """Why it is asked again: two answers, or one for another practice."""
        asked = self._consents
        return [parts.label(text, "muted") for text in doubts(asked, asked.position("report_back"))] if asked else []

    def _build(self) -> None:
        person, voucher = self._person, self._voucher
        words, tone = status_pill(voucher)
        under = " · ".join(filter(None, (person.best_time, way_there(person), person.language)))
        head = parts.header(full(person.known_as), state=parts.pill(words, tone), under=under)
        left = parts.column(self._number_card(), self._outcomes(), self.planning, self._asked, gap=12)
        right = parts.column(
            self._script_card(), self._voicemail_card(), self._history_card(), self._doctor_card(), None, gap=12
        )
        self.planning.hide()
        layout = QVBoxLayout(self)
        theme.space(layout, 12, (24, 16, 24, 16))
        parts.fill(layout, head, self._notice, parts.Beside(parts.column(left, None), right, (1, 1), 900), None)

    def _number_card(self) -> QFrame:
        numbers = [number for number in (self._person.phone, self._person.phone2) if number]
        shown = [parts.label(show_phone(number), "large" if at == 0 else "strong") for at, number in enumerate(numbers)]
        for label in shown:
            label.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
        if self._not_by_phone:
            shown = [parts.label(self._not_by_phone, "doubt"), *shown]
        return parts.card("", *(shown or [parts.label(_("no phone number"), "large")]))

    def _doctor_card(self) -> QWidget:
        """Whom to phone when something is wrong; nobody looks for a number then."""
        gp = self._office.desk.look(find_gp, self._voucher.id) or Gp()
        card = GpCard(_("Is something wrong? The GP"), gp, large=False)
        report = door(self._office, "worry", _("Report a worry"), "link", "warning", voucher_id=self._voucher.id)
        return parts.column(card, parts.row(*report, None), gap=4)

    def _outcomes(self) -> QWidget:
        keys = QWidget()
        flow = Flow(keys)
        theme.space(flow, 8)
        for button in self.outcomes:
            flow.addWidget(button)
        self._mind = parts.label("", "muted")
        self._mind.hide()
        words, keys_to_save = _("Save call"), _("Ctrl+Enter")
        save = parts.button(f"{words}  ({keys_to_save})", "primary", on=self.record)
        save.setAccessibleName(words)
        self._later = parts.column(self._mind, self.when, parts.row(save, None))
        self._later.hide()
        self.outcome_card = parts.card(_("How did it go? Press the number"), keys, self._later, self.note)
        return self.outcome_card

    def _script_card(self) -> QFrame:
        return parts.card(_("What you say"), *[_step(step) for step in call_script(self._facts)])

    def _voicemail_card(self) -> QFrame:
        rule = parts.label(voicemail_rule(self._facts), "muted")
        if self._facts.voicemail == "no" or self._facts.unsafe_at_home:
            return parts.card(_("Voicemail"), rule)
        return parts.card(_("Voicemail"), rule, parts.label(f"“{voicemail_text(self._facts)}”"))

    def _history_card(self) -> QFrame:
        return parts.card(_("History"), self.history, flush=True)

    # -- Qt ----------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        number = event.key() - int(Qt.Key.Key_0)
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and 1 <= number <= len(KEYS) and not event.isAutoRepeat() and self.outcome_card.isVisible():
            self.choose(KEYS[number - 1])
            return
        super().keyPressEvent(event)


class Planning(QFrame):
    """After "reached": the coach's next free moments, one key each, or another moment, or later."""

    def __init__(
        self, office: Office, voucher: Voucher, done: Callable[[], None], unsafe_at_home: bool = False
    ) -> None:
        super().__init__()
        self._office, self._voucher, self._done = office, voucher, done
        self._coach = coach_of(office, voucher)
        self._slots: list[datetime] = []
        self.setProperty("role", "card")
        places = [each for each in WAYS_TO_MEET if each != "home" or not unsafe_at_home]
        whom = [Choice("coach", _("With whom"), partial(coach_options, office), width=3)] if not self._coach else []
        where = Switch("place", _("Where"), [(code, word(PLACES, code)) for code in places], width=3)
        self.where = FieldGroup([*whom, where])
        if whom:
            self.where.editor("coach").edited.connect(self._choose_coach)
        self._keys = QWidget()
        self._flow = Flow(self._keys)
        theme.space(self._flow, 8)
        self.buttons: list[QPushButton] = []
        self._notice = Notice()
        other = parts.button(_("Another moment"), on=self._other)
        later = parts.button(_("Plan later"), "link", on=self._done)
        layout = QVBoxLayout(self)
        theme.space(layout, 8, (16, 12, 16, 14))
        coach = voucher.coach.name if voucher.coach else "" if whom else office.desk.by.name
        title = _("Plan the intake with {coach}").format(coach=coach) if coach else _("Plan the intake")
        parts.fill(
            layout,
            parts.label(title, "card_title"),
            self.where,
            self._keys,
            self._notice,
            parts.row(other, later, None),
        )

    def start(self) -> None:
        """Look up the free moments and stand on the first; when nobody is known yet, on the question with whom."""
        if "place" not in self.where.raw():
            self.where.set_values({"place": "office"})
        if self._coach is None:
            self.where.editor("coach").focus()
            return
        self._show_moments()
        if self.buttons:
            self.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose_coach(self) -> None:
        chosen = value_of(self.where.editor("coach"))
        if chosen is not None and chosen != self._coach:
            self._coach = chosen
            self._show_moments()

    def _show_moments(self) -> None:
        self._slots = self._office.desk.look(free_slots, self._coach, clock.local_now()) or []
        for button in self.buttons:
            self._flow.removeWidget(button)
            button.deleteLater()
        self.buttons = [parts.button(slot_words(slot), on=partial(self._plan, slot)) for slot in self._slots]
        for button in self.buttons:
            self._flow.addWidget(button)
            button.show()

    def _plan(self, slot: datetime, sure: bool = False) -> None:
        place = self.where.values()["place"] or "office"
        draft = AppointmentDraft(
            voucher_id=self._voucher.id,
            day=slot.date(),
            hour=slot.time(),
            place=place,
            address=home_of(self._voucher.person) if place == "home" else "",
            coach=self._coach,
            sure=sure,
        )
        said = _("Intake planned: {moment}").format(moment=slot_words(slot))
        self._office.desk.perform(
            plan_intake,
            draft,
            said=said,
            refused=partial(self._refused, slot),
            done=lambda _appointment: self._done(),
        )

    def _refused(self, slot: datetime, refusal: Refused) -> None:
        """What is unusual is asked here, with where else to fill it in; the rest is only told."""
        if not isinstance(refusal, Doubtful):
            self._notice.say(refusal.sentence())
            return
        answers: list[Answer] = [
            (_("That is right, save anyway"), partial(self._plan, slot, True)), (_("Fill in the form"), self._other),
        ]  # fmt: skip
        self._notice.ask(refusal.sentence(), answers)

    def _other(self) -> None:
        self._office.open("plan_intake", voucher_id=self._voucher.id)
        self._done()


def _step(step: Step) -> QWidget:
    said = [parts.label(f"“{line}”") for line in step.lines]
    mind = [parts.label(step.mind, "help")] if step.mind else []
    return parts.column(parts.label(step.heading, "strong"), *said, *mind, gap=3)


def call(office: Office, voucher_id: int) -> Page:
    """The page, or word that the case is gone; opening it leaves a line in the log."""
    voucher = office.desk.look(open_case, voucher_id)
    return Call(office, voucher) if voucher is not None else Gone(_("Call"))


PAGES: dict[str, PageMaker] = {"call": call}
