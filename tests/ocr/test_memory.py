"""Memory of a book: alike crops are found, others are not, and the suggestion says where it comes from."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest
from numpy.typing import NDArray

from hotich.forms.formspec import FieldKind, FieldSpec, Ink, Rect, Zone
from hotich.messages import all_messages
from hotich.normal import NormalContext
from hotich.ocr.engine import Crop, RawReading, Recalled
from hotich.ocr.memory import Memory, Remembered, distance, same_share
from hotich.ocr.suggest import LIKE, suggest, with_memory
from hotich.values import Alternative, Book, Reading, RecordType


def line(seed: int, steps: int = 20, noise: float = 0.0) -> NDArray[np.float32]:
    features = np.random.default_rng(seed).normal(size=(steps, 30))
    return (features + np.random.default_rng(seed + 99).normal(size=features.shape) * noise).astype(np.float32)


def by_table(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    """The same distance, cell by cell."""
    a, b = (each / np.linalg.norm(each, axis=1, keepdims=True) for each in (one, other))
    apart = 1 - a @ b.T
    best = np.full(apart.shape, np.inf)
    for i, j in np.ndindex(*apart.shape):
        ways = [2 * apart[0, 0]] if (i, j) == (0, 0) else []
        ways += [best[i - 1, j] + apart[i, j]] if i else []
        ways += [best[i, j - 1] + apart[i, j]] if j else []
        ways += [best[i - 1, j - 1] + 2 * apart[i, j]] if i and j else []
        best[i, j] = min(ways)
    return float(best[-1, -1] / (len(one) + len(other)))


@pytest.mark.parametrize(("high", "wide"), [(1, 1), (1, 6), (7, 3), (12, 15)])
def test_the_distance_is_that_of_the_whole_table(high: int, wide: int) -> None:
    one, other = line(1, high), line(2, wide)
    assert distance(one, other) == pytest.approx(by_table(one, other), rel=1e-5)
    assert distance(one, other) == pytest.approx(distance(other, one), rel=1e-5)


def test_a_stretched_line_is_near_to_itself() -> None:
    stretched = np.repeat(line(3), 2, axis=0)[:30]
    assert distance(line(3), line(3)) == pytest.approx(0.0, abs=1e-6)
    assert distance(line(3), stretched) < 0.35 * distance(line(3), line(4))


def test_what_is_alike_is_offered_and_nothing_else() -> None:
    memory = Memory([Remembered("nks", f"tên {seed}", line(seed), f"r{seed}") for seed in range(20)])
    (like,) = memory.like("nks", line(7, noise=0.1))
    assert (like.text, like.record_id) == ("tên 7", "r7") and like.share > 0.9
    assert memory.like("nks", line(500)) == () == memory.like("khác", line(7))
    assert memory.like("nks", line(7, steps=60)) == ()


def test_numbers_and_dates_are_never_taken_for_one_another() -> None:
    memory = Memory([Remembered("f", "12", line(1))])
    paper = np.full((10, 10), 255, np.uint8)
    kinds = {kind: memory.knows(Crop("f", kind, Ink.HAND, paper, 200.0)) for kind in FieldKind}
    assert kinds[FieldKind.PERSON_NAME] and kinds[FieldKind.TEXT]
    assert not kinds[FieldKind.DATE] and not kinds[FieldKind.ENTRY_NUMBER] and not kinds[FieldKind.ID_NUMBER]


def test_nearer_is_likelier() -> None:
    shares = [same_share(found) for found in (0.0, 0.1, 0.2, 0.4, 1.0)]
    assert shares == sorted(shares, reverse=True) and shares[0] > 0.95 and shares[-1] < 0.01


READING = Reading("f", "Tân Lặp", "Tân Lặp", 0.4, "e", "1", alternatives=(Alternative("Tân Lập", "Tân Lập", 0.3),))


def test_a_likelier_memory_comes_first_and_the_ink_stays_beside_it() -> None:
    found = with_memory(READING, Alternative("Tân Lập", "Tân Lập", 0.9, LIKE, "r12"))
    assert (found.text, found.reason, found.confidence, found.about) == ("Tân Lập", LIKE, 0.9, "r12")
    assert [way.text for way in found.alternatives] == ["Tân Lặp"]


def test_a_less_likely_memory_is_an_alternative_with_its_reason() -> None:
    sure = Reading("f", "Tân Lặp", "Tân Lặp", 0.8, "e", "1")
    found = with_memory(sure, Alternative("Tân Lập", "Tân Lập", 0.6, LIKE))
    assert (found.text, found.alternatives) == ("Tân Lặp", (Alternative("Tân Lập", "Tân Lập", 0.6, LIKE),))


def test_where_both_agree_only_the_confidence_rises() -> None:
    found = with_memory(READING, Alternative("Tân Lặp", "Tân Lặp", 0.9, LIKE))
    assert (found.text, found.confidence, found.reason) == ("Tân Lặp", 0.9, "ink")
    assert with_memory(READING, Alternative("Tân Lặp", "", 0.1, LIKE)).confidence == 0.4


def test_an_alternative_says_which_record_it_is_like() -> None:
    raw = RawReading("f", "Tân Lặp", 0.9, is_calibrated=True, remembered=(Recalled("Tân Lập", 0.6, "r12"),))
    spec, zone = FieldSpec("f", "Nơi", FieldKind.TEXT), Zone("f", Rect(0.0, 0.0, 10.0, 10.0))
    found = suggest(spec, zone, raw, NormalContext(Book("b", RecordType.BIRTH, 1990, "1", "xã Tân Lập")))
    assert [(way.text, way.reason, way.about) for way in found.alternatives] == [("Tân Lập", LIKE, "r12")]


def test_readings_kept_before_records_were_named_are_still_read() -> None:
    kept = b'{"field_id":"f","text":"A","normal":"A","confidence":0.5,"engine":"e","engine_version":"1",'
    kept += b'"alternatives":[{"text":"B","normal":"B","probability":0.2,"reason":"reading-like-record"}]}'
    found = msgspec.json.decode(kept, type=Reading)
    assert (found.about, found.alternatives[0].about) == ("", "")


def test_the_reason_has_its_sentence() -> None:
    assert {LIKE, f"{LIKE}-number"} <= all_messages().keys()
