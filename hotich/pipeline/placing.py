"""A page is made ready to be read: decoded, cleaned, its form found and laid on it. Nothing is written here."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import msgspec

from hotich.forms.formspec import FormSpec
from hotich.forms.loader import load_catalogue
from hotich.imaging.clean import CleanPage, PageShape, clean_page
from hotich.imaging.formfind import rank_forms
from hotich.imaging.grid import find_lines
from hotich.imaging.quality import quality
from hotich.imaging.rasters import decode
from hotich.imaging.registration import PageFit, register, register_by_corners
from hotich.pipeline.engines import FindWords
from hotich.pipeline.lookup import book_of
from hotich.pipeline.tuning import settings_of
from hotich.store import PageRow, Workspace
from hotich.values import Book, CleanRecipe, Quad, StepMode, Word

DEFAULT_DPI = 200.0
"""Taken for a page whose size on paper nobody knows."""


class PageWish(msgspec.Struct, frozen=True):
    """What a person said of a page before it is read; what is left open is found by measuring.

    `corners` are the form's corners on the original picture, clicked by a person.
    """

    form_id: str = ""
    recipe: CleanRecipe | None = None
    corners: Quad | None = None


NO_WISH = PageWish()


class Stopwatch:
    """Seconds by step."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Adds what passes inside to the step of that name."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - start


@dataclass(frozen=True, slots=True)
class ReadyPage:
    """A page ready to be read. Without `fit` a person has to say more; `notes` are message keys of what."""

    row: PageRow
    book: Book
    page: CleanPage
    form: FormSpec | None
    fit: PageFit | None
    notes: tuple[str, ...] = ()
    watch: Stopwatch = field(default_factory=Stopwatch)


def make_ready(workspace: Workspace, row: PageRow, find_words: FindWords, wish: PageWish = NO_WISH) -> ReadyPage:
    """The page cleaned and with its form laid on it. May run beside the reading of another page.

    Raises InputError for a picture that cannot be decoded and EngineError when no words could be looked for.
    """
    watch = Stopwatch()
    book = book_of(workspace, row.book_id)
    with watch.step("decode"):
        picture = decode(workspace.original(row.page.file_sha256), row.page.frame)
    with watch.step("clean"):
        recipe = wish.recipe or _by_hand(row.recipe)
        page = clean_page(picture, recipe, wanted=PageShape(), exif_turn=row.page.exif_turn, stated_dpi=row.page.dpi)
    with watch.step("register"):
        plain = _is_plain(book, wish)
        words = find_words(page.picture, page.dpi_estimate or DEFAULT_DPI) if not plain else ()
        form, note = _form_of(workspace, book, page, words, wish) if not plain else (None, "reading-plain-form")
        fit = _fit(workspace, row, page, form, words, wish) if form is not None else None
    if form is not None and fit is None:
        note = "reading-page-does-not-fit"
    told = (note,) if note else ()
    return ReadyPage(row, book, page, form, fit, told + quality(page.picture).verdict_keys, watch)


def _is_plain(book: Book, wish: PageWish) -> bool:
    """Whether the page is keyed on a plain form, of which nothing can be found on it."""
    catalogue = load_catalogue()
    named = wish.form_id or book.form_id
    if named:
        return catalogue.forms[named].is_plain
    return all(form.is_plain for form in catalogue.forms_for(book.record_type))


def _by_hand(recipe: CleanRecipe | None) -> CleanRecipe | None:
    """The steps of a recipe that a person set; the others are measured again."""
    if recipe is None:
        return None
    return CleanRecipe(tuple(step for step in recipe.steps if step.mode is StepMode.MANUAL))


def _form_of(
    workspace: Workspace, book: Book, page: CleanPage, words: Sequence[Word], wish: PageWish
) -> tuple[FormSpec | None, str]:
    """The form that a person named, or the one that the page shows; else the note that a person has to say it."""
    catalogue = load_catalogue()
    named = wish.form_id or book.form_id
    if named:
        return catalogue.forms[named], ""
    guesses = rank_forms(words, find_lines(page.picture), catalogue.forms_for(book.record_type))
    if not guesses or guesses[0].confidence < settings_of(workspace).form_found_above:
        return None, "reading-form-not-found"
    return catalogue.forms[guesses[0].form_id], ""


def _fit(
    workspace: Workspace, row: PageRow, page: CleanPage, form: FormSpec, words: Sequence[Word], wish: PageWish
) -> PageFit | None:
    """How the form lies on the page; None when it does not lie there well enough to be trusted."""
    if wish.corners is not None:
        return register_by_corners(page, form, wish.corners, page_id=row.page.page_id)
    settings = settings_of(workspace)
    fit = register(page, form, words, page_id=row.page.page_id)
    trusted = fit.residual_mm <= settings.residual_mm_at_most and fit.confidence >= settings.form_found_above
    return fit if trusted else None
