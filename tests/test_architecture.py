"""Safety by lint, not by memo: what the layers may know, and what no source file may do."""

import ast
import importlib
import inspect
import pkgutil
import re
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import FunctionType, ModuleType

import pytest

import desktop.actions
import desktop.storage
from desktop.actions.action import ACTIONS, VIEWS, Declared
from desktop.errors import Refused, StorageProblem
from desktop.rules.staff import ALL, NOBODY, Member, require
from desktop.storage.database import OLDEST_ENGINE, QUERIES, check_engine
from desktop.storage.models import RECORDS

HOUSE = Path(__file__).parent.parent
SUBJECTS = ("vouchers", "practices", "activities", "letters", "deeds")
SET_UP = "organisation set up"  # the one action without a role: there is nobody yet
CHECK = "desktop/selfcheck.py"  # says whatever failed, and says it on the console

for package in (desktop.actions, desktop.storage):
    for found in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
        importlib.import_module(found.name)


# ---- layers ----


def test_imports_run_one_way() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=HOUSE, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_starting_the_program_loads_nothing_that_only_letters_and_imports_need() -> None:
    heavy = ("reportlab", "PIL", "xlsxwriter", "pypdf", "psycopg", "psycopg2", "babel", "pytest")
    code = f"import desktop.app, sys; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=HOUSE, capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.returncode) == ("[]", 0), done.stderr


@pytest.mark.parametrize("layer", ["rules", "storage", "actions", "screens"])
def test_a_subject_has_one_name_in_every_layer(layer: str) -> None:
    assert [subject for subject in SUBJECTS if not (HOUSE / "desktop" / layer / f"{subject}.py").is_file()] == []


def test_tests_mirror_the_program() -> None:
    layers = [path for path in (HOUSE / "desktop").iterdir() if (path / "__init__.py").is_file()]
    tests = [path for layer in layers for path in (HOUSE / "tests" / layer.name).glob("test_*.py")]
    assert [str(path) for path in tests if not _mirrored(path).is_file()] == []


def test_widgets_know_no_word_of_welfare_work() -> None:
    words = (
        r"voucher|intake|referr|coach|participant|enrol|huisarts|consent|neighbourhood|deelnemer|verwijz|practitioner"
    )
    pattern = re.compile(rf"(?<![a-z])(?:{words})", re.IGNORECASE)
    assert [
        f"{path.name}: {line.strip()}"
        for path in (HOUSE / "desktop" / "widgets").glob("*.py")
        for line in path.read_text("utf-8").splitlines()
        if pattern.search(line)
    ] == []


def test_each_module_says_first_what_it_is_for() -> None:
    assert [
        name
        for name, tree in _desktop()
        if not (ast.get_docstring(tree) or "").split("\n")[0].endswith((".", ":", "?"))
    ] == []


def test_no_vague_names() -> None:
    vague = re.compile(r"(^|_)(manager|helpers?|utils?|handle|process)(_|$)|(Manager|Helper|Utils?)\b")
    assert [
        f"{name}: {node.name}"
        for name, tree in _desktop()
        for node in ast.walk(tree)
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and vague.search(node.name)
    ] == []
    assert [name for name, _tree in _desktop() if vague.search(Path(name).stem)] == []


def test_nothing_is_put_off_in_a_comment() -> None:
    put_off = re.compile(r"#.*\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")
    assert [
        f"{path}: {line.strip()}"
        for path in _sources("desktop") + _sources("tests")
        for line in path.read_text("utf-8").splitlines()
        if put_off.search(line)
    ] == []


def test_every_exception_to_a_lint_says_why() -> None:
    silent = re.compile(r"# noqa(?!: [A-Z0-9, ]+ (?:- |\()\w)")
    assert [
        f"{path}: {line.strip()}"
        for path in _sources("desktop")
        for line in path.read_text("utf-8").splitlines()
        if silent.search(line)
    ] == []


# ---- doors ----


def test_every_action_says_who_may() -> None:
    assert [name for name, declared in ACTIONS.items() if not declared.may] == [SET_UP]
    assert [name for name, declared in VIEWS.items() if not declared.may] == []
    assert [name for name, may in QUERIES.items() if not may] == []
    assert [name for name, declared in (ACTIONS | VIEWS).items() if not declared.may <= ALL] == []


def test_deeds_and_looks_have_different_names_in_the_log() -> None:
    assert ACTIONS.keys() & VIEWS.keys() == set()


