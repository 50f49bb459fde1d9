"""One feedback letter: its texts beside the paper, from concept to sent. Must not know how it is filled or drawn."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.actions.letter_looks import OpenLetter, look_again, open_letter, preview_letter
from desktop.actions.letter_sending import fix_letter
from desktop.actions.letters import approve_letter, discard_letter, edit_letter, rewrite_letter
from desktop.errors import Doubtful, Refused
from desktop.language import _
from desktop.rules.letterdraft import PARTS, LetterDraft
from desktop.rules.letters_due import ENDINGS
from desktop.screens import letter_parts as said
from desktop.screens import letter_sent, letter_ways
from desktop.screens.doors import door
from desktop.screens.office import Office
from desktop.storage.models import Letter
from desktop.widgets import parts, theme
from desktop.widgets.fields import Check, Item, Text
from desktop.widgets.flow import flowing
from desktop.widgets.form import with_key
from desktop.widgets.group import FieldGroup
from desktop.widgets.leaving import TypedPage
from desktop.widgets.notice import Answer
from desktop.widgets.pages import reveal
from desktop.widgets.sided import Sided

PAUSE = 250  # milliseconds after the last key until the paper is drawn again


class LetterPage(TypedPage):
    """Left what is written or done, right the paper; one filled button: the next step."""

    scrolls_itself = True

    def __init__(self, office: Office, letter_id: int) -> None:
        super().__init__(f"letter:{letter_id}", office.keep)
        self.setObjectName("page")
        self.office, self.letter_id = office, letter_id
        self.sending = letter_ways.Sending(office, self, self.notice.say)
        self.ways: dict[str, QPushButton] = {}
        self.place = "letters"
        self.paper = said.Paper()
        self.texts: FieldGroup | None = None
        self.extras: FieldGroup | None = None
        self.primary: QPushButton | None = None
        self.anew: QPushButton | None = None  # fills a concept again that is no longer so
        self._withdrawal: letter_sent.Withdrawal | None = None
        self._leaving = False
        self._keeping.label.setProperty("kept", True)  # outlives the footer it stands in
        self._resting = QTimer(self, singleShot=True, interval=QApplication.doubleClickInterval())
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self.draw)
        self._sides = Sided(self.paper)
        self._footer = parts.row(margins=(24, 6, 24, 12))
        layout = QVBoxLayout(self)
        theme.space(layout, 0)
        parts.fill(layout, self._sides, parts.row(self.notice, margins=(24, 0, 24, 8)), self._footer)
        layout.setStretch(0, 1)
        parts.on_ctrl_enter(self, self._press_primary)
        self.opened: OpenLetter | None = office.desk.look(open_letter, letter_id)
        self._show()

    # -- what is shown -----------------------------------------------------------------------------------

    def refresh(self) -> None:
        if self._leaving or (self._withdrawal is not None and self._withdrawal.is_typed()):
            return
        if self.is_edited():
            self._timer.start()  # a lock may have come between the last key and the paper
            return
        self.opened = self.office.desk.look(look_again, self.letter_id)
        if self.opened is None:
            self._leaving = True
            self.closed.emit()
            return
        self._show()

    def first_focus(self) -> QWidget | None:
        if self.notice.answers():
            return self.notice.answers()[0]
        if self.anew is not None:
            return self.anew
        if self.texts is not None and self.texts.isEnabled():
            return self.texts.editor("state").focus_widget()
        return self.primary

    def raw(self) -> dict[str, str]:
        groups = [group for group in (self.texts, self.extras) if group is not None]
        return {name: text for group in groups for name, text in group.raw().items()}

    def restore(self, raw: Mapping[str, str]) -> None:
        """Put back what was typed before the program was locked or closed."""
        for group in (self.texts, self.extras):
            if group is not None:
                group.restore(raw)
        if self.texts is not None:  # a letter that was fixed meanwhile has nothing left to type in
            self._typed()

    def is_edited(self) -> bool:
        return self.texts is not None and super().is_edited()

    def _show(self) -> None:
        opened = self.opened
        self._empty()
        if opened is None:
            parts.fill(self._sides.inside, parts.label(_("This letter is no longer there."), "muted"), None)
            return
        letter = opened.record
        waits = letter_ways.waiting(opened) is not None
        self.trail = letter_sent.look_up(self.office, opened)
        text, tone = letter_sent.state_of(letter, self.trail, waits)
        self.title = _("Letter: {kind}").format(kind=said.kind_of(letter).lower())
        head = parts.header(self.title, state=parts.pill(text, tone), under=said.about_whom(letter))
        parts.fill(self._sides.inside, head, *self._left(opened), None)
        self._sides.place()
        self._show_paper(opened)
        self._fill_footer(opened)
        self._show_notice(opened)
        self._as_opened = self.raw()
        self._sides.column.verticalScrollBar().setValue(0)
        start = self.anew or self.primary
        if self.isVisible() and start is not None and not self.notice.answers():
            start.setFocus(Qt.FocusReason.OtherFocusReason)

    def _empty(self) -> None:
        self.texts = self.extras = self.primary = self.anew = self._withdrawal = None
        self.ways = {}
        self._sides.hold()
        self._clear(self._sides.inside)
        self._clear(self._footer.layout())
        self.notice.clear()

    @staticmethod
    def _clear(layout: Any) -> None:
        while (item := layout.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget.property("kept"):
                widget.setParent(None)
            elif widget is not None:
                widget.hide()
                widget.deleteLater()

    def _left(self, opened: OpenLetter) -> list[QWidget]:
        no_post = letter_ways.no_post_card(self.office, opened) if opened.record.withdrawn_on is None else None
        return [*([no_post] if no_post is not None else []), *self._of_state(opened)]

    def _of_state(self, opened: OpenLetter) -> list[QWidget]:
        if opened.record.state == "concept" and opened.record.withdrawn_on is None:
            kin = letter_sent.kin_card(self.office, self.trail)
            return [*self._overtaken(opened), *self._concept(opened), *([kin] if kin is not None else [])]
        cards = letter_sent.cards(self.office, opened.record, self.trail)
        if opened.record.state == "fixed" and opened.record.withdrawn_on is None:
            cards.insert(0, self._ways_card(opened))
        if address := letter_sent.address_card(self.office, opened.record, self.trail, opened.overtaken):
            cards.insert(0, address[0])
            self.primary = address[1]
        return [*cards, self._facts_card(opened)]

    def _overtaken(self, opened: OpenLetter) -> list[QWidget]:
        """Each sentence that is no longer so, with the way to fill the concept from the records of now."""
        if not opened.overtaken:
            return []
        self.anew = parts.button(_("Fill anew"), on=self._rewrite)
        words = [parts.label(each.said()) for each in opened.overtaken]
        return [parts.card(_("No longer right"), *words, parts.row(self.anew, None))]

    def _show_paper(self, opened: OpenLetter) -> None:
        if opened.pdf is not None:
            self.paper.show_pdf(opened.pdf)
        else:
            self.draw()

    # -- the concept -------------------------------------------------------------------------------------

    def _concept(self, opened: OpenLetter) -> list[QWidget]:
        headings = [heading for heading, _text in opened.content.core]
        self.texts = FieldGroup(
            [
                Text(name, heading, lines=2, limit=1000, echo=said.lines_echo)
                for name, heading in zip(PARTS, headings, strict=True)
            ],
            columns=1,
        )
        self.extras = FieldGroup(self._extra_fields(opened), columns=2)
        values = {name: getattr(opened.draft, name) for name in (*self.texts.names(), *self.extras.names())}
        self.texts.set_values(values)
        self.extras.set_values(values)
        self.words = parts.label("", "help")
        self.texts.setEnabled(not opened.receipt)
        self._mark()
        for group in (self.texts, self.extras):
            group.edited.connect(self._typed)
        cards: list[QWidget] = []
        if opened.agreed_in_intake and not opened.receipt:
            cards.append(parts.card(_("Agreed in the intake"), parts.label(opened.agreed_in_intake, "muted")))
        cards.append(parts.card(_("What the letter says"), self.texts, self.words))
        if not opened.receipt:
            cards.append(parts.card(_("Along with it, if you wish"), self.extras))
        return [*cards, self._facts_card(opened)]

    def _extra_fields(self, opened: OpenLetter) -> list[Item]:
        fields: list[Item] = [Check("with_phone", _("The coach's direct phone number")),
                              Check("discussed", _("Discussed with the participant"))]
        if opened.has_marks and opened.marks_allowed:
            fields.append(Check("with_marks", _("The hexagon with its figures")))
        fields.append(Text("attendance", _("Attendance"), placeholder=_("for example: 7 van 8 keer"), limit=120))
        return fields

    def _typed(self) -> None:
        self._mark()
        self._touched()
        self._timer.start()

    def _mark(self) -> None:
        """What has to change before this is a good letter, below its text."""
        assert self.texts is not None
        following = self.texts.editor("next")
        if complaint := said.passed_complaint(following.raw(), self.office.today):
            following.complain(complaint)
        self._mark_too_long()

    def _mark_too_long(self) -> list[str]:
        """Each text that takes too many lines says so below itself; their names."""
        assert self.texts is not None
        editors = {name: self.texts.editor(name) for name in PARTS}
        complaints = {name: said.lines_complaint(editor.raw()) for name, editor in editors.items()}
        for name, complaint in complaints.items():
            if complaint:
                editors[name].complain(complaint)
        return [name for name, complaint in complaints.items() if complaint]

    def draw(self) -> None:
        """The paper as it would be printed now."""
        self._timer.stop()
        if self.opened is None or self.texts is None:
            return
        try:
            draft = self._draft()
        except Refused as refused:
            self.paper.show_complaint(refused.sentence())
            return
        seen = self.office.desk.look(preview_letter, draft)
        if seen is None:
            return
        self.words.setText(said.words_sentence(seen.words))
        self.words.setProperty("role", "doubt" if seen.long else "help")
        theme.restyle(self.words)
        if seen.pdf is not None:
            self.paper.show_pdf(seen.pdf)
        else:
            self.paper.show_complaint(seen.complaint)

    def _draft(self, sure: bool = False) -> LetterDraft:
        assert self.opened is not None
        assert self.texts is not None
        assert self.extras is not None
        values: dict[str, Any] = {**self.texts.values(), **self.extras.values()}
        return LetterDraft(id=self.letter_id, version=self.opened.record.version, sure=sure, **values)

    def keep_texts(self, then: Callable[[], object] | None = None, sure: bool = False) -> None:
        """Keep the texts, and go on with the next step when there is one."""
        if not self.is_edited():
            if then is not None:
                then()
            return
        try:
            draft = self._draft(sure)
        except Refused as refused:
            self._complain(refused, then)
            return
        self.office.desk.perform(
            edit_letter, draft, refused=partial(self._complain, then=then), done=partial(self._kept, then)
        )

    def _kept(self, then: Callable[[], object] | None, _letter: Letter) -> None:
        """Nothing typed waits any more: show what is stored now."""
        self._keeping.forget()
        self.refresh_now()
        if then is not None:
            then()

    def refresh_now(self) -> None:
        """Show what was stored, whatever stood in the fields."""
        self._as_opened, self._withdrawal = self.raw(), None
        self.refresh()

    def _complain(self, refused: Refused, then: Callable[[], object] | None = None) -> None:
        named: list[str] = []
        for group in (self.texts, self.extras):
            named += group.complain(refused) if group is not None else []
        if isinstance(refused, Doubtful):
            again = partial(self.keep_texts, then, True)
            self.notice.ask(refused.sentence(), [(_("That is right, save anyway"), again)], escape=self.notice.clear)
        elif refused.message or not named:
            self.notice.say(refused.sentence())
            named = named or (self._mark_too_long() if self.texts is not None else [])
        if named and self.texts is not None:
            group = self.texts if named[0] in self.texts.names() else self.extras
            if group is not None:
                group.editor(named[0]).focus()
                reveal(group.editor(named[0]))

    # -- ready to send -----------------------------------------------------------------------------------

    def _ways_card(self, opened: OpenLetter) -> QWidget:
        self.ways = letter_ways.way_buttons(opened, self.hand_out)
        way = opened.record.practice.letter_way
        if letter_ways.waiting(opened) is None and self.ways[way].isEnabled():
            self.primary = letter_ways.make_primary(self.ways[way], way)
        return letter_ways.ways_card(opened, self.ways, self.sending.folder(), self._change_folder)

    def hand_out(self, way: str) -> None:
        """Let the letter go out this way."""
        if self.opened is not None:
            self.sending.hand_out(self.letter_id, way)
            self._resting.start()

    def ready(self) -> bool:
        """Whether the question can be answered: a second Enter at once was meant for handing out."""
        return not self._resting.isActive()

    def _confirm(self, dispatch_id: int) -> None:
        if self.ready():
            self.sending.confirm(dispatch_id, sure=bool(self.opened is not None and self.opened.stopped))

    def _change_folder(self) -> None:
        if self.sending.change_folder():
            self.refresh()

    def _not_yet(self) -> None:
        self.notice.clear()
        if self.opened is not None and self.ways:
            self.ways[self.opened.record.practice.letter_way].setFocus()

    # -- sent --------------------------------------------------------------------------------------------

    def _facts_card(self, opened: OpenLetter) -> QWidget:
        letter = opened.record
        facts = [said.written_words(letter)]
        if letter.approved_by is not None:
            facts.append(_("approved by {name}").format(name=letter.approved_by.name))
        if letter.discussed:
            facts.append(_("discussed with the participant"))
        links = [
            parts.button(
                _("To the participant"), "link", on=partial(self.office.open, "person", person_id=letter.person_id)
            )
        ]
        if letter.state == "concept" and letter.withdrawn_on is None:
            if self.anew is None:
                links.append(parts.button(_("Fill anew"), "link", on=self._rewrite))
            links.append(parts.button(_("Throw away"), "link", on=self._discard))
        if letter.withdrawn_on is None and not letter.mixed_up and letter.copy_of_id is None:
            links += door(
                self.office, "move_letter_to", _("Belongs to somebody else"), "link", letter_id=self.letter_id
            )
        words = [parts.label(fact, "muted") for fact in facts]
        return parts.card(_("About this letter"), *words, flowing(*links))

    def _ask_copy(self, sentence: str, go_on: Callable[[], object]) -> None:
        def print_it() -> None:
            self.notice.clear()
            go_on()

        self.notice.ask(sentence, [(_("Print the copy"), print_it)], escape=self.notice.clear)

    def ask_withdrawal(self) -> None:
        """Why, and then withdraw."""
        assert self.opened is not None
        if self._withdrawal is not None:
            self._withdrawal.focus()
            return
        asked = letter_sent.Withdrawal(self.office, self.opened, self.refresh_now)
        self._withdrawal = asked
        self._sides.inside.insertWidget(1, asked.card)
        asked.focus()
        reveal(asked.card)

    # -- the next step -----------------------------------------------------------------------------------

    def _fill_footer(self, opened: OpenLetter) -> None:
        quiet: list[QPushButton] = []
        letter = opened.record
        if letter.withdrawn_on is not None:
            self.primary = letter_sent.after_withdrawal(self.office, letter, self.trail)
        elif letter.state == "concept":
            quiet = self._concept_deeds(opened)
        else:
            quiet = letter_sent.deeds(self.office, letter, self.ask_withdrawal, self._ask_copy)
            if letter.state == "sent":
                self.primary = parts.button(_("Back"), "primary", "arrow-left", self._leave)
        own = [self.primary] if self.primary is not None and self.primary.parent() is None else []
        for made in own:
            made.setText(with_key(made.accessibleName()))
        footer = self._footer.layout()
        assert isinstance(footer, QBoxLayout)
        parts.fill(footer, self._keeping.label, flowing(*quiet, *own))
        footer.setStretch(0, 1)

    def _concept_deeds(self, opened: OpenLetter) -> list[QPushButton]:
        deeds: list[QPushButton] = []
        approved = opened.record.approved_by_id is not None
        save = parts.button(_("Save"), on=self.keep_texts, shortcut="Ctrl+S")
        if not approved and opened.may_approve:
            deeds.append(parts.button(_("Approve"), on=self.approve))
        if approved or opened.may_approve:
            self.primary = parts.button(_("Fix"), "primary", "lock-simple", self.fix)
            self.primary.setAccessibleDescription(_("From then on nothing in the letter changes any more"))
            by_post = opened.record.practice.letter_way == "print"
            self.primary.setEnabled(not opened.stopped and not (by_post and opened.no_post))
            return [*deeds, save]
        self.primary = save
        save.setProperty("role", "primary")
        return deeds

    def approve(self) -> None:
        """The coach's akkoord on what stands there now."""
        self.keep_texts(partial(self._give, approve_letter, _("Approved")))

    def fix(self) -> None:
        """Keep the texts and fix the letter."""
        self.keep_texts(partial(self._give, fix_letter, _("Fixed")))

    def _give(self, deed: Callable[..., object], said: str, sure: bool = False) -> None:
        refused = partial(self._asked, deed, said)
        self.office.desk.perform(deed, self.letter_id, sure, said=said, refused=refused)

    def _asked(self, deed: Callable[..., object], said: str, refusal: Refused) -> None:
        """What is asked before it is fixed is answered here."""
        if not isinstance(refusal, Doubtful):
            self._complain(refusal)
            return
        answer = (_("That is right, go on"), partial(self._give, deed, said, True))
        self.notice.ask(refusal.sentence(), [answer], escape=self.notice.clear)

    def _discard(self) -> None:
        self.office.desk.perform(
            discard_letter, self.letter_id, said=_("Thrown away"), done=partial(self._kept, None)
        )

    def _rewrite(self) -> None:
        """What was typed is only let go of when that was done."""
        self.office.desk.perform(
            rewrite_letter, self.letter_id, said=_("Filled anew from the records"), refused=self._complain,
            done=partial(self._kept, None),
        )  # fmt: skip

    def _press_primary(self) -> None:
        if self._withdrawal is not None:  # a reason was asked for: that comes first
            self._withdrawal.go_on()
        elif self.primary is not None and self.primary.isEnabled():
            self.primary.click()

    def _show_notice(self, opened: OpenLetter) -> None:
        dispatch, stopped = letter_ways.waiting(opened), said.stopped_sentence(opened)
        if stopped and dispatch is None:
            self.notice.say(stopped)
        elif dispatch is not None:
            answers: list[Answer] = [(_("Yes, it was sent"), partial(self._confirm, dispatch.id)),
                                     (_("Not yet"), self._not_yet),
                                     (_("No, it was not sent"), partial(self.sending.take_back, dispatch.id))]
            asked = " ".join(filter(None, (stopped, letter_ways.question(dispatch.way, self.letter_id))))
            self.notice.ask(asked, answers, tone="news", escape=self._not_yet)
            self.primary = self.notice.answers()[0]
            self.primary.setProperty("role", "primary")
            theme.restyle(self.primary)
        elif opened.record.state == "fixed" and (address := said.address_sentence(opened)):
            self.notice.say(address, "soon")
        elif opened.record.state == "concept" and not self._keeping.offer(self.notice, self.restore, self._settle):
            self._show_hint(opened)

    def _show_hint(self, opened: OpenLetter) -> None:
        if opened.receipt:
            ending = opened.record.moment in ENDINGS
            asked = _("Nobody was asked for consent to report back: the practice hears only that it was closed.")
            only = _("Without consent to report back the practice gets only this receipt.")
            self.notice.say(asked if ending else only, "news")
        elif address := said.address_sentence(opened):
            self.notice.say(address, "soon")
        elif opened.record.approved_by_id is None and not opened.may_approve:
            self.notice.say(_("The coach approves first; then you can fix and send it."), "news")

    # -- leaving -----------------------------------------------------------------------------------------

    def may_close(self) -> bool:
        return self._leaving or not self.is_edited() or super().may_close()

    def _ways_out(self) -> list[Answer]:
        return [
            (_("Save and leave"), partial(self.keep_texts, self._leave)),
            (_("Throw away the changes"), self.throw_away),
            (_("Go on typing"), self._stay),
        ]

    def _leave(self) -> None:
        self._leaving = True
        super()._leave()
