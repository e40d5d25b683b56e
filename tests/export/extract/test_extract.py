"""The sheet of an extract: what stands on it, its code, and the file around it."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pikepdf
import pypdfium2
import pytest
import zxingcpp
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

import hotich.export.extract
from hotich.errors import PackageError
from hotich.export.extract import (
    ExtractCell,
    ExtractContent,
    ExtractSection,
    PictureFact,
    changed_sheets,
    draw,
    facts_agree,
    find_payload,
    layout_of,
    make_payload,
    read_payload,
    rendered,
    seal,
    unseal,
    words,
)
from hotich.export.extract.pen import width_of, wrapped, writable
from hotich.forms.formspec import FieldKind
from hotich.forms.loader import load_catalogue
from hotich.imaging.qr import read_qr
from hotich.signing import SigningKey
from hotich.text import ACCENTED
from hotich.values import RecordType
from tests.export.extract.made import LONG_NAME, content, jpeg


@pytest.fixture(scope="module")
def key() -> SigningKey:
    return SigningKey(Ed25519PrivateKey.from_private_bytes(bytes(range(32))))


def made(said: ExtractContent, key: SigningKey, pictures: dict[str, bytes] | None = None) -> bytes:
    payload = make_payload(said, key)
    return seal(draw(said, payload, pictures or {}, key.public_key), said, payload)


def text_of(data: bytes) -> list[str]:
    """The text of each sheet, with blanks as single spaces."""
    document = pypdfium2.PdfDocument(data)
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


@pytest.mark.parametrize("kind", RecordType)
@pytest.mark.parametrize("long", [False, True])
def test_every_type_says_all_its_values(kind: RecordType, long: bool, key: SigningKey) -> None:
    said = content(kind, long)
    whole = " ".join(text_of(made(said, key)))
    for part in (said.title, "Số: 0012/2026", "Độc lập - Tự do - Hạnh phúc", "DỰ THẢO", "NGƯỜI KÝ TRÍCH LỤC"):
        assert part in whole
    cells = [cell for section in said.sections for line in section.lines for cell in line]
    for cell in cells:
        assert cell.label in whole
        assert all(word in whole for word in cell.value.replace("ŏ", "o\u0306").split())
    assert said.notes[0] in whole if said.notes else words().no_notes in whole


@pytest.mark.parametrize("kind", RecordType)
def test_the_code_is_read_from_the_sheet_at_150_dpi(kind: RecordType, key: SigningKey) -> None:
    said = content(kind, long=True)
    payload = make_payload(said, key)
    sheets = list(rendered(made(said, key), dpi=150))
    assert [code.text for sheet in sheets for code in zxingcpp.read_barcodes(sheet)] == [payload]
    assert [text for sheet in sheets if (text := read_qr(sheet))] == [payload]


@pytest.mark.parametrize("kind", RecordType)
def test_layouts_name_fields_of_their_type_and_everybody_it_is_about(kind: RecordType) -> None:
    fields = {field.id: field for field in load_catalogue().records[kind].fields}
    layout = layout_of(kind)
    assert layout.record is kind
    assert {*layout.fields, *layout.people, layout.office} <= set(fields)
    assert len(layout.fields) == len(set(layout.fields))
    named = {name for name, field in fields.items() if field.kind is FieldKind.PERSON_NAME and field.person}
    assert named - set(layout.fields) <= {"nycHoTen", "coSoNguoiDaiDien"}


def test_equal_contents_give_equal_files(key: SigningKey) -> None:
    assert made(content(), key) == made(content(), key)


def test_a_preview_says_that_it_is_one_and_has_no_code() -> None:
    data = draw(content(serial=""), "", {})
    (text,) = text_of(data)
    assert "XEM TRƯỚC" in text and "DỰ THẢO" not in text and "Số: ……" in text
    assert not any(zxingcpp.read_barcodes(sheet) for sheet in rendered(data, dpi=150))


def test_an_extract_of_a_made_up_book_says_so(key: SigningKey) -> None:
    (text,) = text_of(made(content(practice=True, number=""), key))
    assert "THỰC HÀNH" in text and "DỰ THẢO" not in text and "không có giá trị" in text
    assert "Số: —" in text


def test_pictures_come_on_sheets_of_their_own_as_they_are(key: SigningKey) -> None:
    jpegs = [jpeg(200), jpeg(120, (100, 400))]
    facts = tuple(PictureFact(hashlib.sha256(data).hexdigest(), 180.0, 260.0) for data in jpegs)
    said = content(pictures=facts)
    data = made(said, key, {fact.sha256: each for fact, each in zip(facts, jpegs, strict=True)})
    texts = text_of(data)
    assert len(texts) == 3
    assert "ẢNH CHỤP MỤC SỔ" in texts[1]
    assert "Trang 3/3" in texts[2]
    assert set(unseal(data).pictures.values()) == set(jpegs)


def test_absent_values_say_why(key: SigningKey) -> None:
    cells = (ExtractCell("Nơi sinh", words().blank, absent=True), ExtractCell("Quê quán", words().unreadable, True))
    (text,) = text_of(made(content(sections=(ExtractSection("", (cells,)),)), key))
    assert "Nơi sinh: (trong sổ để trống)" in text and "(trong sổ không đọc được)" in text


def test_a_very_long_text_goes_on_over_the_sheet(key: SigningKey) -> None:
    notes = tuple(f"{number}/1/2015: {LONG_NAME} được cải chính" for number in range(1, 60))
    texts = text_of(made(content(notes=notes), key))
    assert len(texts) > 1
    whole = " ".join(texts)
    assert all(f"{number}/1/2015:" in whole for number in range(1, 60))
    assert "NGƯỜI KÝ TRÍCH LỤC" in texts[-1]


def test_all_letters_can_be_written() -> None:
    assert writable("".join(ACCENTED)) == "".join(ACCENTED)
    assert writable("Wŏ Kŭt") == "Wo\u0306 Ku\u0306t"
    assert "?" in writable("漢") or "□" in writable("漢")


@given(st.text(alphabet=[*ACCENTED, " ", "a", "/"], max_size=120), st.floats(20, 170))
@settings(max_examples=40, deadline=None)
def test_lines_keep_every_letter_and_never_leave_the_margins(text: str, room: float) -> None:
    lines = wrapped(text, 11, room)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(width_of(line, 11) <= room for line in lines)


def test_the_payload_says_which_record_and_is_signed(key: SigningKey) -> None:
    said = content()
    payload = read_payload(make_payload(said, key))
    told = (payload.record_type, payload.number, payload.book, payload.registered, payload.serial, payload.people)
    assert told == (RecordType.BIRTH, "05/2009", "01/2009", "05/03/2009", "0012/2026", "Nguyễn Thị Thanh Thùy")
    assert payload.fingerprint == key.fingerprint
    assert facts_agree(payload, said)
    assert not facts_agree(payload, content(number="06/2009"))


def test_long_facts_are_cut_in_the_code_and_kept_in_the_hash(key: SigningKey) -> None:
    said = content(people=(LONG_NAME, LONG_NAME))
    payload = make_payload(said, key)
    assert read_payload(payload).people.endswith("…")
    assert facts_agree(read_payload(payload), said)
    assert len(payload) < 420


def test_every_letter_of_a_payload_counts(key: SigningKey) -> None:
    payload = make_payload(content(), key)
    for place in range(0, len(payload), 3):
        other = "A" if payload[place] != "A" else "B"
        with pytest.raises(PackageError, match="extract-code-"):
            read_payload(payload[:place] + other + payload[place + 1 :])
    for changed in (payload[:-1], payload + "A", payload[4:], "", "HT1:"):
        with pytest.raises(PackageError, match="extract-code-unreadable"):
            read_payload(changed)


@given(st.text(max_size=60))
@settings(max_examples=60, deadline=None)
def test_no_text_is_taken_for_a_payload_by_accident(text: str) -> None:
    found = find_payload(text)
    if found:
        with pytest.raises(PackageError):
            read_payload(found)


def test_a_payload_typed_in_small_letters_and_lines_is_found(key: SigningKey) -> None:
    payload = make_payload(content(), key)
    typed = "\n".join(payload[start : start + 40].lower() for start in range(0, len(payload), 40))
    assert find_payload(f"mã: {typed}") == payload


def test_the_file_carries_what_was_signed(key: SigningKey) -> None:
    said = content()
    sealed = unseal(made(said, key))
    assert sealed.content == said
    assert sealed.digest == read_payload(sealed.payload).content_hash
    assert changed_sheets(made(said, key), sealed, key.public_key) == ()


def page_drawn_over(data: bytes) -> bytes:
    """The same file with a word painted over."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.pages[0].contents_add(b"q 1 1 1 rg 150 600 60 12 re f Q")
        pdf.save(out)
    return out.getvalue()


