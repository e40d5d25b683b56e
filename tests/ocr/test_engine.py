import pickle

import numpy as np
import pytest

from hotich.errors import EngineError, SetupError
from hotich.forms.formspec import FieldKind, Ink
from hotich.messages import explain
from hotich.ocr.engine import Crop, RawReading, Recogniser, checked, engine_names, recogniser
from hotich.text import ACCENTED, nfc
from tests.doubles import engines as doubles
from tests.ocr.drawn_crops import crop


def two_crops() -> list[Crop]:
    white = np.full((40, 120), 240, np.uint8)
    return [Crop(name, FieldKind.TEXT, Ink.HAND, white, 200.0) for name in ("so", "nksHoTen")]


BREACHES = {
    "crashing": doubles.crashing(),
    "control letters": doubles.saying("Lan\x00\x07"),
    "half letters": doubles.saying("Lan\ud800"),
    "enormous": doubles.saying("a" * 1_000_000),
    "no text": doubles.Answering(lambda one: RawReading(one.field_id, None, 0.9)),  # type: ignore[arg-type]
    "not a number": doubles.unsure_of_itself(float("nan")),
    "endless confidence": doubles.unsure_of_itself(float("inf")),
    "percent": doubles.unsure_of_itself(95.0),
    "letter not a number": doubles.unsure_of_letters(float("nan")),
    "too many": doubles.MisCounting(1),
    "too few": doubles.MisCounting(-1),
    "shuffled": doubles.Shuffling(),
    "nothing": doubles.Silent(),
}


@pytest.mark.parametrize("breach", BREACHES)
def test_every_breach_of_the_contract_is_an_engine_error(breach: str) -> None:
    with pytest.raises(EngineError) as caught:
        checked(BREACHES[breach]).read(two_crops())
    assert "Đề nghị" in explain(caught.value) or "đề nghị" in explain(caught.value)


def test_what_stands_on_the_page_is_not_in_the_error() -> None:
    with pytest.raises(EngineError) as caught:
        checked(doubles.crashing()).read(two_crops())
    assert "Bí Mật" not in str(caught.value) + explain(caught.value)


def test_decomposed_letters_come_out_composed() -> None:
    import unicodedata

    text = unicodedata.normalize("NFD", "".join(ACCENTED))
    (reading, _) = checked(doubles.saying(text)).read(two_crops())
    assert reading.text == nfc(text) == "".join(ACCENTED)


def test_a_slow_engine_is_waited_for() -> None:
    assert [r.text for r in checked(doubles.slow(0.02)).read(two_crops())] == ["Lan", "Lan"]


def test_an_empty_reading_is_lawful() -> None:
    assert checked(doubles.saying("", 0.0)).read(two_crops())[0].text == ""
    assert checked(doubles.saying("x")).read([]) == ()


def test_checking_twice_is_checking_once() -> None:
    once = checked(doubles.saying("x"))
    assert checked(once) is once
    assert (once.name, once.version) == ("double", "1")


def test_unknown_engines_are_told_with_the_known_ones() -> None:
    with pytest.raises(SetupError) as caught:
        recogniser("abbyy")
    told = explain(caught.value)
    assert "abbyy" in told
    assert all(name in told for name in engine_names())


def test_an_engine_that_is_not_installed_is_a_setup_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(SetupError) as caught:
        recogniser("pytesseract")
    assert "tesserocr" in explain(caught.value)


def test_crops_and_readings_can_be_sent_to_another_process() -> None:
    one = crop("Lan")
    again = pickle.loads(pickle.dumps(one))
    assert again.field_id == one.field_id and np.array_equal(again.picture, one.picture)
    reading = RawReading("so", "1", 0.5)
    assert pickle.loads(pickle.dumps(reading)) == reading


def test_the_blank_engine_reads_nothing() -> None:
    assert recogniser("blank").read(two_crops()) == (RawReading("so"), RawReading("nksHoTen"))


@pytest.fixture(scope="module")
def tesserocr() -> Recogniser:
    return checked(recogniser("tesserocr"))


PRINTED = [
    ("Nguyễn Thị Hồng Đào", FieldKind.PERSON_NAME),
    ("15/03/1982", FieldKind.DATE),
    ("Một nghìn chín mươi mốt", FieldKind.DATE_WORDS),
    ("huyện Ý Yên, tỉnh Ninh Bình", FieldKind.PLACE),
    ("036182004517", FieldKind.ID_NUMBER),
    ("05/2004", FieldKind.ENTRY_NUMBER),
    ("27", FieldKind.PAGE_NUMBER),
]


@pytest.mark.parametrize("dpi", [150.0, 200.0, 300.0])
@pytest.mark.parametrize(("text", "kind"), PRINTED)
def test_print_is_read_letter_by_letter(tesserocr: Recogniser, text: str, kind: FieldKind, dpi: float) -> None:
    drawn = crop(text, kind, dpi, width=round(5.5 * dpi), height=round(0.35 * dpi))
    (reading,) = tesserocr.read([drawn])
    assert reading.text == text
    assert reading.confidence > 0.8
    assert "".join(symbol.text for symbol in reading.symbols) == text.replace(" ", "")


def test_print_on_two_lines_keeps_its_lines(tesserocr: Recogniser) -> None:
    upper, lower = (crop(text, width=700, height=70).picture for text in ("huyện Ý Yên", "tỉnh Ninh Bình"))
    both = Crop("nksNoiSinh", FieldKind.PLACE, Ink.PRINT, np.vstack([upper, lower]), 200.0)
    assert tesserocr.read([both])[0].text == "huyện Ý Yên\ntỉnh Ninh Bình"


@pytest.mark.parametrize("shape", [(1, 1), (3, 400), (400, 3), (60, 300)])
def test_empty_and_odd_crops_never_raise(tesserocr: Recogniser, shape: tuple[int, int]) -> None:
    for level in (0, 128, 255):
        empty = Crop("so", FieldKind.TEXT, Ink.HAND, np.full(shape, level, np.uint8), 200.0)
        assert tesserocr.read([empty])[0].text == ""


def test_noise_never_raises(tesserocr: Recogniser) -> None:
    noise = np.random.default_rng(1).integers(0, 256, (80, 300), dtype=np.uint8)
    tesserocr.read([Crop("so", FieldKind.TEXT, Ink.HAND, noise, 200.0)])


def test_a_model_that_is_missing_is_an_engine_error(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    from hotich.ocr import tesserocr_engine

    monkeypatch.setattr(tesserocr_engine, "MODEL_FOLDER", tmp_path)
    with pytest.raises(EngineError):
        tesserocr_engine.TesserocrEngine().read([crop("Lan")])


def test_the_program_reads_like_the_library() -> None:
    try:
        engine = recogniser("pytesseract")
    except SetupError as missing:
        pytest.skip(f"no tesseract program with the Vietnamese model here: {missing.key}")
    assert checked(engine).read([crop("15/03/1982", FieldKind.DATE)])[0].text == "15/03/1982"
