"""Vietnamese is complete because it is the source; English has every text, and the compiled files are of today."""

import shutil
from importlib import resources
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator

from hotich.messages import Language, all_messages
from hotich.ui.language import speak
from tools.translations import RESOURCES, collect, compile_texts, untranslated


@pytest.fixture(scope="module")
def fresh(tmp_path_factory) -> Path:
    """en.ts as it comes out when the texts are collected now."""
    file = tmp_path_factory.mktemp("ts") / "en.ts"
    shutil.copy(RESOURCES / "en.ts", file)
    collect(file)
    return file


def test_every_text_of_the_window_has_its_english(fresh):
    assert untranslated(fresh) == []


@pytest.mark.parametrize("name", ["en", "qtbase_vi"])
def test_compiled_texts_are_of_today(name, tmp_path):
    compile_texts(RESOURCES / f"{name}.ts", tmp_path / "fresh.qm")
    assert (tmp_path / "fresh.qm").read_bytes() == (RESOURCES / f"{name}.qm").read_bytes()


@pytest.mark.parametrize(
    ("context", "text", "vietnamese"),
    [("QPlatformTheme", "Cancel", "Hủy"), ("QFileDialog", "&Open", "&Mở"), ("QLineEdit", "&Paste", "&Dán")],
)
def test_qts_own_words_are_vietnamese(qapp, context, text, vietnamese):
    translator = QTranslator()
    assert translator.load(str(resources.files("hotich.ui") / "resources" / "qtbase_vi.qm"))
    assert translator.translate(context, text) == vietnamese


def test_the_language_is_switched_and_switched_back(qapp):
    speak(Language.ENGLISH)
    assert QCoreApplication.translate("BooksView", "Thêm") == "Add"
    speak(Language.VIETNAMESE)
    assert QCoreApplication.translate("BooksView", "Thêm") == "Thêm"
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Hủy"


def test_every_sentence_of_the_window_names_the_same_facts_in_both_languages():
    for key, texts in all_messages().items():
        if key.startswith("ui-"):
            vi, en = (sorted(part.split("}")[0] for part in texts[lang].split("{")[1:]) for lang in ("vi", "en"))
            assert vi == en, key