def page_added(data: bytes) -> bytes:
    """The same file with one more sheet."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.pages.append(pdf.pages[0])
        pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize(("change", "sheets"), [(page_drawn_over, (1,)), (page_added, (2,))])
def test_a_sheet_that_was_touched_is_named(change: object, sheets: tuple[int, ...], key: SigningKey) -> None:
    data = change(made(content(), key))  # type: ignore[operator]  # one of the functions above
    assert changed_sheets(data, unseal(data), key.public_key) == sheets


def test_other_content_under_the_same_sheet_has_another_hash(key: SigningKey) -> None:
    said = content()
    payload = make_payload(said, key)
    forged = seal(draw(said, payload, {}, key.public_key), content(number="06/2009"), payload)
    assert unseal(forged).digest != read_payload(payload).content_hash


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"not a pdf" * 100])
def test_what_is_no_extract_is_said_to_be_none(data: bytes) -> None:
    with pytest.raises(PackageError, match="extract-not-ours"):
        unseal(data)


def test_an_ordinary_pdf_is_none_either() -> None:
    with pytest.raises(PackageError, match="extract-not-ours"):
        unseal(draw(content(), "", {}))


def attachments() -> Iterator[bytes]:
    yield b"{}"
    yield b"[1, 2"
    yield msgspec.json.encode({"payload": "HT1:A", "content": {"record_type": "KS"}})
    yield msgspec.json.encode({"payload": 5, "content": []})


@pytest.mark.parametrize("attached", list(attachments()))
def test_a_broken_attachment_is_said_to_be_none(attached: bytes, key: SigningKey) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(made(content(), key))) as pdf:
        pdf.attachments["hotich-extract.json"] = attached
        pdf.save(out)
    with pytest.raises(PackageError, match="extract-not-ours"):
        unseal(out.getvalue())


def test_the_shipped_layouts_need_no_other_letters() -> None:
    folder = Path(hotich.export.extract.__file__).parent / "layouts"
    for file in folder.glob("*.toml"):
        text = file.read_text(encoding="utf-8").replace("\n", " ")
        assert writable(text) == text, file.name
