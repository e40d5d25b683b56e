"""An entry screen that remembers, and what tests do with its presenter."""

from hotich.pipeline import entry
from hotich.pipeline.entry import EntryView, FieldRow
from hotich.pipeline.pictures import PagePicture
from hotich.store import Workspace
from hotich.ui.presenters.entry import EntryPresenter
from hotich.ui.presenters.picture_setup import PictureSetup
from tests.ui.made import ANSWERS, suggest


class Screen:
    """Remembers what was shown last."""

    def __init__(self) -> None:
        self.view: EntryView | None = None
        self.current = -1
        self.pictures: list[tuple[str, bool, bool]] = []
        self.nothing = ""
        self.box: FieldRow | None = None
        self.setup = PictureSetup()

    def show_record(self, view: EntryView, current: int) -> None:
        self.view, self.current = view, current

    def show_fields(self, view: EntryView) -> None:
        self.view = view

    def show_current(self, current: int) -> None:
        self.current = current

    def show_nothing(self, sentence: str) -> None:
        self.nothing = sentence

    def await_picture(self) -> None:
        self.picture_of_another_page = False

    def show_picture(self, page_id: str, picture: PagePicture, cleaned: bool, final: bool) -> None:
        self.pictures.append((page_id, cleaned, final))

    def edit_box(self, row: FieldRow) -> None:
        self.box = row

    def show_setup(self, setup: PictureSetup) -> None:
        self.setup = setup


def go_to(presenter: EntryPresenter, field_id: str) -> None:
    assert presenter.view is not None
    presenter.choose([row.field.id for row in presenter.view.rows].index(field_id))


def row_of(presenter: EntryPresenter, field_id: str) -> FieldRow:
    assert presenter.view is not None
    return presenter.view.row(field_id)


def place_of(presenter: EntryPresenter, field_id: str) -> int:
    assert presenter.view is not None
    return [row.field.id for row in presenter.view.rows].index(field_id)


def read_all(workspace: Workspace, record_id: str, confidence: float = 0.999) -> None:
    """A reading of every field on the page, each of them right."""
    for row in entry.entry_view(workspace, record_id).rows:
        if row.on_page and not row.has_suggestion:
            suggest(workspace, record_id, row.field.id, ANSWERS.get(row.field.id, "Một"), confidence)
