"""The coordinator's texts: versions that stay, old ones put back, letters that keep the words they were written in."""


from typing import Any

import pytest

from desktop import clock
from desktop.actions.letter_looks import open_letter
from desktop.actions.letters import rewrite_letter, write_letter
from desktop.actions.lettertexts import change_text, preview_text, restore_text
from desktop.actions.undo import undo_last
from desktop.errors import Doubtful, Refused
from desktop.rules.lettersamples import FORMS, KINDS, situations
from desktop.rules.lettertext_check import LetterTextDraft
from desktop.rules.lettertexts import text_of
from desktop.rules.staff import Member
from desktop.storage.changes import Audit
from desktop.storage.lettertexts import TextVersion, list_texts, list_versions, text_in_use
from desktop.storage.models import LetterText
from tests.factory import add_member, add_practice, add_voucher
from tests.paper import reading

KIND = "arrived"
OLD = "Wij maken {eerst} kennis en kijken daarna samen wat past."
NEW = "Wij bellen {eerst} en kijken daarna samen wat past."


def draft(new: str = NEW, **more: Any) -> LetterTextDraft:
    body = text_of(KIND).replace(OLD, new)
    return LetterTextDraft(**{"kind": KIND, "body": body, **more})


def in_use(by: Member) -> TextVersion:
    return list_texts(by, [KIND])[0]


def test_a_new_text_is_in_the_next_letter_and_the_old_letter_keeps_its_words(office: Member) -> None:
    practice = add_practice()
    before = write_letter(office, add_voucher(office, practice).id, KIND)
    change_text(office, draft())
    after = write_letter(office, add_voucher(office, practice, surname="Bakker").id, KIND)
    old, new = open_letter(office, before.id), open_letter(office, after.id)
    assert "Wij maken eerst kennis" in old.draft.agreed
    assert "Wij bellen eerst" in new.draft.agreed
    rewrite_letter(office, before.id)
    assert "Wij bellen eerst" in open_letter(office, before.id).draft.agreed


def test_every_version_stays_with_who_and_when(office: Member) -> None:
    assert in_use(office) == TextVersion(KIND, 0, text_of(KIND))
    first = change_text(office, draft())
    second = change_text(office, draft("Wij bellen {eerst}.", base=first.id))
    versions = list_versions(office, KIND)
    assert [(each.number, each.id, each.made_by) for each in versions] == [
        (2, second.id, "F. Yıldız"),
        (1, first.id, "F. Yıldız"),
        (0, None, ""),
    ]
    assert versions[0].made_at is not None
    assert versions[0].made_at.date() == clock.now().date()
    assert [each.shipped for each in versions] == [False, False, True]
    assert in_use(office).number == 2
    assert [each.number for each in list_texts(office, KINDS)] == [2, *[0] * (len(KINDS) - 1)]


def test_an_old_version_and_the_text_as_shipped_come_back_as_new_versions(office: Member) -> None:
    first = change_text(office, draft())
    change_text(office, draft("Wij bellen {eerst}.", base=first.id))
    restored = restore_text(office, KIND, first.id)
    assert text_in_use(KIND) == first.body
    shipped = restore_text(office, KIND, None)
    assert text_in_use(KIND) == text_of(KIND)
    assert [restored.id, shipped.id] == [3, 4]
    assert in_use(office).shipped
    assert LetterText.select().count() == 4
    with pytest.raises(Refused, match="er is niets veranderd"):
        restore_text(office, KIND, None)


def test_a_change_and_a_restoring_are_undone(office: Member) -> None:
    first = change_text(office, draft())
    restore_text(office, KIND, None)
    undo_last(office)
    assert text_in_use(KIND) == first.body
    undo_last(office)
    assert in_use(office).number == 0
    names = [each.name for each in Audit.select().order_by(Audit.id)]
    assert names[-4:] == ["letter text changed", "letter text restored", "undone", "undone"]


