"""The one table of keyboard shortcuts. Buttons, the help and the collision test read it; it knows no Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum


class Where(StrEnum):
    """On which screen a key works."""

    EVERYWHERE = "everywhere"
    BOOKS = "books"
    PAGES = "pages"
    ENTRY = "entry"
    REVIEW = "review"
    EXPORT = "export"
    CAROUSEL = "carousel"
    SHEET = "sheet"
    SEARCH = "search"


@dataclass(frozen=True, slots=True)
class Key:
    """One shortcut: `sequence` is Qt's portable spelling; `typed` keys are answered by the field or list itself."""

    id: str
    where: Where
    sequence: str
    vi: str
    en: str
    typed: bool = False

    def label(self, language: str) -> str:
        """What the key does, in that language."""
        return self.en if language == "en" else self.vi


_EVERYWHERE = (
    Key("help", Where.EVERYWHERE, "F1", "Giúp: các phím và hướng dẫn", "Help: keys and guide"),
    Key("go-books", Where.EVERYWHERE, "Ctrl+1", "Sổ hộ tịch", "Registers"),
    Key("go-pages", Where.EVERYWHERE, "Ctrl+2", "Trang", "Pages"),
    Key("go-entry", Where.EVERYWHERE, "Ctrl+3", "Nhập liệu", "Entry"),
    Key("go-review", Where.EVERYWHERE, "Ctrl+4", "Kiểm tra", "Review"),
    Key("go-export", Where.EVERYWHERE, "Ctrl+5", "Xuất dữ liệu", "Export"),
    Key("go-carousel", Where.EVERYWHERE, "Ctrl+6", "Duyệt nhanh", "Quick review"),
    Key("go-sheet", Where.EVERYWHERE, "Ctrl+7", "Bảng", "Sheet"),
    Key("go-search", Where.EVERYWHERE, "Ctrl+8", "Tra cứu", "Search"),
    Key("go-back", Where.EVERYWHERE, "Alt+Left", "Về màn hình vừa rời", "Back to the screen just left"),
    Key("person", Where.EVERYWHERE, "Ctrl+U", "Đổi người làm, vai trò", "Change person or role"),
    Key("display", Where.EVERYWHERE, "Ctrl+,", "Màu, cỡ chữ, ngôn ngữ", "Colours, type size, language"),
    Key(
        "switch-store",
        Where.EVERYWHERE,
        "F12",
        "Kho dữ liệu thật / kho thực hành",
        "Real / practice workspace",
    ),
    Key("keys", Where.EVERYWHERE, "Shift+F1", "Đổi phím tắt", "Change the shortcuts"),
    Key("tour", Where.EVERYWHERE, "Ctrl+F1", "Năm điều cần biết", "Five things to know"),
    Key("practice-score", Where.EVERYWHERE, "Ctrl+F12", "Kết quả thực hành", "Practice score"),
    Key("typing", Where.EVERYWHERE, "Ctrl+Shift+G", "Cách gõ tiếng Việt", "Typing Vietnamese"),
    Key("short-codes", Where.EVERYWHERE, "Ctrl+Shift+B", "Bảng gõ tắt", "Short codes"),
    Key("expand-code", Where.EVERYWHERE, "F11", "Viết đủ mã gõ tắt trước con trỏ", "Write out the short code"),
    Key("reload", Where.EVERYWHERE, "F5", "Tải lại màn hình", "Reload the screen"),
    Key("next-part", Where.EVERYWHERE, "Ctrl+F6", "Sang phần kế tiếp của cửa sổ", "Next part of the window"),
    Key("stop-work", Where.EVERYWHERE, "Shift+Esc", "Dừng việc đang chạy", "Stop the work in progress"),
    Key("quit", Where.EVERYWHERE, "Ctrl+Q", "Thoát", "Quit"),
)

