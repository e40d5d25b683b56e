"""What is offered in a field beside what was read there, and what stands in the way of accepting it blindly."""

from __future__ import annotations

import pytest

from hotich import workflow
from hotich.errors import PolicyError
from hotich.forms.loader import load_catalogue
from hotich.pipeline import entry
from hotich.pipeline.entry import FieldStatus
from hotich.pipeline.intake import import_paths
from hotich.pipeline.offers import Offered, copied, copy_pairs, counted_on, toggle_sticky
from hotich.pipeline.opening import open_record
from hotich.store import Workspace
from hotich.values import FieldState, Origin, Reading, Way
from hotich.workflow import FieldsConfirmed
from tests.pipeline.conftest import CLERK, picture_file
from tests.pipeline.test_entry import record_now, suggest


@pytest.fixture
def next_id(workspace: Workspace, page_id: str, record_id: str) -> str:
    """The record after the first one, on the same page."""
    return open_record(workspace, page_id, 1, "KS-2006", CLERK)


def read(field_id: str, text: str, normal: str = "", confidence: float = 0.995) -> Reading:
    return Reading(field_id, text, normal or text, confidence, "thu", "1")


def blank(field_id: str, confidence: float) -> Reading:
    return Reading(field_id, "", "", confidence, "ink", "1", reason="reading-field-blank")


def row(workspace: Workspace, record_id: str, field_id: str) -> entry.FieldRow:
    return entry.entry_view(workspace, record_id).row(field_id)


def test_a_blank_that_was_read_is_confirmed_as_blank(workspace, record_id):
    suggest(workspace, record_id, blank("nksNoiSinh", 0.999), blank("meNoiCuTru", 0.5))
    sure, doubtful = row(workspace, record_id, "nksNoiSinh"), row(workspace, record_id, "meNoiCuTru")
    assert (sure.suggests_blank, sure.status, sure.needs_look) == (True, FieldStatus.SUGGESTED, False)
    assert (doubtful.suggests_blank, doubtful.status, doubtful.needs_look) == (True, FieldStatus.DOUBTFUL, True)
    entry.accept(workspace, record_id, "nksNoiSinh", CLERK)
    value = record_now(workspace, record_id).fields["nksNoiSinh"].value
    assert value is not None and (value.state, value.origin) == (FieldState.BLANK, Origin.READING)


def test_a_failed_reading_is_no_blank(workspace, record_id):
    suggest(workspace, record_id, Reading("nksNoiSinh", "", "", 0.0, "x", "1", reason="reading-field-failed"))
    assert row(workspace, record_id, "nksNoiSinh").status is FieldStatus.EMPTY


def test_words_and_figures_that_differ_stop_both_fields(workspace, record_id):
    suggest(
        workspace,
        record_id,
        read("nksNgaySinh", "1/3/2009", "01.03.2009"),
        read("nksNgaySinhBangChu", "Ngày hai tháng ba năm hai nghìn không trăm lẻ chín"),
    )
    for field_id in ("nksNgaySinh", "nksNgaySinhBangChu"):
        shown = row(workspace, record_id, field_id)
        assert shown.foreseen and shown.needs_look and not shown.is_sure
        with pytest.raises(PolicyError, match="policy-looks-unlikely"):
            entry.accept(workspace, record_id, field_id, CLERK)
    assert entry.accept_above(workspace, record_id, 0.99, CLERK, None) is not None  # what the book says, no more
    assert "nksNgaySinh" not in {k for k, e in record_now(workspace, record_id).fields.items() if e.value}


def test_words_and_figures_that_agree_stop_nothing(workspace, record_id):
    suggest(
        workspace,
        record_id,
        read("nksNgaySinh", "2/3/2009", "02.03.2009"),
        read("nksNgaySinhBangChu", "Ngày hai tháng ba năm hai nghìn không trăm lẻ chín"),
    )
    assert row(workspace, record_id, "nksNgaySinh").is_sure


def test_a_suggestion_that_breaks_a_rule_needs_a_reason_which_is_kept_and_undone_with_it(workspace, record_id):
    entry.confirm(workspace, record_id, "ngayDangKy", "5/3/2009", CLERK)
    suggest(workspace, record_id, read("nksNgaySinh", "9/3/2009", "09.03.2009"))
    view = entry.entry_view(workspace, record_id)
    shown = view.row("nksNgaySinh")
    assert [finding.rule_id for finding in shown.foreseen] == ["birth-before-entry-ks"]
    with pytest.raises(PolicyError, match="policy-reason-needed"):
        entry.accept_unlikely(workspace, view, shown, " ", CLERK)
    entry.accept_unlikely(workspace, view, shown, "Sổ gốc ghi như vậy", CLERK)
    record = record_now(workspace, record_id)
    assert record.written("nksNgaySinh") == "9/3/2009"
    assert record.fields["nksNgaySinh"].note == "Sổ gốc ghi như vậy"
    assert [accepted.reason for accepted in record.accepted] == ["Sổ gốc ghi như vậy"]
    workspace.undo(CLERK, record.book_id)
    undone = record_now(workspace, record_id)
    assert not undone.written("nksNgaySinh") and not undone.accepted