def test_only_the_coordinator_may(office: Member) -> None:
    for colleague in (add_member("K. de Boer", "coach", "intake"), add_member("L. Vos", "leader")):
        for forbidden in (
            lambda by: change_text(by, draft()),
            lambda by: restore_text(by, KIND, None),
            lambda by: preview_text(by, KIND, text_of(KIND), "planned", "mevrouw"),
            lambda by: list_texts(by, KINDS),
            lambda by: list_versions(by, KIND),
        ):
            with pytest.raises(Refused):
                forbidden(colleague)
    assert not LetterText.select().exists()


def test_what_would_spoil_a_letter_is_not_stored(office: Member) -> None:
    for spoilt, said in (
        ("Wij bellen {deelnemr}.", "Bedoel je {deelnemer}?"),
        ("Wij bellen {eerst} 汉.", "kunnen niet worden afgedrukt"),
        ("Wij bellen {eerst} " + "en dan nog wel een keer of wat " * 12, "er is plaats voor 4"),
    ):
        with pytest.raises(Refused) as refused:
            change_text(office, draft(spoilt))
        assert said in refused.value.fields["body"]
    with pytest.raises(Refused, match="er is niets veranderd"):
        change_text(office, draft(OLD))
    assert not LetterText.select().exists()


def test_a_version_that_a_colleague_made_meanwhile_is_told_and_stays(office: Member) -> None:
    colleague = add_member("K. de Boer", "coordinator")
    theirs = change_text(colleague, draft("Wij bellen {eerst} even."))
    with pytest.raises(Doubtful, match=r"K\. de Boer"):
        change_text(office, draft())
    change_text(office, draft(sure=True))
    assert theirs.body in [each.body for each in list_versions(office, KIND)]


def test_loose_ends_are_tidied(office: Member) -> None:
    change_text(office, LetterTextDraft(kind=KIND, body="\r\n" + draft().body.replace("\n", "  \r\n") + "\n\n"))
    assert text_in_use(KIND) == draft().body


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", FORMS)
def test_every_text_fits_on_paper_in_every_situation(office: Member, kind: str, form: str) -> None:
    for each in situations(kind, clock.today(), form):
        seen = preview_text(office, kind, text_of(kind), each.key, form)
        assert seen.pdf is not None, (each.key, seen.complaint)
        assert len(seen.left_out) < seen.paragraphs
        flat = reading.flat(seen.pdf)
        assert reading.pages(seen.pdf) == 1
        assert "Voorbeeld" in flat
        assert "Welzijn Dorpstad" in flat
        assert "{" not in flat


def test_the_preview_says_which_paragraphs_stay_out_and_leaves_no_trace(office: Member) -> None:
    lines = Audit.select().count()
    body = text_of(KIND)
    seen = preview_text(office, KIND, body, "planned", "de heer")
    assert "bereikten {deelnemer} nog niet" in " ".join(body.splitlines()[number] for number in seen.left_out)
    assert seen.pdf is not None
    text = reading.flat(seen.pdf)
    assert "Meneer heeft op" in text
    assert "bereikten" not in text
    assert Audit.select().count() == lines


def test_a_preview_of_something_half_typed_says_what_is_wrong_or_shows_it(office: Member) -> None:
    for body in ("", "# ", "{", "# Stand van zaken\n{zzz}", "# Stand van zaken\n" + "lang woord " * 90):
        seen = preview_text(office, KIND, body, "planned", "")
        assert (seen.pdf is None) == bool(seen.complaint)


def test_a_text_that_names_a_reason_to_everybody_is_asked_about(office: Member) -> None:
    body = text_of("arrived").replace("een eerste gesprek met ons", "een eerste gesprek over eenzaamheid met ons")
    with pytest.raises(Doubtful, match="Eenzaamheid"):
        change_text(office, LetterTextDraft(kind="arrived", body=body))
    change_text(office, LetterTextDraft(kind="arrived", body=body, sure=True))