_BOOKS = (
    Key("book-new", Where.BOOKS, "Ctrl+N", "Thêm sổ", "New register"),
    Key("book-import", Where.BOOKS, "Ctrl+I", "Nạp ảnh trang", "Import page pictures"),
    Key("book-read", Where.BOOKS, "Ctrl+R", "Đọc các trang", "Read the pages"),
    Key("old-sheet", Where.BOOKS, "Ctrl+O", "Nhận bảng tính đã nhập trước đây", "Take in a sheet keyed earlier"),
    Key("book-continue", Where.BOOKS, "Ctrl+J", "Làm tiếp chỗ đang dở", "Continue where I stopped"),
    Key("book-open", Where.BOOKS, "Return", "Mở sổ đang chọn", "Open the chosen register", typed=True),
)

_PAGES = (
    Key("page-confirm", Where.PAGES, "Return", "Nhận mẫu và sang trang sau", "Confirm the form, next page", typed=True),
    Key("page-read", Where.PAGES, "Ctrl+R", "Đọc lại trang", "Read the page again"),
    Key("page-entry", Where.PAGES, "Ctrl+N", "Thêm bản ghi mà máy không thấy", "Add a record that the machine missed"),
    Key("page-up", Where.PAGES, "Alt+Up", "Chuyển trang lên trước", "Move the page up"),
    Key("page-down", Where.PAGES, "Alt+Down", "Chuyển trang xuống sau", "Move the page down"),
    Key("page-aside", Where.PAGES, "Ctrl+Del", "Để riêng trang, hoặc lấy lại", "Set the page aside, or take it back"),
    Key("page-left", Where.PAGES, "Ctrl+Left", "Xoay trái 90°", "Quarter turn left"),
    Key("page-right", Where.PAGES, "Ctrl+Right", "Xoay phải 90°", "Quarter turn right"),
    Key("page-level", Where.PAGES, "Ctrl+L", "Nắn theo góc nghiêng đã ghi", "Straighten by the angle given"),
    Key("page-border", Where.PAGES, "Ctrl+M", "Đánh dấu bốn góc tờ giấy", "Mark the corners of the sheet"),
    Key("page-whole", Where.PAGES, "Ctrl+Shift+M", "Cả ảnh là tờ giấy", "The whole picture is the sheet"),
    Key("page-light", Where.PAGES, "Ctrl+H", "Làm đều sáng / giữ nguyên sáng", "Even light / light as it is"),
    Key("page-split", Where.PAGES, "Ctrl+T", "Tách ảnh hai trang làm đôi", "Split a picture of two pages"),
    Key("page-corners", Where.PAGES, "F4", "Đánh dấu bốn góc của mẫu", "Mark the four corners of the form"),
    Key("page-boxes", Where.PAGES, "F3", "Chỉnh khung của ô", "Move the boxes"),
    Key("page-cleaned", Where.PAGES, "F6", "Ảnh gốc / ảnh đã làm sạch", "Original / cleaned picture"),
    Key("page-run", Where.PAGES, "Ctrl+Shift+R", "Áp dụng từ trang này về sau", "Apply from this page on"),
)