def test_taking_the_rest_is_marked_for_ever(workspace, record_id):
    suggest(workspace, record_id, read("nksHoTen", "Lê An"))
    action = entry.accept_above(workspace, record_id, 0.99, CLERK)
    assert action is not None and isinstance(action.event, FieldsConfirmed) and action.event.way is Way.TOGETHER
    assert record_now(workspace, record_id).fields["nksHoTen"].way is Way.TOGETHER
    assert row(workspace, record_id, "nksHoTen").together
    assert record_now(workspace, record_id).fields["nksHoTen"].value.origin is Origin.READING


@pytest.mark.parametrize(
    ("number", "following"),
    [("05", "06"), ("9", "10"), ("99/2009", "100/2009"), ("5a/2009", "6/2009"), ("Số 7", "Số 8"), ("", ""), ("?", "")],
)
def test_numbers_are_counted_on_as_they_are_written(number, following):
    assert counted_on(number) == following


def test_the_record_above_offers_its_number_counted_on_and_what_stays(workspace, record_id, next_id):
    entry.confirm(workspace, record_id, "so", "05", CLERK)
    entry.confirm(workspace, record_id, "nguoiKy", "Lò Văn Ký", CLERK)
    entry.confirm(workspace, record_id, "nksHoTen", "Lò Thị Ban", CLERK)
    number, signer = row(workspace, next_id, "so"), row(workspace, next_id, "nguoiKy")
    assert (number.text, number.offered.source, number.is_sure) == ("06", "ui-offer-counted", False)
    assert (signer.text, signer.origin, signer.needs_look) == ("Lò Văn Ký", Origin.COPIED, True)
    assert row(workspace, next_id, "nksHoTen").status is FieldStatus.EMPTY
    entry.accept(workspace, next_id, "so", CLERK)
    assert record_now(workspace, next_id).normal("so") == "06/2009"


def test_what_was_read_goes_before_what_stays(workspace, record_id, next_id):
    entry.confirm(workspace, record_id, "nguoiKy", "Lò Văn Ký", CLERK)
    suggest(workspace, next_id, read("nguoiKy", "Trần Văn Mới"))
    assert row(workspace, next_id, "nguoiKy").text == "Trần Văn Mới"


def test_any_field_can_stay_in_a_book_and_no_longer(workspace, record_id, next_id):
    book_id = record_now(workspace, record_id).book_id
    entry.confirm(workspace, record_id, "nksDanToc", "Ê Đê", CLERK)
    toggle_sticky(workspace, book_id, "nksDanToc")
    assert row(workspace, next_id, "nksDanToc").text == "Ê Đê"
    toggle_sticky(workspace, book_id, "nksDanToc")
    assert row(workspace, next_id, "nksDanToc").text == ""


def test_one_field_is_as_above(workspace, record_id, next_id):
    with pytest.raises(PolicyError, match="policy-nothing-above"):
        entry.same_as_above(workspace, next_id, "nksDanToc", CLERK)
    entry.confirm(workspace, record_id, "nksDanToc", "Ê-đê", CLERK)
    entry.same_as_above(workspace, next_id, "nksDanToc", CLERK)
    value = record_now(workspace, next_id).fields["nksDanToc"].value
    assert (value.as_written, value.normal, value.origin) == ("Ê-đê", "Ê Đê", Origin.COPIED)


def test_the_shared_fields_are_as_above_in_one_step(workspace, record_id, next_id):
    for field_id, text in (("nguoiKy", "Lò Văn Ký"), ("chucVuNguoiKy", "Chủ tịch"), ("nksHoTen", "Lò Thị Ban")):
        entry.confirm(workspace, record_id, field_id, text, CLERK)
    entry.confirm(workspace, next_id, "chucVuNguoiKy", "Phó Chủ tịch", CLERK)
    entry.shared_from_above(workspace, next_id, CLERK)
    record = record_now(workspace, next_id)
    assert record.written("nguoiKy") == "Lò Văn Ký"
    assert record.written("chucVuNguoiKy") == "Phó Chủ tịch" and not record.written("nksHoTen")
    with pytest.raises(PolicyError, match="policy-nothing-above"):
        entry.shared_from_above(workspace, next_id, CLERK)
    workspace.undo(CLERK, record.book_id)
    assert not record_now(workspace, next_id).written("nguoiKy")


