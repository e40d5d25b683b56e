"""Quality marks of a page picture: plain measured values for the page list, and what they mean for a person."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from hotich.imaging.geometry import Picture
from hotich.imaging.light import paper_brightness
from hotich.imaging.view import reduced

SHARP_ENOUGH = 0.22
CONTRAST_ENOUGH = 0.25
GLARE_SHARE = 0.01
DARK_EDGE_SHARE = 0.25
FEWEST_PIXELS = 1_000_000
"""An A4 page below this has fewer than 100 dots per inch."""

_LOOK_PX = 2400


@dataclass(frozen=True, slots=True)
class PageQuality:
    """Measured values of one picture.

    `sharpness`: steepest change of brightness from pixel to pixel on ink edges over the height of those edges, 0-1.
    `contrast`: how much darker ink is than its paper, 0-1. `glare`: share of the page blown out to white in patches.
    `dark_edges`: share of the rim that is nearly black. `verdict_keys`: message keys of what a person should know.
    """

    sharpness: float
    contrast: float
    glare: float
    dark_edges: float
    verdict_keys: tuple[str, ...]


def quality(picture: Picture) -> PageQuality:
    """The quality marks of a BGR or grey picture of a page."""
    small, _ = reduced(picture, _LOOK_PX)
    grey = small if small.ndim == 2 else np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), np.uint8)
    contrast, blank = _contrast(grey)
    sharpness, glare, dark_edges = _sharpness(grey), _glare(grey), _dark_edges(grey)
    verdicts = _verdicts(sharpness, contrast, glare, dark_edges)
    if picture.shape[0] * picture.shape[1] < FEWEST_PIXELS:
        verdicts += ("quality-small",)
    if blank:
        verdicts = ("quality-blank",)
    return PageQuality(round(sharpness, 3), round(contrast, 3), round(glare, 3), round(dark_edges, 3), verdicts)


def _verdicts(sharpness: float, contrast: float, glare: float, dark_edges: float) -> tuple[str, ...]:
    told = (
        ("quality-blurred", sharpness < SHARP_ENOUGH),
        ("quality-faint", contrast < CONTRAST_ENOUGH),
        ("quality-glare", glare > GLARE_SHARE),
        ("quality-dark-edges", dark_edges > DARK_EDGE_SHARE),
    )
    return tuple(key for key, holds in told if holds)


def _sharpness(grey: Picture) -> float:
    """The middle value, over the strongest edges, of one pixel's step over the whole step around it."""
    softened = cv2.GaussianBlur(grey, (0, 0), 0.8).astype(np.int16)
    step = np.abs(np.diff(softened, axis=1))
    high = cv2.dilate(grey, np.ones((1, 9), np.uint8)).astype(np.int16)
    low = cv2.erode(grey, np.ones((1, 9), np.uint8)).astype(np.int16)
    whole = (high - low)[:, :-1]
    edges = whole > max(24.0, float(np.percentile(whole, 97)) * 0.6)
    if edges.sum() < 200:
        return 0.0
    steepest = cv2.dilate(step.astype(np.uint8), np.ones((1, 9), np.uint8))
    return float(np.median(steepest[edges] / whole[edges]))


def _contrast(grey: Picture) -> tuple[float, bool]:
    """How much darker the darker half of the ink is than its paper, and whether there is no ink to speak of."""
    paper = paper_brightness(grey)
    wide = cv2.resize(paper, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    depth = 1.0 - grey / np.maximum(wide, 1.0)
    rim_y, rim_x = grey.shape[0] // 25 + 1, grey.shape[1] // 25 + 1
    inner = depth[rim_y:-rim_y, rim_x:-rim_x]
    ink = inner[inner > 0.12]
    if ink.size < 0.0008 * inner.size:
        return 0.0, True
    return float(np.percentile(ink, 75)), False


def _glare(grey: Picture) -> float:
    """Share of the page in patches blown out to white that are clearly brighter than the paper at large."""
    usual = float(np.percentile(grey, 60))
    if usual > 247.0:
        return 0.0
    burnt = ((grey >= 253) & (usual < 240.0)).astype(np.uint8)
    side = max(9, max(grey.shape) // 150)
    return float(cv2.morphologyEx(burnt, cv2.MORPH_OPEN, np.ones((side, side), np.uint8)).mean())


def _dark_edges(grey: Picture) -> float:
    depth = max(2, min(grey.shape) // 100)
    rim = np.concatenate([part.ravel() for part in (grey[:depth], grey[-depth:], grey[:, :depth], grey[:, -depth:])])
    return float((rim < 60).mean())