_ENTRY = (
    Key("accept", Where.ENTRY, "Return", "Nhận, sang ô cần xem", "Accept, go to the next doubtful field", typed=True),
    Key(
        "next", Where.ENTRY, "Shift+Return", "Nhận và sang ô liền sau", "Accept, go to the very next field", typed=True
    ),
    Key("previous", Where.ENTRY, "Alt+Up", "Về ô trước", "Previous field", typed=True),
    Key("edit", Where.ENTRY, "F2", "Sửa chữ trong ô", "Edit the text"),
    Key(
        "choices", Where.ENTRY, "Alt+Down", "Mở danh sách: mã, cách đọc khác, chữ đã nhập", "Open the list", typed=True
    ),
    Key("find-record", Where.ENTRY, "F3", "Tìm bản ghi theo số, theo tên", "Find a record by number or name"),
    Key("alternatives", Where.ENTRY, "F4", "Các cách đọc khác, kèm ảnh", "Other readings, with the picture"),
    Key(
        "pick", Where.ENTRY, "Alt+1", "Chọn dòng 1; số 2…5: dòng 2…5", "Take line 1; digits 2…5: lines 2…5", typed=True
    ),
    Key("move-box", Where.ENTRY, "Ctrl+B", "Chỉnh khung của ô trên ảnh", "Move the field's box"),
    Key("original", Where.ENTRY, "F6", "Ảnh gốc / ảnh đã làm sạch", "Original / cleaned picture"),
    Key("accept-warning", Where.ENTRY, "F7", "Vẫn nhận dù khó tin, ghi lý do", "Accept though unlikely, with a reason"),
    Key("unreadable", Where.ENTRY, "F8", "Có chữ nhưng không đọc được", "There but unreadable"),
    Key("blank", Where.ENTRY, "F9", "Để trống trên giấy", "Blank on the page"),
    Key("same-above", Where.ENTRY, "Ctrl+D", "Ô này như bản ghi trên", "Field as in the record above"),
    Key("shared-above", Where.ENTRY, "Ctrl+Shift+D", "Các ô chung như bản ghi trên", "Shared fields as above"),
    Key("copy-person", Where.ENTRY, "Ctrl+M", "Chép từ người khác trong bản ghi", "Copy from another person"),
    Key("keep-value", Where.ENTRY, "Ctrl+K", "Giữ / thôi giữ giá trị cho cả sổ", "Keep the value for the register"),
    Key("ask", Where.ENTRY, "Ctrl+H", "Hỏi người kiểm tra, tạm giữ bản ghi", "Ask the reviewer, hold the record"),
    Key("margin-note", Where.ENTRY, "Ctrl+G", "Ghi chú bên lề", "Margin notes"),
    Key("undo", Where.ENTRY, "Ctrl+Z", "Hoàn tác", "Undo"),
    Key("redo", Where.ENTRY, "Ctrl+Y", "Làm lại", "Redo"),
    Key("record-before", Where.ENTRY, "PgUp", "Bản ghi trước", "Previous record"),
    Key("record-after", Where.ENTRY, "PgDown", "Bản ghi sau", "Next record"),
    Key("saved", Where.ENTRY, "Ctrl+S", "Lưu (đã tự động lưu)", "Save (done automatically)"),
    Key(
        "submit",
        Where.ENTRY,
        "Ctrl+Return",
        "Nhận phần còn lại đủ chắc; hết thì chuyển kiểm tra",
        "Accept what is sure; when nothing is left, hand over",
    ),
    Key("void", Where.ENTRY, "Ctrl+Del", "Mục này không có bản ghi", "This entry holds no record"),
    Key("zoom-in", Where.ENTRY, "Ctrl++", "Phóng to ảnh", "Zoom in"),
    Key("zoom-out", Where.ENTRY, "Ctrl+-", "Thu nhỏ ảnh", "Zoom out"),
    Key("zoom-follow", Where.ENTRY, "Ctrl+0", "Ảnh theo ô trở lại", "Let the picture follow the field again"),
    Key("picture-ruler", Where.ENTRY, "Ctrl+Shift+R", "Hiện / ẩn thước dòng", "Show or hide the ruler"),
    Key("picture-contrast", Where.ENTRY, "Ctrl+Shift+T", "Độ tương phản của ảnh", "Contrast of the picture"),
    Key("picture-invert", Where.ENTRY, "Ctrl+Shift+A", "Âm bản", "Invert the picture"),
    Key("picture-lens", Where.ENTRY, "Ctrl+Shift+L", "Kính lúp", "Magnifier"),
    Key("picture-turn", Where.ENTRY, "Ctrl+Shift+X", "Xoay ảnh 90° trên màn hình", "Turn the picture on the screen"),
)

_REVIEW = (
    Key("approve", Where.REVIEW, "Ctrl+D", "Duyệt", "Approve"),
    Key("give-back", Where.REVIEW, "Ctrl+T", "Trả lại kèm lý do", "Return with a reason"),
    Key("answer", Where.REVIEW, "Ctrl+H", "Trả lời câu hỏi của người nhập", "Answer the clerk's question"),
    Key("review-cleaned", Where.REVIEW, "F6", "Ảnh gốc / ảnh đã làm sạch", "Original / cleaned picture"),
    Key("review-next", Where.REVIEW, "PgDown", "Bản ghi sau", "Next record"),
    Key("review-before", Where.REVIEW, "PgUp", "Bản ghi trước", "Previous record"),
)

