"""The page on the screen: where things lie, zoom, corners and boxes."""

import math

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPolygonF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from hotich.ui.presenters.picture_setup import PictureSetup
from hotich.ui.qtimage import to_qimage
from hotich.ui.widgets.page_geometry import PageGeometry, clockwise
from hotich.ui.widgets.picture_item import PictureItem
from hotich.ui.widgets.picture_tone import toned
from hotich.ui.widgets.scan_view import ScanView
from hotich.values import IDENTITY, Point, Quad
from tests.ui.keyboard import press

QUAD = Quad(Point(100, 200), Point(300, 200), Point(300, 240), Point(100, 240))
HALF = ((2.0, 0.0, 0.0), (0.0, 2.0, 0.0), (0.0, 0.0, 1.0))
"""A picture shown at half size: each of its pixels is two of the original."""
TURNED = ((0.0, 1.0, 0.0), (-1.0, 0.0, 999.0), (0.0, 0.0, 1.0))
"""A picture shown turned by a quarter: its x runs up the original."""


def image(width: int, height: int) -> QImage:
    return to_qimage(np.full((height, width, 3), 220, np.uint8))


@pytest.fixture
def view(qtbot):
    made = ScanView("Ảnh trang")
    qtbot.addWidget(made)
    made.resize(700, 600)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.show_picture(image(800, 1000), IDENTITY, same_page=False)
    return made


def close(one: QPointF, other: tuple[float, float]) -> bool:
    return math.dist((one.x(), one.y()), other) < 0.6


@pytest.mark.parametrize(("matrix", "size"), [(IDENTITY, (800, 1000)), (HALF, (400, 500)), (TURNED, (1000, 800))])
def test_a_quad_goes_to_the_scene_and_back(matrix, size):
    geometry = PageGeometry.of(matrix, *size)
    back = geometry.quad([geometry.polygon(QUAD).at(place) for place in range(4)])
    for one, other in zip(back.points, QUAD.points, strict=True):
        assert math.dist(one, other) < 0.2


def test_a_small_picture_of_a_page_lies_where_the_whole_one_will():
    small, whole = PageGeometry.of(HALF, 400, 500), PageGeometry.of(IDENTITY, 800, 1000)
    assert small.rect == whole.rect
    assert small.polygon(QUAD).boundingRect() == whole.polygon(QUAD).boundingRect()


def test_corners_are_put_in_order_however_they_were_set():
    points = [QPointF(x, y) for x, y in ((10, 90), (95, 5), (5, 10), (90, 95))]
    ordered = [(p.x(), p.y()) for p in clockwise(points)]
    assert ordered == [(5, 10), (95, 5), (90, 95), (10, 90)]


def test_the_field_comes_into_sight_with_its_row(view):
    view.show_region(QUAD)
    shown = view.mapToScene(view.viewport().rect()).boundingRect()
    assert shown.contains(QRectF(100, 200, 200, 40))
    assert shown.width() > 250 and view.scale_now > 1


def test_a_zoom_that_somebody_chose_is_left_alone(view):
    view.zoom(2)
    chosen = view.scale_now
    view.show_region(QUAD)
    assert view.pinned and view.scale_now == pytest.approx(chosen)
    view.follow()
    assert not view.pinned and view.scale_now != pytest.approx(chosen)


def test_the_finer_picture_changes_nothing_on_the_screen(view):
    view.show_picture(image(400, 500), HALF, same_page=False)
    view.show_region(QUAD)
    before = view.scale_now, view.mapFromScene(QPointF(200, 220))
    view.show_picture(image(800, 1000), IDENTITY, same_page=True)
    assert (view.scale_now, view.mapFromScene(QPointF(200, 220))) == before


def test_four_corners_by_keyboard(view, qtbot):
    got = []
    view.corners_set.connect(got.append)
    view.mark_corners()
    press("Right", 5)
    press("Shift+Down")
    press("Return", 4)
    assert len(got) == 1 and view.tool is None
    assert got[0].top_left == Point(60, 90) and got[0].bottom_right == Point(760, 950)


def test_four_corners_by_mouse_in_any_order(view):
    got = []
    view.corners_set.connect(got.append)
    view.mark_corners()
    for x, y in ((700, 900), (100, 100), (100, 900), (700, 100)):
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.mapFromScene(QPointF(x, y)))
    corners = [(p.x, p.y) for p in got[0].points]
    for found, true in zip(corners, ((100, 100), (700, 100), (700, 900), (100, 900)), strict=True):
        assert math.dist(found, true) < 4


def test_a_corner_is_taken_back(view):
    view.mark_corners()
    press("Return", 2)
    press("Backspace")
    assert len(view.tool.points) == 1


def test_escape_gives_up_without_a_word(view, qtbot):
    with qtbot.assertNotEmitted(view.corners_set), qtbot.waitSignal(view.tool_ended):
        view.mark_corners()
        press("Return")
        press("Esc")
    assert view.tool is None


