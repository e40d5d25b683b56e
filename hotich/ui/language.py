"""The language of the window: Vietnamese is in the source, English and Qt's own words come from .qm files."""

from __future__ import annotations

from importlib import resources

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

from hotich.messages import Language

_installed: list[QTranslator] = []


def speak(language: Language) -> None:
    """Let everything built from now on speak that language.

    Qt's own buttons (OK, Cancel, Open) and its dialogs for files and printing, which a desktop without dialogs of its
    own shows, are English in Qt and have their Vietnamese from `qtbase_vi.qm`.
    """
    app = QCoreApplication.instance()
    if app is None:
        raise RuntimeError("no application yet")
    while _installed:
        app.removeTranslator(_installed.pop())
    name = "en.qm" if language is Language.ENGLISH else "qtbase_vi.qm"
    translator = QTranslator(app)
    if translator.load(str(resources.files("hotich.ui") / "resources" / name)):
        app.installTranslator(translator)
        _installed.append(translator)
    # Dates and numbers are Vietnamese in either language: day before month is never a matter of the computer's locale.
    QLocale.setDefault(QLocale("vi_VN"))
