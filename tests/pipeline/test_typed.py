"""Pages that were typed are told from pages that were written."""

import numpy as np
import pytest

from hotich.errors import EngineError
from hotich.forms.formspec import FieldKind, Ink
from hotich.ocr.engine import Crop, recogniser
from hotich.pipeline.typed import typed
from tests.ocr.drawn_crops import PAPER, crop
from tests.ocr.test_handwriting_engine import hand_fields

PRINT = ("Nguyễn Thị Hường", "Trần Văn Đức", "Việt Nam", "12/03/2017", "Thôn Đoài, xã Yên Trạch", "Kinh")


class BrokenEngine:
    """Fails whenever it is asked, as an engine without its model does."""

    name, version = "broken", "1"

    def read(self, crops):
        raise EngineError("reading-engine-failed", name=self.name, detail="broken")


@pytest.fixture(scope="module")
def printed():
    return recogniser("tesserocr")


@pytest.fixture(scope="module")
def written():
    fields = list(hand_fields("ks-1984-yen-trach", 30))
    return [Crop(str(number), FieldKind.TEXT, Ink.HAND, picture, 200.0) for number, (_, picture) in enumerate(fields)]


def test_a_typed_page_is_typed(printed):
    crops = [crop(text) for text in PRINT]
    assert len(typed(crops, printed)) >= len(crops) - 1


def test_a_written_page_is_not_typed_at_all(printed, written):
    assert typed(written, printed) == frozenset()


def test_print_is_found_beside_a_note_by_hand(printed, written):
    crops = [*(crop(text) for text in PRINT), min(written, key=lambda one: one.picture.shape[1])]
    assert len(typed(crops, printed) & set(range(len(PRINT)))) >= len(PRINT) - 1


def test_no_crops_and_blank_crops(printed):
    blank = Crop("blank", FieldKind.TEXT, Ink.HAND, np.full((50, 300), PAPER, np.uint8), 200.0)
    assert typed([], printed) == frozenset()
    assert typed([blank], printed) == frozenset()


def test_an_engine_that_fails_finds_no_print():
    assert typed([crop("Việt Nam")], BrokenEngine()) == frozenset()