_EXPORT = (
    Key("export", Where.EXPORT, "Ctrl+E", "Xuất sổ", "Export the register"),
    Key("export-folder", Where.EXPORT, "Ctrl+O", "Chọn thư mục", "Choose the folder"),
    Key("export-template", Where.EXPORT, "Ctrl+M", "Nhận mẫu Excel của tỉnh", "Take in the template of the province"),
    Key("export-sign", Where.EXPORT, "Ctrl+G", "Ký bằng gì", "Choose who signs"),
    Key("export-open", Where.EXPORT, "Ctrl+L", "Mở thư mục vừa ghi", "Open the folder just written"),
    Key("verify-file", Where.EXPORT, "Ctrl+K", "Kiểm tra một gói có sẵn", "Verify an existing package"),
    Key("refusals", Where.EXPORT, "Ctrl+R", "Nhận lỗi mà hệ thống trả về", "Take in what the importer refused"),
    Key("go-to-field", Where.EXPORT, "Return", "Đến ô có lỗi", "Go to the field", typed=True),
)

_CAROUSEL = (
    Key("snippets-confirm", Where.CAROUSEL, "Return", "Nhận cả trang ảnh", "Confirm the page of pictures", typed=True),
    Key("snippet-leave", Where.CAROUSEL, "Del", "Không nhận ảnh này", "Leave this picture out", typed=True),
    Key("snippet-entry", Where.CAROUSEL, "Space", "Đến ô này ở Nhập liệu", "Go to the field in Entry", typed=True),
    Key("snippet-edit", Where.CAROUSEL, "F2", "Sửa chữ của ảnh", "Edit the text of the picture", typed=True),
    Key("snippet-field", Where.CAROUSEL, "F3", "Chọn ô cần duyệt", "Choose the field"),
    Key("snippet-books", Where.CAROUSEL, "F4", "Sổ này / mọi sổ cùng loại", "This register / all of its kind"),
    Key("snippet-show", Where.CAROUSEL, "F6", "Còn mở / đáng ngờ / tất cả", "Open / doubtful / all"),
    Key("snippet-unreadable", Where.CAROUSEL, "F8", "Có chữ nhưng không đọc được", "There but unreadable"),
    Key("snippet-blank", Where.CAROUSEL, "F9", "Để trống trên giấy", "Blank on the page"),
    Key("snippet-undo", Where.CAROUSEL, "Ctrl+Z", "Hoàn tác cả lượt", "Undo the whole step"),
    Key("snippet-redo", Where.CAROUSEL, "Ctrl+Y", "Làm lại", "Redo"),
)