DOORS = [each for each in (*ACTIONS.values(), *VIEWS.values()) if each.name != SET_UP]  # nobody is in an empty file yet


@pytest.mark.parametrize("declared", DOORS, ids=lambda declared: declared.name)
def test_who_is_not_named_is_refused(declared: Declared) -> None:
    """No database is open here: whoever gets past the role fails otherwise."""
    for role in ALL - declared.may:
        with pytest.raises(Refused):
            declared.function(Member(1, "Iemand", frozenset({role})))
    with pytest.raises(Refused):
        declared.function(NOBODY)


def test_what_changes_records_is_behind_the_door_of_an_action() -> None:
    """A public function of a module of actions that saves must be an action, or be called by one."""
    loose = []
    for name, tree in _desktop("actions"):
        functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
        called = {
            node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        for function in functions:
            takes_staff = bool(function.args.args) and function.args.args[0].arg == "by"
            if takes_staff and _saves(function) and not function.decorator_list and function.name not in called:
                loose.append(f"{name}: {function.name}")
    assert loose == []


def test_screens_change_nothing_themselves() -> None:
    changing = ("delete_instance", "insert_many", "execute_sql", "execute", "get_or_create", "bulk_insert")
    assert _calls(changing, "screens", "widgets") == []
    assert _calls(("save", "create"), "screens") == []
    doors = _imports(
        "desktop.storage.changes.deed",
        "desktop.storage.changes.under_way",
        "desktop.storage.database.transaction",
        "desktop.storage.database.database",
    )
    assert [name for name in doors if name.startswith(("desktop/screens/", "desktop/widgets/"))] == []


WITHOUT_ROLE = {
    "desktop.actions.entrance": "nobody is in yet",
    "desktop.actions.backups": "files beside the data; the way back has its own password",
    "desktop.storage.backup": "files beside the data",
    "desktop.storage.folders": "folders of this computer",
    "desktop.storage.office": "what lies in the data folder",
    "desktop.storage.passwords": "makes up words",
    "desktop.storage.recovery": "compares what was typed with the sheet",
    "desktop.actions.exports.as_table": "what is on the screen already, as a file",
    "desktop.actions.exports.check_reason": "pure",
    "desktop.actions.imports.first_row_names": "pure",
    "desktop.actions.letter_content.recipient": "pure: words of a route that was asked for",
    "desktop.actions.letter_looks.count_lines": "pure",
    "desktop.actions.organisation.logo_words": "pure",
    "desktop.actions.organisation.ready_logo": "pure",
    "desktop.actions.retention.forget_forms": "unfinished forms, after the data themselves were destroyed by an action",
    "desktop.actions.wijksafari.fitting": "pure: of the offers that were asked for",
    "desktop.actions.wijksafari.without_room": "pure",
    "desktop.actions.wijksafari.safari_card": "pure",
    "desktop.storage.cases.destination_of": "pure: words of an enrolment that was asked for",
    "desktop.storage.letters.content_of": "pure: the texts of a letter that was asked for",
}
"""What a screen may call though it asks for no role, by module or by function, each with its reason."""
READING = ("select", "get_by_id", "get_or_none", "get_one", "raw")


def test_screens_look_only_through_doors_that_ask_the_role() -> None:
    loose = {
        f"{name}: {function.__module__}.{function.__qualname__}"
        for name, tree in _desktop("screens")
        for function in _functions_of_data(tree)
        if not _asks_role(function)
        and function.__module__ not in WITHOUT_ROLE
        and f"{function.__module__}.{function.__qualname__}" not in WITHOUT_ROLE
    }
    assert loose == set()
    assert [
        f"{name}: {ast.unparse(call.func)}"
        for name, tree in _desktop("screens")
        for _function, call in _calls_in(tree)
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in READING
        and ast.unparse(call.func.value) in {model.__name__ for model in RECORDS}
    ] == []


def test_this_would_notice_a_look_without_a_role() -> None:
    plain = ast.parse(
        "from desktop.storage.story import latest_marks\nfrom desktop.storage import cases\ncases.read_case(1)"
    )
    assert [each.__name__ for each in _functions_of_data(plain)] == ["latest_marks", "read_case"]
    assert not any(_asks_role(each) for each in _functions_of_data(plain))
    asked = ast.parse("from desktop.storage.story import story\nfrom desktop.actions.log import check_log")
    assert all(_asks_role(each) for each in _functions_of_data(asked))


def test_old_engines_are_refused() -> None:
    check_engine()
    with pytest.raises(StorageProblem):
        check_engine((3, 51, 2))
    assert OLDEST_ENGINE > (3, 51, 2)


def test_there_is_no_second_engine_to_fall_back_to() -> None:
    assert _imports("sqlite3", "apsw", "pysqlcipher3") == []


# ---- text, files, network, output ----


def test_text_is_never_taken_for_markup() -> None:
    """Labels are made in parts, which sets plain text; any other label, box or rich editor would sniff for HTML."""
    rich = ("setHtml", "insertHtml", "appendHtml", "toHtml", "setMarkdown", "setWhatsThis")
    assert _calls(rich) == []
    assert (
        _names(("QMessageBox", "QTextEdit", "QTextBrowser", "QErrorMessage", "QToolTip", "RichText", "AutoText")) == []
    )
    labels = [place for place in _made("QLabel") if not place.startswith("desktop/widgets/parts.py")]
    assert labels == []
    assert "setTextFormat(Qt.TextFormat.PlainText)" in (HOUSE / "desktop/widgets/parts.py").read_text("utf-8")


def test_tooltips_hold_only_texts_of_the_program() -> None:
    hinted = [
        f"{name}: {ast.unparse(call)}"
        for name, tree in _desktop("screens")
        for _function, call in _calls_in(tree)
        if _called(call) == "setToolTip" and "_(" not in ast.unparse(call.args[0])
    ]
    assert hinted == []
    assert [place for place in _names(("ToolTipRole",)) if not place.startswith("desktop/widgets/rows.py")] == []


def test_sql_is_never_put_together_from_values() -> None:
    """A statement is a constant, a PRAGMA (which takes no parameters), or says which own name is put in."""
    made = []
    for name, tree in _desktop():
        lines = (HOUSE / name).read_text("utf-8").splitlines()
        for function, call in _calls_in(tree):
            statements = {"execute", "execute_sql", "executemany", "executescript", "SQL"}
            if _called(call) in statements and call.args and not _is_constant_text(call.args[0]):
                said = "\n".join(lines[call.lineno - 1 : call.end_lineno])
                if not re.search(r"# noqa: S608(, RUF100)? - ", said):
                    made.append(f"{name}: {function}: {ast.unparse(call)}")
    assert made == []


def test_files_are_opened_only_where_files_belong() -> None:
    own_files = ("desktop/settings.py", "desktop/language.py", "desktop/technical.py")
    places = ("desktop/storage/", "desktop/exchange/", *own_files, CHECK)
    touching = {"read_bytes", "read_text", "write_bytes", "write_text", "touch", "mkdir", "rmtree", "unlink", "open"}
    assert [
        f"{name}: {ast.unparse(call)}"
        for name, tree in _desktop()
        for _function, call in _calls_in(tree)
        if not name.startswith(places) and _called(call) in touching and _is_file(call)
    ] == []


def test_files_of_the_program_are_found_in_one_way() -> None:
    own = ("desktop/paths.py", "desktop/widgets/crash.py")  # the crash report tells our frames from Qt's
    assert [name for name in _names(("__file__",)) if not name.startswith(own)] == []


def test_no_module_speaks_to_a_network() -> None:
    assert (
        _imports("socket", "ssl", "http", "urllib.request", "requests", "httpx", "ftplib", "smtplib", "asyncio") == []
    )
    assert [place for place in _imports("PySide6.QtNetwork") if place != "desktop/widgets/single.py"] == []


def test_nothing_is_printed_or_logged() -> None:
    assert [place for place in _names(("print",)) if place.endswith(": print") and not place.startswith(CHECK)] == []
    assert _imports("logging") == []


def test_no_temporary_files_with_data() -> None:
    assert [place for place in _imports("tempfile") if place != CHECK] == []
    assert _names(("QTemporaryFile", "QTemporaryDir")) == []


def test_errors_are_caught_narrowly() -> None:
    """Everything may be caught only to put things right and let it pass on."""
    broad = []
    for name, tree in _desktop():
        for node in ast.walk(tree):
            if isinstance(node, ast.ExceptHandler) and name != CHECK and _is_broad(node) and not _excused(name, node):
                broad.append(f"{name}: line {node.lineno}")
    assert broad == []


def test_no_global_window_or_instance_but_the_application() -> None:
    found = [
        f"{name}: {ast.unparse(call.func)}"
        for name, tree in _desktop()
        for _function, call in _calls_in(tree)
        if _called(call) == "instance" and ast.unparse(call.func) != "QApplication.instance"
    ]
    assert found == []
    assert _names(("topLevelWidgets", "activeWindow", "allWidgets"), "screens", "actions", "storage", "rules") == []


def test_nothing_has_a_size_that_larger_text_breaks() -> None:
    fixed = {"setFixedSize", "setFixedWidth", "setFixedHeight", "setMaximumHeight", "setMaximumWidth"}
    assert [
        f"{name}: {function} {ast.unparse(call)}"
        for name, tree in _desktop("screens", "widgets")
        for function, call in _calls_in(tree)
        if _called(call) in fixed and any(isinstance(each, ast.Constant) and each.value for each in call.args)
    ] == []


def test_rules_know_no_clock_or_chance() -> None:
    asked = {"today", "now", "utcnow", "time", "monotonic", "random", "randint", "choice"}
    found = [
        f"{name}: {ast.unparse(call)}"
        for name, tree in _desktop("rules")
        for _function, call in _calls_in(tree)
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in asked
        and ast.unparse(call.func.value)
        in {"date", "datetime", "datetime.date", "datetime.datetime", "time", "random", "clock"}
    ]
    assert found == []


def test_the_clock_is_turned_back_for_nothing_real() -> None:
    found = [name for name, tree in _desktop() for _function, call in _calls_in(tree) if _called(call) == "days_ago"]
    assert set(found) == {"desktop/actions/exercise.py"}


# ---- the tests themselves ----


def test_tests_wait_for_signals_and_never_for_time() -> None:
    waits = re.compile(r"\btime\.sleep\(|\bqtbot\.wait\(|\bqWait\(")
    assert [
        f"{path.name}: {line.strip()}"
        for path in _sources("tests")
        if path.name != Path(__file__).name
        for line in path.read_text("utf-8").splitlines()
        if waits.search(line)
    ] == []


def test_these_scans_would_notice() -> None:
    tree = ast.parse(
        "def bad(x):\n    db.execute(f'SELECT {x}')\n    try:\n        open(x)\n    except Exception:\n        pass\n"
    )
    (_first, sql), (_second, opened) = _calls_in(tree)
    assert not _is_constant_text(sql.args[0])
    assert _called(opened) == "open"
    assert any(_is_broad(node) for node in ast.walk(tree) if isinstance(node, ast.ExceptHandler))


# ---- how it is read ----


@cache
def _sources(top: str) -> tuple[Path, ...]:
    return tuple(sorted((HOUSE / top).rglob("*.py")))


@cache
def _trees() -> tuple[tuple[str, ast.Module], ...]:
    return tuple(
        (path.relative_to(HOUSE).as_posix(), ast.parse(path.read_text("utf-8"))) for path in _sources("desktop")
    )


def _desktop(*layers: str) -> list[tuple[str, ast.Module]]:
    """(path, syntax tree) of the program's sources, or of those of some layers."""
    starts = tuple(f"desktop/{layer}/" for layer in layers) or ("desktop/",)
    return [(name, tree) for name, tree in _trees() if name.startswith(starts)]


def _calls_in(tree: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    """(function around it, call) of every call."""
    for node in ast.iter_child_nodes(tree):
        yield from _below(node, "")


def _below(node: ast.AST, function: str) -> Iterator[tuple[str, ast.Call]]:
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        function = node.name
    if isinstance(node, ast.Call):
        yield function, node
    for child in ast.iter_child_nodes(node):
        yield from _below(child, function)


def _functions_of_data(tree: ast.Module) -> list[FunctionType]:
    """The functions of storage and actions that a screen knows by name, or through their module."""
    modules: dict[str, ModuleType] = {}
    found: list[object] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(("desktop.actions", "desktop.storage")):
            for alias in node.names:
                thing = getattr(importlib.import_module(node.module or ""), alias.name, None)
                found.append(thing)
                if isinstance(thing, ModuleType):
                    modules[alias.asname or alias.name] = thing
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in modules:
            found.append(getattr(modules[node.value.id], node.attr, None))
    return [each for each in found if isinstance(each, FunctionType)]


def _asks_role(function: FunctionType, depth: int = 3) -> bool:
    """Whether it is a door, asks for the role itself, or goes on with `by` through something that does."""
    doors = {id(each.function) for each in (*ACTIONS.values(), *VIEWS.values())}
    if id(function) in doors or f"{function.__module__}.{function.__qualname__}" in QUERIES or function is require:
        return True
    return depth > 0 and any(_asks_role(each, depth - 1) for each in _called_with_staff(function))


def _called_with_staff(function: FunctionType) -> Iterator[FunctionType]:
    """What a function calls with who is signed in as the first argument."""
    known = function.__globals__
    for _name, call in _calls_in(ast.parse(textwrap.dedent(inspect.getsource(function)))):
        if not call.args or ast.unparse(call.args[0]) != "by":
            continue
        where, name = call.func.value if isinstance(call.func, ast.Attribute) else None, _called(call)
        called = getattr(known.get(where.id), name, None) if isinstance(where, ast.Name) else known.get(name)
        if isinstance(called, FunctionType):
            yield called


def _called(call: ast.Call) -> str:
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _calls(names: tuple[str, ...], *layers: str) -> list[str]:
    """Where a method with one of these names is called."""
    return [
        f"{name}: {call.func.attr}"
        for name, tree in _desktop(*layers)
        for _function, call in _calls_in(tree)
        if isinstance(call.func, ast.Attribute) and call.func.attr in names
    ]


def _names(names: tuple[str, ...], *layers: str) -> list[str]:
    """Where one of these names is used at all."""
    return [
        f"{name}: {ast.unparse(node)}"
        for name, tree in _desktop(*layers)
        for node in ast.walk(tree)
        if (isinstance(node, ast.Name) and node.id in names) or (isinstance(node, ast.Attribute) and node.attr in names)
    ]


def _made(kind: str) -> list[str]:
    """Where a thing of this class is made of something (an empty one shows nothing)."""
    return [
        f"{name}: {ast.unparse(call)}"
        for name, tree in _desktop()
        for _function, call in _calls_in(tree)
        if isinstance(call.func, ast.Name) and call.func.id == kind and call.args
    ]


def _imports(*modules: str) -> list[str]:
    """The sources that import one of these modules."""
    found = []
    for name, tree in _desktop():
        for node in ast.walk(tree):
            imported: list[str] = []
            if isinstance(node, ast.Import):
                imported = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                imported = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
            if any(each == module or each.startswith(module + ".") for each in imported for module in modules):
                found.append(name)
    return sorted(set(found))


def _is_constant_text(node: ast.expr) -> bool:
    """A text as it stands in the source, a name that holds one (ruff looks where it is made), or a PRAGMA."""
    if isinstance(node, ast.Constant | ast.Name | ast.Attribute):
        return True
    if isinstance(node, ast.JoinedStr):
        return isinstance(node.values[0], ast.Constant) and str(node.values[0].value).startswith("PRAGMA ")
    if isinstance(node, ast.Call):  # as many marks as there are values
        return bool(re.fullmatch(r"', '\.join\(\['[(?, )]+'\] \* len\(\w+\)\)", ast.unparse(node)))
    if not isinstance(node, ast.BinOp):
        return False
    if isinstance(node.op, ast.Mod):
        return ast.unparse(node.left).startswith("'PRAGMA ")
    return isinstance(node.op, ast.Add) and _is_constant_text(node.left) and _is_constant_text(node.right)


def _is_broad(handler: ast.ExceptHandler) -> bool:
    caught = ast.unparse(handler.type) if handler.type else "BaseException"
    passes_on = any(isinstance(node, ast.Raise) and node.exc is None for node in handler.body)
    return bool(re.search(r"\b(Base)?Exception\b", caught)) and not passes_on


def _is_file(call: ast.Call) -> bool:
    """Whether a file is meant: not a page that is opened, nor data of the program read by its name."""
    if isinstance(call.func, ast.Name):
        return call.func.id == "open"
    of = ast.unparse(call.func.value) if isinstance(call.func, ast.Attribute) else ""
    if of.startswith("resource(") or of in {"folder / NAMES", "(folder / NAMES)"}:
        return False
    return _called(call) != "open" or (
        bool(call.args) and ast.unparse(call.args[0]).strip("'") in {"rb", "wb", "r", "w"}
    )


def _excused(name: str, handler: ast.ExceptHandler) -> bool:
    """Whether the line says why everything is caught here."""
    return "# noqa: BLE001 - " in (HOUSE / name).read_text("utf-8").splitlines()[handler.lineno - 1]


def _saves(function: ast.FunctionDef) -> bool:
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"save", "delete_instance"}
        for node in ast.walk(function)
    )


def _mirrored(test: Path) -> Path:
    return HOUSE / "desktop" / test.parent.name / test.name.removeprefix("test_")
