"""Communes, districts and provinces of a year."""

import pytest

from hotich.forms.unit_list import Unit, around, districts, former_provinces, provinces_in, unit_of, units_of
from hotich.text import fold


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Xã Yên Khánh", Unit("xã", "Yên Khánh")),
        ("x. Yên Khánh", Unit("xã", "Yên Khánh")),
        ("X.Yên Khánh", Unit("xã", "Yên Khánh")),
        ("TP. Nam Định", Unit("thành phố", "Nam Định")),
        ("thị xã Hồng Lĩnh", Unit("thị xã", "Hồng Lĩnh")),
        ("Xuân Trường", Unit("", "Xuân Trường")),
        ("tỉnh", Unit("", "tỉnh")),
    ],
)
def test_a_unit_is_a_kind_and_a_name(text, unit):
    assert unit_of(text) == unit


def test_an_office_is_told_from_the_commune_up():
    assert units_of("UBND xã Yên Trạch, huyện Ý Yên, tỉnh Hà Nam Ninh") == (
        Unit("xã", "Yên Trạch"),
        Unit("huyện", "Ý Yên"),
        Unit("tỉnh", "Hà Nam Ninh"),
    )
    assert units_of("  ") == ()


def test_communes_of_the_district_are_found_through_a_province_that_is_no_more():
    near = around("UBND xã Yên Trạch, huyện Ý Yên, tỉnh Hà Nam Ninh", 1984)
    assert Unit("xã", "Yên Khánh") in near.communes
    assert {"Ý Yên", "Hoa Lư", "Lý Nhân"} <= {unit.name for unit in near.districts}


def test_an_unknown_district_leaves_the_own_units():
    near = around("UBND xã Bịa, huyện Không Có, tỉnh Nam Định", 2001)
    assert near.communes == () and [unit.name for unit in near.own] == ["Bịa", "Không Có", "Nam Định"]


@pytest.mark.parametrize(
    ("year", "named", "unnamed"),
    [
        (1984, {"Hà Nam Ninh", "Hải Hưng", "Nghĩa Bình"}, {"Nam Định", "Hải Dương", "Bình Định", "Hà Tây"}),
        (1994, {"Nam Hà", "Ninh Bình", "Hải Hưng", "Hà Tây"}, {"Nam Định", "Hà Nam Ninh", "Hưng Yên"}),
        (2001, {"Nam Định", "Đắk Lắk", "Hà Tây", "Cần Thơ"}, {"Đắk Nông", "Nam Hà", "Hà Bắc"}),
        (2018, {"Nam Định", "Đắk Nông", "Hậu Giang"}, {"Hà Tây", "Hà Nam Ninh"}),
    ],
)
def test_provinces_are_those_of_the_year(year, named, unnamed):
    names = [unit.name for unit in provinces_in(year)]
    assert named <= set(names) and not unnamed & set(names)
    assert len(names) == len({(unit.kind, unit.name) for unit in provinces_in(year)})


def test_every_former_province_lies_on_land_of_today():
    today = {fold(district.province.name) for district in districts()}
    for former in former_provinces():
        assert former.first <= former.last
        assert set(former.today) <= today, former.unit.name
