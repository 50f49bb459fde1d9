"""A form that was half typed when the program was killed comes back to its writer."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from desktop.rules.exercise import PASSWORD, SIGN_IN_NAME
from desktop.settings import Settings
from tests.drive import running
from tests.test_lock import MARK, sign_in

TYPIST = """
import sys
from pathlib import Path
from PySide6.QtTest import QTest
import desktop.widgets
from desktop.actions.letters import write_letter
from desktop.app import Program, make_application
from desktop.settings import Settings
from desktop.widgets.editors import TextEditor
from tests.drive import running
application = make_application([], Settings.in_memory())
with running(Path(sys.argv[1]), "exercise", Settings.in_memory()) as staff:
    page = staff.program.open("new_voucher")
    field = page.findChildren(TextEditor)[0].focus_widget()
    QTest.keyClicks(field, "Zwaluwstaartje")
    session = staff.program.entered.session
    staff.wait(lambda: session.forms.find(session.member_uid))
    sys.stdout.write("kept\\n")
    sys.stdout.flush()
    staff.wait(lambda: False)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_what_was_typed_survives_a_kill(tmp_path: Path, qapp: QApplication) -> None:
    command = [sys.executable, "-c", TYPIST, str(tmp_path)]
    around: dict[str, Any] = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=around) as typist:
        assert typist.stdout is not None
        assert typist.stdout.readline() == "kept\n"
        typist.send_signal(signal.SIGKILL)
    with running(tmp_path, "exercise", Settings.in_memory()) as staff:
        sign_in(staff, SIGN_IN_NAME, PASSWORD)
        (left,) = staff.program.left_unfinished()
        staff.program.resume(left)
        assert any(MARK in text for text in staff.words())