def test_a_box_is_moved_and_sized_by_arrows(view):
    got = []
    view.box_set.connect(got.append)
    view.move_box(QUAD)
    press("Left", 2)
    press("Shift+Right", 3)
    press("Return")
    assert got[0].bounds == (92, 200, 304, 240)


def test_a_box_cannot_vanish(view):
    got = []
    view.box_set.connect(got.append)
    view.move_box(QUAD)
    press("Shift+Up", 50)
    press("Return")
    left, top, right, bottom = got[0].bounds
    assert bottom - top >= 4 and right - left == 200


def test_marks_are_painted_over_the_page(view):
    before = view.grab().toImage()
    view.show_region(QUAD)
    view.show_boxes([QUAD])
    assert view.grab().toImage() != before


def test_without_a_page_nothing_breaks(view):
    view.clear()
    view.show_region(QUAD)
    view.mark_corners()
    view.move_box(QUAD)
    assert view.tool is None and view.polygon(QUAD) == QPolygonF()


def test_thin_strokes_survive_when_the_page_is_shown_small():
    pixels = np.full((1600, 1600, 3), 255, np.uint8)
    pixels[:, ::8] = 0
    item = PictureItem(to_qimage(pixels))
    level = item._level(0.2)
    grey = [level.pixelColor(x, 100).red() for x in range(100, 140)]
    assert level.width() == 400 and max(grey) - min(grey) < 90


def centre_pixel(view: ScanView) -> int:
    grabbed = view.viewport().grab().toImage()
    return grabbed.pixelColor(grabbed.width() // 2, grabbed.height() // 2).red()


def test_inverted_the_paper_is_dark_and_the_file_untouched(view):
    before = centre_pixel(view)
    view.show_setup(PictureSetup(inverted=True))
    assert centre_pixel(view) < 60 < before
    view.show_setup(PictureSetup())
    assert centre_pixel(view) == before


def test_contrast_spreads_the_greys():
    grey = np.full((40, 40, 3), 120, np.uint8)
    grey[:, :30] = 180
    image = to_qimage(grey)
    strong = toned(image, 2, False)
    difference = strong.pixelColor(5, 5).red() - strong.pixelColor(35, 5).red()
    assert difference > image.pixelColor(5, 5).red() - image.pixelColor(35, 5).red()
    assert toned(image, 0, False) is image


def test_a_turned_page_keeps_the_field_in_the_middle_and_the_zoom_that_was_chosen(view):
    view.pin(2.0)
    view.show_region(QUAD)
    view.show_setup(PictureSetup(turns=1))
    assert view.scale_now == pytest.approx(2.0)
    middle = view.mapToScene(view.viewport().rect().center())
    assert math.dist((middle.x(), middle.y()), (200, 220)) < 120
    view.show_setup(PictureSetup(turns=0))
    assert view.transform().m12() == pytest.approx(0, abs=1e-9)


def test_the_ruler_can_be_taken_off(view):
    view.pin(1.0)
    view.show_region(QUAD)

    def beside_the_box() -> QColor:
        place = view.mapFromScene(QPointF(350, 220))
        return view.viewport().grab().toImage().pixelColor(place)

    with_ruler = beside_the_box()
    view.show_setup(PictureSetup(ruler=False))
    assert with_ruler.blue() < beside_the_box().blue()


def test_the_crop_is_the_piece_of_the_picture_that_holds_the_field(view):
    crop = view.crop(QUAD)
    assert crop is not None and 200 <= crop.width() <= 240 and 40 <= crop.height() <= 80
    view.show_picture(image(400, 500), HALF, same_page=True)
    half = view.crop(QUAD)
    assert half is not None and abs(half.width() * 2 - crop.width()) <= 4
    view.clear()
    assert view.crop(QUAD) is None


def test_the_lens_lies_where_the_field_is_not(view):
    view.show_setup(PictureSetup(lens=True))
    view.show_region(QUAD)
    lens = view._lens
    assert lens.isVisible() and not lens.pixmap().isNull()
    field = view.mapFromScene(view.polygon(QUAD).boundingRect().center())
    assert not lens.geometry().contains(field)
    view.show_region(None)
    assert not lens.isVisible()


def test_a_long_line_of_writing_is_enlarged_in_two_parts(view):
    lens = view._lens
    lens.show_field(image(1200, 40), at_top=True)
    long_one = lens.pixmap().height()
    lens.show_field(image(300, 40), at_top=True)
    assert long_one > 40 and lens.geometry().top() == 0


def test_the_page_is_fitted_to_the_view_and_not_to_what_its_bars_leave(view, monkeypatch):
    """To fit the page to the room that a bar leaves may take the bar away again, and so on for ever."""
    view.show_region(QUAD)
    settled = []
    monkeypatch.setattr(view, "_settle", lambda: settled.append(view.size()))
    view.resize(360, 702)
    QApplication.processEvents()
    assert settled == [view.size()]
    view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    QApplication.processEvents()
    view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
    QApplication.processEvents()
    assert len(settled) == 1
