"""The form of a page is named first, with a confidence that falls when the page could be something else."""

import pytest

from hotich.forms.formspec import FormSpec
from hotich.forms.loader import load_catalogue
from hotich.imaging.anchors import form_words
from hotich.imaging.formfind import rank_forms
from hotich.imaging.grid import PageLines, find_lines
from hotich.messages import sentence
from hotich.values import RecordType, Word
from tests.imaging.drawn_forms import Bend, draw_page
from tests.imaging.test_anchors import MATRIX, seen

CATALOGUE = load_catalogue()


def candidates(record_type: RecordType) -> list[FormSpec]:
    return [form for form in CATALOGUE.printed.values() if form.record_type is record_type]


def words_on(form: FormSpec, every: int = 1) -> list[Word]:
    """Every so many-th printed word of the form."""
    return [seen(word, MATRIX) for word in form_words(form)[::every]]


def empty_page(form: FormSpec) -> PageLines:
    return PageLines(round(5.2 * form.page_width), round(5.2 * form.page_height), (), ())


@pytest.mark.parametrize("form_id", sorted(CATALOGUE.printed))
def test_every_form_is_known_by_half_of_its_words(form_id: str) -> None:
    form = CATALOGUE.forms[form_id]
    first, second, *_ = rank_forms(words_on(form, 2), empty_page(form), candidates(form.record_type))
    assert first.form_id == form_id
    assert first.confidence > 0.6 > second.confidence


@pytest.mark.parametrize("form_id", ["KS-1961", "KT-1961", "KS-2006"])
def test_lines_alone_tell_a_ledger_from_a_single_page(form_id: str) -> None:
    form = CATALOGUE.forms[form_id]
    lines = find_lines(draw_page(form, (0,), Bend(stretch=1.008), dpi=110.0).picture)
    ranked = rank_forms((), lines, candidates(form.record_type))
    assert ranked[0].form_id == form_id
    assert "form-by-lines" in ranked[0].reasons and "form-by-words" not in ranked[0].reasons


def test_a_page_of_nothing_known_gives_little_confidence() -> None:
    forms = candidates(RecordType.BIRTH)
    unknown = ("mot", "trang", "giay", "nao", "do")
    words = [Word(text, 100.0 * k, 50.0, 100.0 * k + 80.0, 70.0, 0.9) for k, text in enumerate(unknown)]
    ranked = rank_forms(words, PageLines(1000, 1000, (), ()), forms)
    assert len(ranked) == len(forms)
    assert all(guess.confidence < 0.4 for guess in ranked)


def test_no_candidates_no_guesses() -> None:
    assert rank_forms((), PageLines(100, 100, (), ()), ()) == ()


def test_every_reason_has_its_sentence() -> None:
    form = CATALOGUE.forms["KS-2006"]
    guess = rank_forms(words_on(form), empty_page(form), [form])[0]
    assert guess.reasons
    assert all(sentence(reason) != reason for reason in guess.reasons)
