"""Pictures of pages: the first one at once, the next page's ready before it is asked for."""

from __future__ import annotations

import numpy as np
import pytest

from hotich.pipeline.pictures import PagePicture
from hotich.ui.presenters.pictures import FIRST_PAINT, PictureCache, PictureFeed
from hotich.values import IDENTITY


class Wall:
    """Remembers which pictures were put up."""

    def __init__(self) -> None:
        self.shown: list[tuple[str, bool]] = []
        self.taken_down = 0

    def await_picture(self) -> None:
        self.taken_down += 1

    def show_picture(self, page_id: str, picture: PagePicture, cleaned: bool, final: bool) -> None:
        self.shown.append((page_id, cleaned))


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.fixture
def feed(desk, wall) -> PictureFeed:
    return PictureFeed(desk, wall)


@pytest.fixture
def pages(workspace, desk, records) -> list[str]:
    return [row.page.page_id for row in workspace.pages(desk.book_id)]


@pytest.fixture
def orders(shell, monkeypatch) -> list[bool]:
    """Whether each order for a picture was patient."""
    made: list[bool] = []
    real = shell.fetch

    def fetch(work, done, *, patient=False):
        made.append(patient)
        return real(work, done)

    monkeypatch.setattr(shell, "fetch", fetch)
    return made


def picture(side: int) -> PagePicture:
    return PagePicture(np.zeros((side, side, 3), np.uint8), IDENTITY)


def test_a_prepared_page_needs_no_further_order(feed, wall, pages, orders):
    feed.show(pages[0])
    feed.prepare(pages[1])
    assert orders == [False, True]
    feed.show(pages[1])
    assert wall.shown == [(pages[0], False), (pages[1], False)] and orders == [False, True]


def test_the_page_in_hand_and_a_ready_one_are_not_prepared_again(feed, pages, orders):
    feed.show(pages[0])
    feed.prepare(pages[0])
    feed.prepare(pages[1])
    feed.prepare(pages[1])
    feed.prepare("")
    assert orders == [False, True]


def test_the_cleaned_picture_is_another_one(feed, wall, pages, orders):
    feed.show(pages[0])
    feed.prepare(pages[1])
    feed.toggle()
    feed.show(pages[1])
    assert wall.shown[-1] == (pages[1], True) and orders == [False, True, False, False]


def test_the_way_back_is_ready_too(feed, wall, pages, orders):
    for page_id in (pages[0], pages[1], pages[0]):
        feed.show(page_id)
    assert [page_id for page_id, _ in wall.shown] == [pages[0], pages[1], pages[0]] and orders == [False, False]


def test_the_oldest_pictures_make_room():
    cache = PictureCache(room=3 * 10 * 10 * 2)
    for name in "abc":
        cache.put((name, False, FIRST_PAINT), picture(10))
    assert cache.get(("a", False, FIRST_PAINT)) is None and cache.get(("c", False, FIRST_PAINT)) is not None
    cache.put(("huge", False, FIRST_PAINT), picture(100))
    assert cache.get(("huge", False, FIRST_PAINT)) is not None and cache.get(("c", False, FIRST_PAINT)) is None
