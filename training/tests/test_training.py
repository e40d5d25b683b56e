"""Tests of the training; they need torch, onnx and rapidocr, and are run by hand: python -m pytest training/tests

The faces come from the folder in HOTICH_FACES (made by `python -m training.faces FOLDER`); tests that draw are skipped
without it.
"""

from __future__ import annotations

import os
import random
import tomllib
from collections import Counter
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch

from bench.handwriting import drawn
from hotich.ocr.handwriting_lines import network_input
from hotich.syllables import looks_vietnamese_syllable
from training import train, tune
from training.alphabet import CLASSES, LETTERS, classes_of, text_of, writable
from training.base import LAST_BIAS, LAST_WEIGHT, Base, Eye, Trunk
from training.blend import blend
from training.cache import COMMON, MARKS, Seen, synthetic
from training.export import calibration_error, fitted_curve
from training.faces import Faces
from training.graph import whole_graph
from training.hands import HEIGHT, write_lines
from training.lines import LONG_WILL, WILL, WILLS_HELD_OUT, held_out_hands, read_lines
from training.marks import Marks, syllables, tone_place
from training.measure import score
from training.network import Reader
from training.others import first_network
from training.sheet import Drawer, Line, habit
from training.stage import START, Stage
from training.train import batch_of
from training.vocabulary import Vocabulary, held_out

RECIPES = Path(__file__).parents[1] / "recipes"
SIXTEEN_BITS = 0.3
"""What weights kept in sixteen bits may change in a log probability."""

LINE = np.random.default_rng(3).integers(90, 255, (48, 400)).astype(np.uint8)


@pytest.fixture(scope="module")
def base():
    return Base()


@pytest.fixture(scope="module")
def reader(base):
    return Reader(base, 0.0).eval()


def whole_first_network(base, line):
    session = onnxruntime.InferenceSession(str(base.path), providers=["CPUExecutionProvider"])
    return session.run(None, {session.get_inputs()[0].name: network_input(line)})[0][0]


def seen_by(base, line, text="a"):
    return Seen(Trunk(base).features(line), text, "")


def test_the_reader_begins_where_the_first_network_stands(base, reader):
    rows, present = batch_of([seen_by(base, LINE)])
    with torch.no_grad():
        features = reader.features(rows, present)[0].numpy()
    logits = features @ base.weights[LAST_WEIGHT] + base.weights[LAST_BIAS]
    shares = np.exp(logits - logits.max(1, keepdims=True))
    shares /= shares.sum(1, keepdims=True)
    # Half precision of the cached features is what remains between them.
    assert abs(shares - whole_first_network(base, LINE)).max() < 0.02


def test_padding_changes_nothing(base, reader):
    short, long = seen_by(base, LINE[:, :200]), seen_by(base, LINE)
    with torch.no_grad():
        alone = reader(*batch_of([short]))[0]
        together = reader(*batch_of([short, long]))[0][: len(short.features)]
    assert torch.allclose(alone, together, atol=1e-4)


@pytest.mark.parametrize("with_marks", [True, False])
def test_the_exported_graph_reads_as_the_reader_does(base, with_marks):
    torch.manual_seed(1)
    reader = Reader(base, 0.0, with_marks).eval()
    for parameter in reader.parameters():
        parameter.data += 0.01 * torch.randn_like(parameter)
    model = whole_graph(base, [reader])
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    logs, features = session.run(["logs", "features"], {"x": network_input(LINE)})
    rows, present = batch_of([seen_by(base, LINE)])
    with torch.no_grad():
        assert abs(reader(rows, present).numpy() - logs).max() < SIXTEEN_BITS
        assert abs(reader.features(rows, present).numpy() - features).max() < SIXTEEN_BITS


def test_readers_behind_one_trunk_vote(base):
    torch.manual_seed(2)
    readers = [Reader(base, 0.0).eval() for _ in range(2)]
    for reader in readers:
        for parameter in reader.parameters():
            parameter.data += 0.01 * torch.randn_like(parameter)
    both = whole_graph(base, readers).SerializeToString()
    session = onnxruntime.InferenceSession(both, providers=["CPUExecutionProvider"])
    logs, features = session.run(["logs", "features"], {"x": network_input(LINE)})
    rows, present = batch_of([seen_by(base, LINE)])
    with torch.no_grad():
        mean = torch.stack([reader(rows, present) for reader in readers]).mean(0)
        assert abs(torch.log_softmax(mean, -1).numpy() - logs).max() < SIXTEEN_BITS
        assert abs(readers[0].features(rows, present).numpy() - features).max() < SIXTEEN_BITS
    assert len(both) < 1.3 * len(whole_graph(base, readers[:1]).SerializeToString())


def test_the_stage_is_the_end_of_the_trunk(base):
    stage = Stage(base).eval()
    with torch.no_grad():
        mine = stage(torch.from_numpy(Eye(base, START).see(LINE)[None]))[0].numpy()
    assert abs(mine - Eye(base, base.trunk_name).see(LINE)).max() < 1e-3


def test_a_tuned_stage_goes_into_the_graph(base, reader):
    stage = Stage(base)
    with torch.no_grad():
        for parameter in stage.parameters():
            parameter.mul_(1.01)
        mine = stage(torch.from_numpy(Eye(base, START).see(LINE)[None]))[0].numpy()
    theirs = Eye(base, base.trunk_name, stage.graph_with(base)).see(LINE)
    assert abs(mine - theirs).max() < 1e-2
    assert len(whole_graph(base, [reader], stage.graph_with(base)).SerializeToString()) < 15e6


def test_a_blend_lies_between():
    first, second = ({"weight": torch.full((2,), value)} for value in (1.0, 3.0))
    assert blend(first, second, 0.25)["weight"].tolist() == [1.5, 1.5]
    assert blend(first, second, 0.0)["weight"].tolist() == [1.0, 1.0]


