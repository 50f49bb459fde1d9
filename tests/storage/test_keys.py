"""Who gets in and who does not: passwords, colleagues, the recovery sheet, waiting after wrong tries."""

import json
import random
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import Refused, StorageProblem
from desktop.storage import keys, manifest, passwords
from desktop.storage.keys import Opened, add_member, change_password, create, open_with_recovery, sign_in
from desktop.storage.manifest import NewerFormat, read_manifest
from desktop.storage.passwords import Cost, calibrate, check_password, one_time_password
from desktop.storage.recovery import confirm_recovery, read_recovery, recovery_groups

CHEAP = Cost(memory_kib=64, passes=1, lanes=1)
PASSWORD = "fietsen langs de vaart"
OTHER = "een kopje thee erbij"
MORNING = datetime(2026, 11, 6, 9, 0, tzinfo=UTC)


@pytest.fixture
def made(tmp_path: Path) -> tuple[Opened, tuple[str, ...]]:
    return create(tmp_path, "office", "uid-fatma", "Fatma Çelik", PASSWORD, CHEAP)


@pytest.fixture
def opened(made: tuple[Opened, tuple[str, ...]]) -> Opened:
    return made[0]


@pytest.fixture
def sheet(made: tuple[Opened, tuple[str, ...]]) -> tuple[str, ...]:
    return made[1]


# ---- signing in ----


@pytest.mark.parametrize("name", ["Fatma Çelik", "fatma çelik", "  FATMA   ÇELIK "])
def test_coordinator_signs_in_however_the_name_is_typed(name: str, opened: Opened) -> None:
    again = sign_in(opened.folder, name, PASSWORD)

    assert again.data_key == opened.data_key
    assert again.member_uid == "uid-fatma"
    assert again.database == opened.database
    assert not again.must_change_password


def test_accented_password_may_come_from_another_keyboard(tmp_path: Path) -> None:
    made, _sheet = create(tmp_path, "office", "uid", "Jan", "cafe\u0301 op de hoek", CHEAP)

    assert sign_in(tmp_path, "Jan", "café op de hoek").data_key == made.data_key


def test_unknown_name_and_wrong_password_get_the_same_words(opened: Opened) -> None:
    wrong_password = complaint(lambda: sign_in(opened.folder, "fatma çelik", OTHER, MORNING))
    wrong_name = complaint(lambda: sign_in(opened.folder, "jan", PASSWORD, MORNING + timedelta(hours=1)))

    assert wrong_password.message == wrong_name.message
    assert wrong_password.fields == wrong_name.fields == {}


