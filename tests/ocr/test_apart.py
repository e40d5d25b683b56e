"""Native libraries in processes of their own."""

import os
import threading

import numpy as np
import pytest

from hotich.errors import EngineError
from hotich.forms.formspec import FieldKind, Ink
from hotich.ocr.apart import Apart, EngineApart, HandwritingApart, WordsApart
from hotich.ocr.engine import Crop, checked, recogniser
from hotich.ocr.handwriting_engine import MODEL_FOLDER, HandwritingEngine
from tests.ocr.drawn_crops import written


def counting():
    """Answers with how often it was asked; dies, fails or says who it is when told to."""
    asked = [0]

    def answer(what):
        asked[0] += 1
        if what == "die":
            os._exit(9)
        if what == "fail":
            raise EngineError("reading-words-failed", detail="thử")
        if what == "wonder":
            raise ValueError("Nguyễn Văn Bí Mật")
        return os.getpid() if what == "who" else asked[0]

    return answer


@pytest.fixture
def apart():
    apart = Apart("thử", "tests.ocr.test_apart", "counting")
    yield apart
    apart.close()


def test_it_answers_in_another_process_and_keeps_it(apart):
    assert [apart.ask("count"), apart.ask("count")] == [1, 2]
    assert apart.ask("who") != os.getpid()


def test_a_death_costs_one_question(apart):
    before = apart.ask("who")
    with pytest.raises(EngineError) as died:
        apart.ask("die")
    assert died.value.key == "reading-engine-died"
    assert apart.ask("count") == 1
    assert apart.ask("who") != before


def test_what_goes_wrong_there_is_told_here_without_what_stands_on_the_page(apart):
    with pytest.raises(EngineError) as refused:
        apart.ask("fail")
    assert (refused.value.key, refused.value.facts) == ("reading-words-failed", {"detail": "thử"})
    with pytest.raises(EngineError) as failed:
        apart.ask("wonder")
    assert "Bí Mật" not in str(failed.value)
    assert apart.ask("count") == 3


def test_several_threads_get_their_own_answers(apart):
    found = []
    threads = [threading.Thread(target=lambda: found.append(apart.ask("count"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == list(range(1, 9))


def crop(text, ink=Ink.HAND):
    return Crop("f", FieldKind.TEXT, ink, written(text), 200.0)


def test_the_recogniser_of_handwriting_reads_the_same_apart():
    apart = HandwritingApart(MODEL_FOLDER)
    try:
        crops = [crop("Nguyễn Văn An"), crop("12/03/1984")]
        assert apart.read(crops) == HandwritingEngine().read(crops)
    finally:
        apart.close()


def test_tesseract_reads_the_same_apart():
    apart = EngineApart("tesserocr")
    try:
        crops = [crop("Nguyễn Văn An", Ink.PRINT)]
        here = recogniser("tesserocr")
        assert checked(apart).read(crops) == checked(here).read(crops)
        assert apart.version == here.version
    finally:
        apart.close()


def test_words_of_a_page_are_found_apart():
    words = WordsApart()
    try:
        page = np.full((400, 1100), 238, np.uint8)
        line = written("GIẤY KHAI SINH")
        page[100 : 100 + line.shape[0], 100 : 100 + line.shape[1]] = line
        assert any("SINH" in word.text for word in words(page, 200.0))
    finally:
        words.close()