def test_the_declarant_is_the_mother(workspace, record_id):
    entry.confirm(workspace, record_id, "meHoTen", "H'Lan Niê", CLERK)
    spec = load_catalogue().records["KS"]
    rule = next(rule for rule in spec.copies if (rule.to, rule.source) == ("nyc", "me"))
    asked = copied(record_now(workspace, record_id), spec, rule)
    assert asked["nycHoTen"].text == "H'Lan Niê" and asked["nycQuanHe"].text == "Mẹ"
    view = entry.entry_view(workspace, record_id, asked=asked)
    assert view.row("nycHoTen").has_suggestion and view.row("nycHoTen").value is None
    entry.accept_row(workspace, view, view.row("nycHoTen"), CLERK)
    assert record_now(workspace, record_id).written("nycHoTen") == "H'Lan Niê"


def test_the_word_for_the_relation_is_enough(workspace, record_id):
    entry.confirm(workspace, record_id, "chaHoTen", "Y Moan Êban", CLERK)
    entry.confirm(workspace, record_id, "nycQuanHe", "cha đẻ", CLERK)
    assert row(workspace, record_id, "nycHoTen").text == "Y Moan Êban"


def test_what_the_clerk_asks_for_goes_before_what_was_read(workspace, record_id):
    suggest(workspace, record_id, read("nycHoTen", "Y M0an"))
    asked = {"nycHoTen": Offered("Y Moan Êban", "ui-offer-person", {"person": "cha"})}
    shown = entry.entry_view(workspace, record_id, asked=asked).row("nycHoTen")
    assert (shown.text, shown.origin) == ("Y Moan Êban", Origin.COPIED)


def test_every_rule_of_copying_names_fields_that_exist():
    for kind, spec in load_catalogue().records.items():
        known = {field.id for field in spec.fields}
        for rule in spec.copies:
            assert list(copy_pairs(spec, rule)), (kind, rule)
            assert not rule.relation_field or rule.relation_field in known


WORDS = "nksNgaySinhBangChu"


def test_words_are_spelled_from_figures_as_the_record_above_writes_them(workspace, record_id, next_id):
    entry.confirm(workspace, record_id, "nksNgaySinh", "1/3/2009", CLERK)
    shown = row(workspace, record_id, WORDS)
    assert shown.text == "Ngày một tháng ba năm hai nghìn không trăm linh chín"
    assert shown.offered.source == "ui-offer-figures"
    entry.confirm(workspace, record_id, WORDS, "Một tháng ba năm hai ngàn không trăm lẻ chín.", CLERK)
    entry.confirm(workspace, next_id, "nksNgaySinh", "15/5/2009", CLERK)
    assert row(workspace, next_id, WORDS).text == "Mười lăm tháng năm năm hai ngàn không trăm lẻ chín."


def test_page_numbers_stay_on_the_page_and_are_counted_on_over_the_leaf(workspace, book, record_id, next_id, tmp_path):
    files = [picture_file(tmp_path, f"trang {number}.jpg", str(number)) for number in (2, 3)]
    following, farther = [page.page_id for page in import_paths(workspace, book.book_id, files, CLERK).added]
    entry.confirm(workspace, record_id, "trangSo", "09", CLERK)
    same = row(workspace, next_id, "trangSo")
    assert (same.text, same.offered.source, same.is_sure) == ("09", "ui-offer-above", False)
    entry.accept(workspace, next_id, "trangSo", CLERK)
    over_leaf = open_record(workspace, following, 0, "KS-2006", CLERK)
    counted = row(workspace, over_leaf, "trangSo")
    assert (counted.text, counted.offered.source) == ("10", "ui-offer-counted")
    workspace.append(workflow.Draft(book.book_id, workflow.RecordVoided("Trang trống"), CLERK, over_leaf, following))
    last = open_record(workspace, farther, 0, "KS-2006", CLERK)
    assert row(workspace, last, "trangSo").text == ""


def test_a_day_is_offered_as_doubtful_only_where_it_went_on_before(workspace, page_id, record_id, next_id):
    third_id = open_record(workspace, page_id, 2, "KS-2006", CLERK)
    entry.confirm(workspace, record_id, "ngayDangKy", "5/3/2009", CLERK)
    assert row(workspace, next_id, "ngayDangKy").text == ""
    entry.confirm(workspace, next_id, "ngayDangKy", "05/03/2009", CLERK)
    shown = row(workspace, third_id, "ngayDangKy")
    assert (shown.text, shown.status, shown.is_sure) == ("05/03/2009", FieldStatus.DOUBTFUL, False)
    assert entry.accept_above(workspace, third_id, 0.6, CLERK) is not None
    assert "ngayDangKy" not in {k for k, e in record_now(workspace, third_id).fields.items() if e.value}
    entry.confirm(workspace, next_id, "ngayDangKy", "6/3/2009", CLERK)
    assert row(workspace, third_id, "ngayDangKy").text == ""
