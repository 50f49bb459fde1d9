"""The list of pages names what the rooms really have."""

from importlib import import_module

import pytest

from desktop.screens.pages import PAGES, ROOMS


@pytest.mark.parametrize("room", ROOMS)
def test_every_page_of_a_room_is_listed_and_no_other(room: str) -> None:
    assert set(ROOMS[room].split()) == set(import_module(f"desktop.screens.{room}").PAGES)


def test_no_name_stands_for_two_pages() -> None:
    assert len(PAGES) == sum(len(names.split()) for names in ROOMS.values())
