"""Short codes, their file, and capitals of names."""

import codecs
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotich.errors import InputError, SetupError
from hotich.keying.capitals import capital_word
from hotich.keying.macro_file import load_codes, read_codes, save_codes, written_codes
from hotich.keying.macros import MacroTable, check, own_codes
from hotich.letters import ACCENTED, is_ditto
from hotich.messages import Language, explain, sentence
from hotich.text import expand_suggestions

TABLE = MacroTable().with_code("nv", "Nguyễn Văn").with_code("nt", "Nguyễn Thị").with_code("ubx", "ủy ban xã")


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("nv", "Nguyễn Văn"),
        ("NV", "NGUYỄN VĂN"),
        ("Nv", "Nguyễn Văn"),
        ("Ubx", "Ủy ban xã"),
        ("UBX", "ỦY BAN XÃ"),
        ("nvx", None),
        ("", None),
    ],
)
def test_capitals_follow_the_code(typed: str, text: str | None) -> None:
    assert TABLE.expand(typed) == text


def test_a_mark_for_same_as_above_stays_one_in_a_register() -> None:
    assert TABLE.expand("nt", ditto_lawful=True) is None
    assert TABLE.expand("nt", ditto_lawful=True, asked=True) == "Nguyễn Thị"
    assert TABLE.expand("nt") == "Nguyễn Thị"


def test_a_code_stands_once_and_the_last_text_counts() -> None:
    table = TABLE.with_code("NV", "Nông Văn")
    assert table.expand("nv") == "Nông Văn" and len(table.codes) == 3
    assert table.without("nV").expand("nv") is None


def test_search_needs_no_marks() -> None:
    assert [entry.code for entry in TABLE.search("nguyen")] == ["nt", "nv"]
    assert [entry.code for entry in TABLE.search("nguyen thi")] == ["nt"]
    assert len(TABLE.search("")) == 3 and TABLE.search("xyz") == ()


def test_own_codes_are_no_abbreviations_of_registers() -> None:
    for entry in own_codes().codes:
        assert check(entry.code, entry.text) == ""
        assert not is_ditto(entry.code)
        assert not [one for one in expand_suggestions(entry.code) if one.meaning != "họ tên"]


@pytest.mark.parametrize(("code", "text"), [("", "x"), ("a", " "), ("a b", "x"), ("a:b", "x"), ("a" * 16, "x")])
def test_what_is_no_code_says_why(code: str, text: str) -> None:
    with pytest.raises(ValueError) as caught:
        MacroTable().with_code(code, text)
    for language in Language:
        assert sentence(str(caught.value), {}, language) != str(caught.value)


FILE = "nv:Nguyễn Văn\r\nđc:địa chỉ: tổ 5\r\n\r\n"


@pytest.mark.parametrize("first", ["", "DO NOT DELETE THIS LINE*** version=1 ***\r\n", ";DO NOT DELETE THIS LINE\r\n"])
@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.encode(),
        lambda text: codecs.BOM_UTF8 + text.encode(),
        lambda text: text.encode("utf-16"),
        lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
    ],
)
def test_the_file_of_unikey_is_read(first: str, encode) -> None:
    read = read_codes(encode(first + FILE), "ukmacro.txt")
    assert [(entry.code, entry.text) for entry in read.table.codes] == [("nv", "Nguyễn Văn"), ("đc", "địa chỉ: tổ 5")]
    assert read.skipped == ()


def test_wrong_lines_are_passed_over_and_named() -> None:
    read = read_codes("không có mã\na b:x\nnv:Nguyễn Văn\n:x\n".encode(), "m.txt")
    assert [entry.code for entry in read.table.codes] == ["nv"]
    assert [(line.number, line.reason) for line in read.skipped] == [
        (1, "short-code-no-colon"),
        (2, "short-code-letters"),
        (4, "short-code-empty"),
    ]


@pytest.mark.parametrize(
    "data",
    [
        "nv:Nguyễn Văn".encode("cp1258", errors="ignore"),
        b"nv:Nguy\xd4n V\xa8n",
        b"nv:Nguye^~n Va(n",
        b"nv:\x00x",
        b"x" * 2_000_001,
    ],
    ids=["cp1258", "tcvn3", "viqr", "nul", "large"],
)
def test_old_encodings_are_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(InputError) as caught:
        read_codes(data, "cũ.txt")
    assert "cũ.txt" in explain(caught.value) and "Đề nghị" in explain(caught.value)


def test_a_table_is_kept_and_comes_back(tmp_path: Path) -> None:
    file = tmp_path / "thư mục" / "gõ tắt.txt"
    assert load_codes(file) == own_codes()
    save_codes(file, TABLE)
    assert load_codes(file) == TABLE
    save_codes(file, MacroTable())
    assert load_codes(file) == MacroTable()
    file.write_bytes(b"\xff\xfe\x00")
    assert load_codes(file) == own_codes()


def test_a_disk_that_refuses_is_told(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("no folder")
    with pytest.raises(SetupError) as caught:
        save_codes(tmp_path / "x" / "codes.txt", TABLE)
    assert "codes.txt" in explain(caught.value)


CODES = st.text(alphabet="abcđnv0123.-'" + "".join(ACCENTED[:40]), min_size=1, max_size=15)
TEXTS = st.text(alphabet="abc: '.,-/" + "".join(ACCENTED), min_size=1, max_size=60).filter(str.strip)


@settings(max_examples=60)
@given(st.dictionaries(CODES, TEXTS, max_size=8))
def test_what_is_written_is_read_again(pairs: dict[str, str]) -> None:
    table = MacroTable()
    for code, text in pairs.items():
        table = table.with_code(code, text)
    assert read_codes(written_codes(table), "x").table == table


@settings(max_examples=60)
@given(st.binary(max_size=80))
def test_any_file_is_read_or_refused(data: bytes) -> None:
    try:
        read = read_codes(data, "x")
    except InputError as refused:
        assert refused.key.startswith("short-codes-")
    else:
        assert all(check(entry.code, entry.text) == "" for entry in read.table.codes)


@pytest.mark.parametrize(
    ("typed", "cased"),
    [
        ("nguyễn văn an", "Nguyễn Văn An"),
        ("đỗ thị ánh", "Đỗ Thị Ánh"),
        ("h'mlưng", "H'Mlưng"),
        ("k'brẽo", "K'Brẽo"),
        ("y bhiao", "Y Bhiao"),
        ("mlô duôn du", "Mlô Duôn Du"),
        ("ka nhỡ", "Ka Nhỡ"),
        ("êban", "Êban"),
        ("MLÔ Duôn du", "MLÔ Duôn Du"),
        ("nguyễn văn bé (tức tư)", "Nguyễn Văn Bé (tức Tư)"),
        ("không rõ", "không rõ"),
        ("nguyễn thị rõ", "Nguyễn Thị Rõ"),
        ("nt", "nt"),
        ("//", "//"),
        ("?", "?"),
    ],
)
def test_capitals_of_a_name_word_by_word(typed: str, cased: str) -> None:
    done = ""
    for word in typed.split():
        done = f"{done} {capital_word(word, done) or word}".strip()
    assert done == cased


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_every_letter_goes_through_table_file_and_search(form: str) -> None:
    letters = "".join(ACCENTED)
    table = MacroTable().with_code("đ1", unicodedata.normalize(form, letters))
    assert table.expand(unicodedata.normalize(form, "đ1")) == letters
    assert read_codes(unicodedata.normalize(form, f"đ1:{letters}").encode(), "x").table == table
    assert table.search(unicodedata.normalize(form, "ắ")) == table.codes
