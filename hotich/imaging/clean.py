"""Clean-up of a page: turn, border, split, deskew, light, each measured with a confidence or set by hand.

All geometry is composed into one homography from the stored picture, which is drawn once: a region on the clean page
goes back to the original exactly, and no pixel is interpolated twice. The original is never changed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from hotich.imaging import border, deskew, light, split, turn
from hotich.imaging.geometry import Frame, Homography, Picture, levelled, moved, stored_frame, turned
from hotich.imaging.recipe import BORDER, DESKEW, LIGHT, SPLIT, TURN, revised, split_by_hand
from hotich.imaging.ruling import remove_ruling
from hotich.imaging.stamp import without_stamp
from hotich.imaging.view import Looker, full_view
from hotich.values import CleanRecipe, Point, StepMode, StepRecord

_A4_LONG_INCHES, _A3_LONG_INCHES = 297.0 / 25.4, 420.0 / 25.4


@dataclass(frozen=True, slots=True)
class PageShape:
    """What the form says of the sheet: width over height when known, and whether a picture may show an open book."""

    aspect: float | None = None
    spread_allowed: bool = False


@dataclass(frozen=True, slots=True)
class CleanPage:
    """The page as a person and the machine look at it.

    `picture` BGR, 8 bits; `to_original` 3 x 3 homography from its pixels to those of the stored picture; `recipe` with
    every step as it was done; `dpi_estimate` from the file, else from the size an A sheet would have, else None.
    """

    picture: Picture
    to_original: Homography
    recipe: CleanRecipe
    dpi_estimate: float | None


@dataclass(slots=True)
class _Work:
    """What the steps of one page hand on to one another."""

    looker: Looker
    frame: Frame
    given: CleanRecipe
    wanted: PageShape
    done: list[StepRecord]


def clean_page(
    picture: Picture,
    recipe: CleanRecipe | None = None,
    *,
    wanted: PageShape,
    exif_turn: int = 0,
    stated_dpi: float | None = None,
) -> CleanPage:
    """The clean page of a picture as stored (`decode`). Steps in the recipe are done as written, the others measured.

    `exif_turn` is the camera's clockwise turn (SourcePage.exif_turn), the start of the turn step; `stated_dpi` the
    resolution in the file (SourcePage.dpi).
    """
    work = _Work(Looker(picture), stored_frame(picture), recipe or CleanRecipe(), wanted, [])
    _turn(work, exif_turn)
    _border(work)
    _split(work)
    _deskew(work)
    clean = full_view(picture, work.frame)
    clean = _light(work, clean)
    return CleanPage(clean, work.frame.to_stored, CleanRecipe(tuple(work.done)), _dpi_of(work.frame, stated_dpi))


def clean_halves(
    picture: Picture, recipe: CleanRecipe | None = None, *, wanted: PageShape, exif_turn: int = 0
) -> tuple[CleanPage, CleanPage]:
    """The left and the right page of a spread, split at the fold of the recipe or of the picture."""
    whole = clean_page(picture, recipe, wanted=PageShape(None, True), exif_turn=exif_turn)
    fold = whole.recipe.step(SPLIT)
    at = _number(fold, "fraction", 0.5)
    left, right = (
        clean_page(picture, revised(whole.recipe, split_by_hand(at, side)), wanted=wanted, exif_turn=exif_turn)
        for side in (split.LEFT, split.RIGHT)
    )
    return left, right


def reading_picture(clean_bgr: Picture, dpi: float = 300.0) -> Picture:
    """The page or a crop for the recogniser: grey, paper evenly light, stamps, ruling, leaders gone, writing kept."""
    return remove_ruling(without_stamp(clean_bgr), dpi=dpi)


def _turn(work: _Work, exif_turn: int) -> None:
    given = work.given.step(TURN)
    if given is None:
        view, _ = work.looker.look(turned(work.frame, exif_turn), turn.LOOK_PX)
        measured = turn.measure_turn(view)
        sure = measured.confidence >= (turn.ENOUGH_TO_OVERTURN if measured.degrees == 180 else turn.ENOUGH)
        more = measured.degrees if sure else 0
        mode = StepMode.AUTO if sure or exif_turn else StepMode.SKIPPED
        given = StepRecord(
            TURN,
            measured.confidence,
            {"degrees": float((exif_turn + more) % 360), "camera": float(exif_turn)},
            mode,
            "" if sure else "clean-turn-unsure",
        )
    work.frame = turned(work.frame, round(_number(given, "degrees", 0.0)))
    work.done.append(given)


def _border(work: _Work) -> None:
    given = work.given.step(BORDER)
    if given is None:
        given = _measured_border(work)
    stored = given.parameters.get("corners")
    if isinstance(stored, tuple) and len(stored) == 8:
        work.frame = border.sheet_frame(work.frame, border.corners_in_frame(stored, work.frame), work.wanted.aspect)
    work.done.append(given)


def _measured_border(work: _Work) -> StepRecord:
    view, factor = work.looker.look(work.frame, border.LOOK_PX)
    found = border.measure_sheet(view, work.wanted.aspect)
    if found.corners is None:
        note = "clean-border-whole" if found.confidence >= border.ENOUGH else "clean-border-unsure"
        return StepRecord(BORDER, found.confidence, {}, StepMode.SKIPPED, note)
    edge = (1.0 / factor - 1.0) / 2.0
    a, b, c, d = (Point(p.x / factor + edge, p.y / factor + edge) for p in found.corners)
    return StepRecord(BORDER, found.confidence, {"corners": border.corners_stored((a, b, c, d), work.frame)})


def _split(work: _Work) -> None:
    given = work.given.step(SPLIT)
    if given is None:
        view, _ = work.looker.look(work.frame, split.LOOK_PX)
        fold = split.measure_gutter(view)
        sure = fold.confidence >= split.ENOUGH
        # Only told: a half is shown when the form or a person asks for it.
        note = "clean-split-found" if sure and not work.wanted.spread_allowed else ""
        parameters = {"fraction": fold.fraction, "side": float(split.BOTH)}
        given = StepRecord(SPLIT, fold.confidence, dict(parameters), StepMode.AUTO if sure else StepMode.SKIPPED, note)
    work.frame = split.half_of(work.frame, _number(given, "fraction", 0.5), round(_number(given, "side", 0.0)))
    work.done.append(given)


def _deskew(work: _Work) -> None:
    given = work.given.step(DESKEW)
    if given is None:
        view, _ = work.looker.look(work.frame, deskew.LOOK_PX)
        skew = deskew.measure_skew(view)
        given = _deskew_decision(skew)
    degrees = _number(given, "degrees", 0.0)
    if given.mode is not StepMode.SKIPPED and degrees:
        work.frame = levelled(work.frame, degrees)
    work.done.append(given)


def _deskew_decision(skew: deskew.SkewMeasure) -> StepRecord:
    parameters: dict[str, float | tuple[float, ...]] = {"degrees": skew.degrees}
    if skew.confidence < deskew.ENOUGH:
        return StepRecord(DESKEW, skew.confidence, parameters, StepMode.SKIPPED, "clean-deskew-unsure")
    if abs(skew.degrees) < deskew.LEAST_DEGREES:
        return StepRecord(DESKEW, skew.confidence, parameters, StepMode.SKIPPED, "clean-deskew-straight")
    return StepRecord(DESKEW, skew.confidence, parameters)


def _light(work: _Work, clean: Picture) -> Picture:
    given = work.given.step(LIGHT)
    if given is None:
        measured = light.measure_light(clean)
        even = measured.unevenness > light.EVEN_RATIO
        parameters: dict[str, float | tuple[float, ...]] = {"even": float(even), "unevenness": measured.unevenness}
        mode, note = (StepMode.AUTO, "") if even else (StepMode.SKIPPED, "clean-light-even")
        given = StepRecord(LIGHT, measured.confidence if even else 1.0 - measured.confidence, parameters, mode, note)
    work.done.append(given)
    return light.even_light(clean) if _number(given, "even", 0.0) else clean


def _number(step: StepRecord | None, name: str, otherwise: float) -> float:
    value = step.parameters.get(name, otherwise) if step is not None else otherwise
    return float(value) if isinstance(value, int | float) else otherwise


def _dpi_of(frame: Frame, stated_dpi: float | None) -> float | None:
    """Dots per inch of the clean page: what the file states, scaled as its middle was, else by the size of A sheets."""
    if stated_dpi is None:
        return _dpi_estimate(frame)
    middle = (frame.width / 2.0, frame.height / 2.0)
    at, beside, below = moved([middle, (middle[0] + 1, middle[1]), (middle[0], middle[1] + 1)], frame.to_stored)
    area = abs((beside.x - at.x) * (below.y - at.y) - (beside.y - at.y) * (below.x - at.x))
    return round(stated_dpi / math.sqrt(max(area, 1e-9)), 1)


def _dpi_estimate(frame: Frame) -> float | None:
    """Dots per inch if the page is an A4 sheet (upright) or an A3 one or two A4 (lying); None for other shapes."""
    longest, shortest = max(frame.width, frame.height), min(frame.width, frame.height)
    if abs(longest / shortest / border.SQRT2 - 1.0) > 0.08:
        return None
    inches = _A3_LONG_INCHES if frame.width > frame.height else _A4_LONG_INCHES
    return round(longest / inches, 1)


def original_points(page: CleanPage, points: list[tuple[float, float]]) -> tuple[Point, ...]:
    """Points of the clean page on the stored picture."""
    return moved(points, page.to_original)
