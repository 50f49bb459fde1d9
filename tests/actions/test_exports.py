"""A list leaves only with a reason, and the log keeps it."""

from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from desktop.actions.exports import ExportDraft, as_table, export_list
from desktop.errors import Refused
from desktop.rules.staff import Member
from desktop.storage.changes import Audit
from desktop.storage.models import Export
from tests.factory import add_member


def test_without_a_reason_nothing_leaves(office: Member) -> None:
    for reason in ("", "   ", "x", "voor 123456782"):
        with pytest.raises(Refused) as refused:
            export_list(office, ExportDraft(what="Deelnemers", reason=reason, lines=3))
        assert "reason" in refused.value.fields
    assert Export.select().count() == 0


def test_the_reason_is_kept_and_the_log_has_a_line_without_contents(office: Member) -> None:
    export_list(office, ExportDraft(what="Deelnemers", reason="uitnodiging buurtfeest", lines=3))
    kept = Export.get()
    assert (kept.what, kept.reason, kept.lines, kept.staff_id) == ("Deelnemers", "uitnodiging buurtfeest", 3, office.id)
    assert Audit.select().order_by(Audit.id.desc()).get().name == "list exported"


def test_a_leader_takes_no_list_along(office: Member) -> None:
    with pytest.raises(Refused):
        export_list(add_member("L. Groot", "leader"), ExportDraft(what="Deelnemers", reason="zomaar eens", lines=1))


def test_a_cell_that_looks_like_a_formula_is_text() -> None:
    book = CalamineWorkbook.from_filelike(BytesIO(as_table("Deelnemers", ["Naam"], [["=1+1"], ["+31612345678"]])))
    assert book.get_sheet_by_index(0).to_python() == [["Naam"], ["=1+1"], ["+31612345678"]]