_SHEET = (
    Key("sheet-edit", Where.SHEET, "F2", "Sửa chữ trong ô", "Edit the text of the cell", typed=True),
    Key("sheet-down", Where.SHEET, "Return", "Xuống ô dưới", "To the cell below", typed=True),
    Key("sheet-right", Where.SHEET, "Tab", "Sang ô bên phải", "To the cell on the right", typed=True),
    Key("sheet-accept", Where.SHEET, "Ctrl+Return", "Nhận gợi ý của ô", "Accept the suggestion of the cell"),
    Key("sheet-copy", Where.SHEET, "Ctrl+C", "Chép vùng đang chọn", "Copy the range"),
    Key("sheet-paste", Where.SHEET, "Ctrl+V", "Dán từ Excel", "Paste from Excel"),
    Key("sheet-fill", Where.SHEET, "Ctrl+D", "Chép xuống", "Fill down"),
    Key("sheet-replace", Where.SHEET, "Ctrl+H", "Tìm và thay, xem trước", "Find and replace with a preview"),
    Key("sheet-find", Where.SHEET, "Ctrl+F", "Tìm", "Find"),
    Key("sheet-filter", Where.SHEET, "Ctrl+L", "Lọc, sắp xếp theo cột", "Filter or sort by the column"),
    Key("sheet-clear-filters", Where.SHEET, "Ctrl+Shift+L", "Bỏ mọi bộ lọc", "Clear all filters"),
    Key("sheet-columns", Where.SHEET, "F3", "Cả những cột không có trên mẫu", "Also columns not on the form"),
    Key("sheet-entry", Where.SHEET, "F4", "Đến ô này ở Nhập liệu", "Go to the field in Entry"),
    Key("sheet-mode", Where.SHEET, "F6", "Mọi dòng / còn mở / nghi ngờ / lỗi", "All / open / doubtful / wrong rows"),
    Key("sheet-unreadable", Where.SHEET, "F8", "Có chữ nhưng không đọc được", "There but unreadable"),
    Key("sheet-blank", Where.SHEET, "F9", "Để trống trên giấy", "Blank on the page"),
    Key("sheet-clear", Where.SHEET, "Del", "Ghi là để trống, nhiều ô thì hỏi", "Blank; asks for several cells"),
    Key("sheet-undo", Where.SHEET, "Ctrl+Z", "Hoàn tác cả lượt", "Undo the whole step"),
    Key("sheet-redo", Where.SHEET, "Ctrl+Y", "Làm lại", "Redo"),
)

_SEARCH = (
    Key("search-line", Where.SEARCH, "Ctrl+F", "Về dòng tìm", "To the search line"),
    Key("search-open", Where.SEARCH, "Return", "Mở bản ghi ở Nhập liệu", "Open the record in Entry", typed=True),
    Key("search-suggestions", Where.SEARCH, "Ctrl+G", "Cả gợi ý / chỉ phần đã nhận", "Also suggestions / confirmed"),
    Key("search-clear", Where.SEARCH, "Ctrl+Shift+L", "Bỏ mọi bộ lọc", "Clear all filters"),
    Key("search-extract", Where.SEARCH, "Ctrl+E", "Trích lục của bản ghi", "Extract of the record"),
    Key("search-prints", Where.SEARCH, "Ctrl+T", "Sổ cấp trích lục", "Log of extracts"),
    Key("search-check", Where.SEARCH, "Ctrl+K", "Kiểm tra một trích lục", "Check an extract"),
    Key("extract-print", Where.SEARCH, "Ctrl+P", "In (hộp trích lục)", "Print (extract dialog)", typed=True),
    Key("extract-save", Where.SEARCH, "Ctrl+S", "Lưu PDF (hộp trích lục)", "Save as PDF (extract dialog)", typed=True),
)

KEYS: tuple[Key, ...] = (*_EVERYWHERE, *_BOOKS, *_PAGES, *_ENTRY, *_REVIEW, *_EXPORT, *_CAROUSEL, *_SHEET, *_SEARCH)
_BY_ID = {entry.id: entry for entry in KEYS}

_chosen: dict[str, str] = {}


def choose(sequences: Mapping[str, str]) -> None:
    """Let the shortcuts of those ids have other keys from now on, all others those of the table.

    Which keys may be chosen is for `key_choice` to say.
    """
    _chosen.clear()
    _chosen.update(sequences)


def key(key_id: str) -> Key:
    """The shortcut of that id, with the keys chosen for it. Raises KeyError."""
    return _as_chosen(_BY_ID[key_id])


def picking(number: int) -> str:
    """The keys that take the line of that number from a list."""
    return f"{key('pick').sequence[:-1]}{number}"


def named(key_id: str) -> str:
    """The keys of a shortcut as sentences name them."""
    return key(key_id).sequence.replace("Return", "Enter").replace("PgDown", "PgDn")


def keys_of(where: Where) -> tuple[Key, ...]:
    """The shortcuts of one screen, without those that work everywhere, with the keys chosen for them."""
    return tuple(_as_chosen(entry) for entry in KEYS if entry.where is where)


def _as_chosen(entry: Key) -> Key:
    return replace(entry, sequence=_chosen[entry.id]) if entry.id in _chosen else entry