def test_unknown_name_costs_as_much_work_as_a_wrong_password(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    work: list[Cost] = []

    def counted(password: str, salt: bytes, cost: Cost) -> bytes:
        work.append(cost)
        return passwords.password_key(password, salt, cost)

    monkeypatch.setattr(keys, "password_key", counted)
    complaint(lambda: sign_in(opened.folder, "fatma çelik", OTHER, MORNING))
    complaint(lambda: sign_in(opened.folder, "jan", OTHER, MORNING + timedelta(hours=1)))

    assert work == [CHEAP, CHEAP]


def test_wrong_tries_wait_one_two_four_up_to_sixty_seconds_also_after_a_restart(opened: Opened) -> None:
    moment, waits = MORNING, []
    for _try in range(9):
        complaint(lambda: sign_in(opened.folder, "fatma çelik", OTHER, moment))  # noqa: B023 - called at once
        waits.append(keys.seconds_to_wait(opened.folder, moment))
        moment += timedelta(seconds=waits[-1])

    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_right_password_waits_too_and_then_hands_over_the_wrong_tries(opened: Opened) -> None:
    for later in (0, 10):
        complaint(lambda: sign_in(opened.folder, "jan", OTHER, MORNING + timedelta(seconds=later)))  # noqa: B023
    too_soon = complaint(lambda: sign_in(opened.folder, "fatma çelik", PASSWORD, MORNING + timedelta(seconds=11)))

    again = sign_in(opened.folder, "fatma çelik", PASSWORD, MORNING + timedelta(seconds=12))

    assert "1" in too_soon.message
    assert again.failed is not None
    assert (again.failed.count, again.failed.first_at) == (2, MORNING)
    assert again.failed.last_at == MORNING + timedelta(seconds=10)
    keys.failed_sign_ins_logged(opened.folder)
    assert sign_in(opened.folder, "fatma çelik", PASSWORD).failed is None


def test_clock_put_back_a_year_makes_nobody_wait_a_year(opened: Opened) -> None:
    complaint(lambda: sign_in(opened.folder, "jan", OTHER, MORNING))
    last_year = MORNING - timedelta(days=365)

    complaint(lambda: sign_in(opened.folder, "fatma çelik", PASSWORD, last_year))

    assert sign_in(opened.folder, "fatma çelik", PASSWORD, last_year + timedelta(seconds=1))


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{", b'{"waiting": 1}', b'{"waiting":1,"unlogged":1,"first":1,"last":1e99}']
)
def test_damaged_count_of_wrong_tries_keeps_nobody_out(content: bytes, opened: Opened) -> None:
    (opened.folder / "sign-in.json").write_bytes(content)

    assert sign_in(opened.folder, "fatma çelik", PASSWORD).failed is None


# ---- colleagues ----


def test_colleague_comes_in_with_a_password_for_one_time_and_chooses_another(opened: Opened) -> None:
    once = one_time_password()
    add_member(opened.folder, opened, "uid-jan", "jan", once)
    first = sign_in(opened.folder, "Jan", once)

    changed = change_password(opened.folder, first, "Jan", once, OTHER)

    assert first.must_change_password
    assert not changed.must_change_password
    assert sign_in(opened.folder, "jan", OTHER).data_key == opened.data_key
    assert sign_in(opened.folder, "fatma çelik", PASSWORD).member_uid == "uid-fatma"
    complaint(lambda: sign_in(opened.folder, "jan", once))


def test_changed_password_leaves_no_old_pair_that_opens_the_new_manifest(opened: Opened) -> None:
    before = read_manifest(opened.folder).slots[0]
    change_password(opened.folder, opened, "fatma çelik", PASSWORD, OTHER)
    after = read_manifest(opened.folder).slots[0]

    assert after.public != before.public
    assert after.version == before.version + 1


def test_password_changes_only_with_the_present_one(opened: Opened) -> None:
    refused = complaint(lambda: change_password(opened.folder, opened, "fatma çelik", OTHER, "nog een goede zin"))
    same = complaint(lambda: change_password(opened.folder, opened, "fatma çelik", PASSWORD, PASSWORD))
    weak = complaint(lambda: change_password(opened.folder, opened, "fatma çelik", PASSWORD, "kort"))

    assert set(refused.fields) == {"password"}
    assert set(same.fields) == set(weak.fields) == {"new_password"}


def test_two_colleagues_cannot_sign_in_with_one_name(opened: Opened) -> None:
    taken = complaint(lambda: add_member(opened.folder, opened, "uid-2", "FATMA çelik", OTHER))
    twice = complaint(lambda: add_member(opened.folder, opened, "uid-fatma", "anders", OTHER))
    empty = complaint(lambda: add_member(opened.folder, opened, "uid-2", "  ", OTHER))

    assert set(taken.fields) == set(empty.fields) == {"sign_in_name"}
    assert twice.message


def test_leaver_no_longer_gets_in_but_the_last_one_stays(opened: Opened) -> None:
    add_member(opened.folder, opened, "uid-jan", "jan", OTHER)
    keys.remove_member(opened.folder, opened, "uid-jan")

    complaint(lambda: sign_in(opened.folder, "jan", OTHER, MORNING))
    last = complaint(lambda: keys.remove_member(opened.folder, opened, "uid-fatma"))

    assert last.message
    assert keys.members(opened.folder) == {"uid-fatma"}


def test_forgotten_password_of_a_colleague_is_replaced(opened: Opened) -> None:
    add_member(opened.folder, opened, "uid-jan", "jan", OTHER)
    keys.reset_password(opened.folder, opened, "uid-jan", "jan", "een heel andere zin")

    assert sign_in(opened.folder, "jan", "een heel andere zin").must_change_password
    complaint(lambda: sign_in(opened.folder, "jan", OTHER))


def test_someone_with_keys_of_other_data_changes_nothing(opened: Opened, tmp_path: Path) -> None:
    other, _sheet = create(tmp_path / "other", "office", "uid", "jan", PASSWORD, CHEAP)

    complaint(lambda: add_member(opened.folder, other, "uid-2", "piet", OTHER))

    assert keys.members(opened.folder) == {"uid-fatma"}


# ---- what is on disk ----


def test_manifest_names_nobody_and_holds_no_key(opened: Opened, sheet: tuple[str, ...]) -> None:
    add_member(opened.folder, opened, "uid-jan", "Jan Marker", OTHER)
    text = (opened.folder / "manifest.json").read_text("utf-8").lower()

    for secret in (
        "fatma ç",
        "marker",
        PASSWORD,
        OTHER,
        opened.data_key.hex(),
        *(group.lower() for group in sheet),
    ):
        assert secret not in text


def test_keys_do_not_show_when_printed(opened: Opened) -> None:
    assert opened.data_key.hex() not in repr(opened)
    assert repr(opened.data_key) not in repr(opened)


def test_slot_of_other_data_or_another_person_opens_nothing(opened: Opened, tmp_path: Path) -> None:
    mine = read_manifest(opened.folder)
    moved = replace(mine, slots=(replace(mine.slots[0], member="uid-jan"),))
    older = replace(mine, slots=(replace(mine.slots[0], version=7),))
    elsewhere = replace(mine, purpose="exercise")

    for changed in (moved, older, elsewhere):
        complaint(lambda: keys.unlock(changed, "fatma çelik", PASSWORD))  # noqa: B023 - called at once


def test_every_flipped_bit_of_the_manifest_is_noticed_or_harmless(opened: Opened) -> None:
    path = opened.folder / "manifest.json"
    whole, chance = path.read_bytes(), random.Random(11)
    right = read_manifest(opened.folder)
    for _flip in range(300):
        place = chance.randrange(len(whole) * 8)
        damaged = bytearray(whole)
        damaged[place // 8] ^= 1 << place % 8
        assert read_or_none(bytes(damaged)) in (right, None)


def test_manifest_of_a_newer_program_is_left_alone(opened: Opened) -> None:
    path = opened.folder / "manifest.json"
    newer = json.dumps({**json.loads(path.read_text()), "format": 99, "extra": 1})
    path.write_text(newer)

    with pytest.raises(NewerFormat):
        sign_in(opened.folder, "fatma çelik", PASSWORD)
    assert path.read_text() == newer


def test_data_that_are_there_are_never_replaced_by_new_ones(opened: Opened) -> None:
    complaint(lambda: create(opened.folder, "office", "uid", "jan", PASSWORD, CHEAP))
    (opened.folder / "manifest.json").unlink()
    opened.database.write_bytes(b"the data")
    complaint(lambda: create(opened.folder, "office", "uid", "jan", PASSWORD, CHEAP))

    assert opened.database.read_bytes() == b"the data"


def test_interrupted_set_up_can_be_done_again(tmp_path: Path) -> None:
    def breaks(opened: Opened) -> None:
        opened.database.write_bytes(b"half")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        create(tmp_path, "office", "uid", "jan", PASSWORD, CHEAP, breaks)

    made, _sheet = create(tmp_path, "office", "uid", "jan", PASSWORD, CHEAP, lambda made: made.database.touch())

    assert [path.name for path in tmp_path.glob("*.db")] == [made.database.name]
    assert sign_in(tmp_path, "jan", PASSWORD).data_key == made.data_key


CHANGER = """
import sys
from pathlib import Path
from desktop.storage.keys import add_member, sign_in
folder = Path(sys.argv[1])
opened = sign_in(folder, "jan", sys.argv[2])
for number in range(1, 1000):
    add_member(folder, opened, f"uid-{number}", f"colleague {number}", sys.argv[2])
    sys.stdout.write(f"{number}\\n")
    sys.stdout.flush()
"""


@pytest.mark.parametrize("after", [1, 5, 20, 45])
def test_killed_program_leaves_a_manifest_that_opens(after: int, tmp_path: Path) -> None:
    create(tmp_path, "office", "uid", "jan", PASSWORD, CHEAP)
    command = [sys.executable, "-c", CHANGER, str(tmp_path), PASSWORD]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        said = [int(line) for _n, line in zip(range(after), program.stdout, strict=False)]
        program.kill()
        said += [int(line) for line in program.stdout if line.endswith("\n")]

    assert len(keys.members(tmp_path)) - 1 in (said[-1], said[-1] + 1)
    assert sign_in(tmp_path, f"colleague {said[-1]}", PASSWORD)


# ---- the recovery sheet ----


def test_sheet_opens_the_data_and_gives_a_new_password(opened: Opened, sheet: tuple[str, ...]) -> None:
    holder = open_with_recovery(opened.folder, " ".join(sheet))

    keys.set_new_password_after_recovery(opened.folder, holder, "uid-fatma", "fatma çelik", OTHER)

    assert holder.data_key == opened.data_key
    assert holder.member_uid == ""
    assert sign_in(opened.folder, "fatma çelik", OTHER).data_key == opened.data_key
    complaint(lambda: sign_in(opened.folder, "fatma çelik", PASSWORD))


def test_old_sheet_opens_nothing_after_a_new_one_was_made(opened: Opened, sheet: tuple[str, ...]) -> None:
    fresh = keys.renew_recovery(opened.folder, opened)

    assert set(complaint(lambda: open_with_recovery(opened.folder, " ".join(sheet))).fields) == {"recovery"}
    assert open_with_recovery(opened.folder, " ".join(fresh)).data_key == opened.data_key


def test_sheet_has_eight_groups_of_five_without_letters_that_look_alike(sheet: tuple[str, ...]) -> None:
    assert [len(group) for group in sheet] == [5] * 8
    assert not set("".join(sheet)) & set("OILU")


@given(st.binary(min_size=20, max_size=20))
def test_sheet_can_be_typed_back_in_any_dress(secret: bytes) -> None:
    groups = recovery_groups(secret)

    for typed in (
        " ".join(groups),
        "-".join(groups).lower(),
        "".join(groups),
        "\n".join(groups).replace("0", "o").replace("1", "l"),
    ):
        assert read_recovery(typed) == secret


@given(st.binary(min_size=20, max_size=20), st.integers(0, 7), st.integers(0, 4), st.data())
def test_each_single_slip_is_located(secret: bytes, group: int, place: int, data: st.DataObject) -> None:
    groups = list(recovery_groups(secret))
    right = groups[group][place]
    slip = data.draw(st.sampled_from([letter for letter in "0123456789ABCDEFGHJKMNPQRSTVWXYZU*" if letter != right]))
    groups[group] = groups[group][:place] + slip + groups[group][place + 1 :]

    with pytest.raises(Refused) as refused:
        read_recovery("".join(groups) if slip != "*" else " ".join(groups))

    assert str(group + 1) in refused.value.fields["recovery"] or slip == "*"


def test_swapped_groups_and_missing_characters_are_pointed_out(sheet: tuple[str, ...]) -> None:
    swapped = [sheet[1], sheet[0], *sheet[2:]]
    short = [*sheet[:4], sheet[4][:3], *sheet[5:]]

    assert "1, 2" in complaint(lambda: read_recovery(" ".join(swapped))).fields["recovery"]
    assert "5" in complaint(lambda: read_recovery(" ".join(short))).fields["recovery"]
    assert "39" in complaint(lambda: read_recovery("".join(sheet)[:-1])).fields["recovery"]
    assert "0" in complaint(lambda: read_recovery("")).fields["recovery"]


def test_typing_the_printed_sheet_back_is_checked_group_by_group(sheet: tuple[str, ...]) -> None:
    other = recovery_groups(bytes(20))
    confirm_recovery(sheet, " ".join(sheet).lower())

    assert "8" in complaint(lambda: confirm_recovery(sheet, " ".join([*sheet[:7], other[7]]))).fields["recovery"]


@given(st.text(max_size=60))
def test_anything_typed_as_sheet_is_refused_calmly(typed: str) -> None:
    with pytest.raises(Refused) as refused:
        read_recovery(typed)
    assert refused.value.fields["recovery"]


# ---- passwords ----


@pytest.mark.parametrize(
    "password",
    [
        "kort",
        "welkom123456",
        "Wachtwoord2026!",
        "123456789012",
        "qwertyuiopas",
        "aaaaaaaaaaaa",
        "abababababab",
    ],
)
def test_short_and_common_passwords_are_refused(password: str) -> None:
    assert set(complaint(lambda: check_password(password)).fields) == {"password"}


@pytest.mark.parametrize("password", ["WelzijnDorpstad1", "dorpstad-welzijn", "Fatma-Celik-2026", "fatmacelik12"])
def test_own_name_and_the_organisations_make_no_password(password: str) -> None:
    complaint(lambda: check_password(password, "Stichting Welzijn Dorpstad", "Fatma Celik"))


@pytest.mark.parametrize("password", [PASSWORD, "Kx7#mQ2!vLp9", "welkom in onze tuin", "vier regenjassen 12"])
def test_a_few_words_make_a_good_password(password: str) -> None:
    check_password(password, "Stichting Welzijn Dorpstad", "Fatma Celik")


def test_password_for_one_time_is_good_enough_and_never_the_same() -> None:
    found = {one_time_password() for _n in range(20)}

    assert len(found) == 20
    for password in found:
        check_password(password)


@pytest.mark.parametrize(
    ("seconds", "cost"),
    [
        (0.7, Cost(128 * 1024, 3, 4)),
        (0.1, Cost(128 * 1024, 16, 4)),
        (0.3, Cost(128 * 1024, 6, 4)),
        (3.0, Cost(64 * 1024, 3, 4)),
    ],
)
def test_work_per_guess_suits_the_computer_and_keeps_its_floor(seconds: float, cost: Cost) -> None:
    assert calibrate(lambda _cost: seconds) == cost


def read_or_none(content: bytes) -> manifest.Manifest | None:
    try:
        return manifest.parse_manifest(content)
    except StorageProblem:
        return None


def complaint(deed: Callable[[], object]) -> Refused:
    with pytest.raises(Refused) as refused:
        deed()
    assert PASSWORD not in str(refused.value)
    assert OTHER not in str(refused.value)
    return refused.value