def test_letters_go_there_and_back():
    assert len(LETTERS) + 1 == CLASSES
    path = [step for one in classes_of("Nguyễn Thị Đậu, 27A") for step in (one, 0)]
    assert text_of(path) == "Nguyễn Thị Đậu, 27A"


@pytest.mark.parametrize(("text", "mine"), [("reçu à Noël", "recu à Noel"), ("le 3 § 4", None), ("œuvre", "oeuvre")])
def test_other_letters_are_mapped_or_refused(text, mine):
    assert writable(text) == mine


def test_vocabulary_is_seeded_writable_and_parted():
    words, unseen = Vocabulary(), Vocabulary(unseen=True)
    texts = [words.text(random.Random(seed)) for seed in range(300)]
    assert texts == [words.text(random.Random(seed)) for seed in range(300)]
    assert all(writable(text) == text for text in texts)
    assert not {unit.commune[1] for unit in words.units} & {unit.commune[1] for unit in unseen.units}
    assert all(held_out(name) for names in unseen.given.values() for name in names)


@pytest.mark.parametrize(
    ("rhyme", "place"),
    [("an", 0), ("oa", 0), ("oan", 1), ("uyên", 2), ("ươi", 1), ("ưa", 0), ("ia", 0), ("iê", 1), ("oay", 1), ("uy", 0)],
)
def test_the_tone_mark_has_its_place(rhyme, place):
    assert tone_place(rhyme) == place


def test_syllables_are_lawful_whole_and_parted():
    taught, kept = (
        {word for rhymes in syllables(unseen).values() for words in rhymes.values() for word in words}
        for unseen in (False, True)
    )
    assert all(looks_vietnamese_syllable(word) for word in taught | kept)
    assert not taught & kept
    assert {"hẳn", "đản", "quyển", "ốm", "thể", "khỏe", "bưởi", "gì", "quỹ"} <= taught | kept
    assert len(syllables(False)) == len(syllables(True)) == 72


def test_marks_are_drawn_about_evenly():
    words, rng = Marks(), random.Random(4)
    texts = [words.text(rng) for _ in range(4000)]
    assert all(writable(text) == text for text in texts)
    found = Counter(letter for text in texts for letter in text.lower())
    rare, common = (found[letter] for letter in "ẵẽ"), (found[letter] for letter in "àá")
    assert min(rare) > 0.3 * max(common)


def test_thirty_wills_are_held_out():
    wills = {f"x{WILL}{number:04d}": 12 + number for number in range(70)}
    unseen = held_out_hands(hand for hand, count in {**wills, "register-1": 900}.items() for _ in range(count))
    assert len(unseen) == WILLS_HELD_OUT
    assert {hand for hand, count in wills.items() if count >= LONG_WILL} <= unseen <= wills.keys()


def test_lines_of_a_hand_go_to_a_folder_and_back(tmp_path):
    lines = [Line(LINE[:, :100], "Vĩ", "a"), Line(LINE, "Hẳn, 01/01/2003", "a")]
    assert write_lines(tmp_path / "hand", lines) == 2
    back = list(read_lines(tmp_path / "hand"))
    assert [line.text for line in back] == ["Vĩ", "Hẳn, 01/01/2003"]
    assert {line.picture.shape[0] for line in back} == {HEIGHT}


def test_the_first_network_reads_print():
    assert first_network()(Line(drawn("12/03/1984"), "12/03/1984", "")) == "12/03/1984"


@pytest.fixture
def faces():
    folder = os.environ.get("HOTICH_FACES")
    if not folder:
        pytest.skip("HOTICH_FACES names no folder of faces")
    return Faces(Path(folder))


@pytest.mark.parametrize("wish", [COMMON, MARKS], ids=["common", "marks"])
def test_drawn_lines_are_seeded(faces, wish):
    one, other = (list(synthetic(faces, 5, 6, wish)) for _ in range(2))
    assert all(np.array_equal(a.picture, b.picture) and a.text == b.text for a, b in zip(one, other, strict=True))


def test_a_hand_keeps_its_slant(faces):
    hand = habit(random.Random(2))
    one, other = (Drawer(faces, seed, hand=hand).line("Nguyễn Thị Hằng", "mynerve") for seed in (1, 2))
    assert one.picture.shape[1] / one.picture.shape[0] == pytest.approx(
        other.picture.shape[1] / other.picture.shape[0], rel=0.35
    )


def test_scores():
    found = score([("Trần Văn Đức", "Tran Văn Đức"), ("1984", "1984")])
    assert found.exact == 0.5
    assert found.cer == pytest.approx(1 / 16)
    assert found.cer_without_marks == 0.0
    assert found.wer == pytest.approx(1 / 4)


def test_the_curve_of_confidence_finds_what_made_the_data():
    rng = np.random.default_rng(1)
    told = np.stack([np.ones(4000), rng.normal(size=4000)], 1)
    right = (rng.random(4000) < 1 / (1 + np.exp(-(0.5 + 2 * told[:, 1])))).astype(float)
    curve = fitted_curve(told, right)
    assert curve == pytest.approx([0.5, 2.0], abs=0.25)
    assert calibration_error(1 / (1 + np.exp(-told @ np.array(curve))), right) < 0.03


@pytest.mark.parametrize("file", sorted(RECIPES.glob("*.toml")), ids=lambda file: file.stem)
def test_recipes_can_be_read(file):
    told = tomllib.loads(file.read_text(encoding="utf-8"))
    recipe = tune.Recipe(**told) if "stage_rate" in told else train.Recipe(**told)
    assert recipe.name == file.stem
    assert sum(recipe.mix.values()) == pytest.approx(1.0)
