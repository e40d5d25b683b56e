"""Signed packages in the hands of people who know the format: whatever they do, it is found and named."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotich.export import verify
from hotich.export.package_types import MANIFEST, RECORDS, SEAL, SIGNATURES
from hotich.export.trust import SignatureKind, SignatureState, Standing, Trust
from hotich.pipeline.trust import trust_here
from tests.export.made import REVIEWER
from tests.export.tamper import compact, forged, keys, packed_again, sealed_again, signed_again, unpacked, verified
from tests.export.trust.authority import made
from tests.export.trust.conftest import Authority, signer_of

OWN, CERTIFICATE = SIGNATURES


@pytest.fixture(scope="module", params=SIGNATURES)
def signed(request: pytest.FixtureRequest, practice_package: Path, certified_package: Path) -> Path:
    """A package of one page, by each kind of signature."""
    return certified_package if request.param == CERTIFICATE else practice_package


def name_of_signature(members: dict[str, bytes]) -> str:
    (found,) = set(members) & set(SIGNATURES)
    return found


def test_a_signed_package_says_who_signed(
    practice_package: Path, certified_package: Path, authority: Authority
) -> None:
    found = verify(practice_package, trust=trust_here()).signature
    assert (found.state, found.kind, found.name) == (SignatureState.FITS, SignatureKind.OWN_KEY, REVIEWER.name)
    assert found.standing is Standing.OWN
    by_certificate = verify(certified_package, trust=Trust(roots=(authority.root.certificate,)))
    assert by_certificate.ok and by_certificate.problems == ()
    assert by_certificate.signature.standing is Standing.KNOWN_ROOT
    assert by_certificate.signature.name == "H'Hen Niê, UBND xã Tân Lập"
    order = [*unpacked(certified_package)][-3:]
    assert order == [MANIFEST, CERTIFICATE, SEAL]
    told = json.loads(unpacked(certified_package)[MANIFEST])["signed_by"]
    assert told == {
        "file": CERTIFICATE,
        "name": by_certificate.signature.name,
        "fingerprint": by_certificate.signature.fingerprint,
    }


def test_a_signature_taken_away_is_missed(signed: Path, tmp_path: Path) -> None:
    members = unpacked(signed)
    del members[name_of_signature(members)]
    found = verify(sealed_again(members, tmp_path / "p.zip"))
    assert keys(found) - {"package-practice"} == {"package-signature-missing"}
    assert found.signature.state is SignatureState.BROKEN
    assert name_of_signature(unpacked(signed)) in found.problems[0].message


def test_the_signature_of_another_package_does_not_fit(
    signed: Path, package: Path, tmp_path: Path, authority: Authority
) -> None:
    members = unpacked(signed)
    name = name_of_signature(members)
    strange = unpacked(package)
    foreign = strange[OWN] if name == OWN else signer_of(authority.ec).sign(strange[MANIFEST])
    found = verify(sealed_again({**members, name: foreign}, tmp_path / "p.zip"))
    assert "package-signature-wrong" in keys(found) and found.signature.state is SignatureState.BROKEN


def test_a_second_signature_is_not_let_in(signed: Path, tmp_path: Path, authority: Authority) -> None:
    members = unpacked(signed)
    other = CERTIFICATE if name_of_signature(members) == OWN else OWN
    document = signer_of(authority.rsa).sign(members[MANIFEST])
    found = verify(sealed_again({**members, other: document}, tmp_path / "p.zip"))
    assert "package-signature-foreign" in keys(found) and found.signature.state is SignatureState.BROKEN


def test_somebody_elses_signature_of_the_same_manifest_is_told(
    certified_package: Path, tmp_path: Path, authority: Authority
) -> None:
    """The certificate swapped for one of the same name: whose key it is stands in the manifest."""
    members = unpacked(certified_package)
    for other in (authority.rsa, made("H'Hen Niê", authority.middle)):
        members[CERTIFICATE] = signer_of(other).sign(members[MANIFEST])
        found = verify(sealed_again(members, tmp_path / "p.zip"))
        assert keys(found) == {"package-signature-other-signer"}
        assert found.signature.state is SignatureState.BROKEN


def test_every_part_of_a_signature_counts_under_a_seal_that_fits(signed: Path, tmp_path: Path) -> None:
    members = unpacked(signed)
    name = name_of_signature(members)
    document = members[name]
    for place in range(0, len(document), 29):
        changed = document[:place] + bytes([document[place] ^ 0x11]) + document[place + 1 :]
        found = verify(sealed_again({**members, name: changed}, tmp_path / "p.zip"))
        assert {"package-signature-wrong", "package-signature-unreadable"} & keys(found), place
    for changed in (b"", document[:-1], document + b"\n", b"x" * 200_000):
        assert not verify(sealed_again({**members, name: changed}, tmp_path / "p.zip")).ok


def test_a_changed_value_under_hashes_that_fit_breaks_the_signature(signed: Path, tmp_path: Path) -> None:
    """Everything but the signature was made to fit: it names file and record where it can, and the signature always."""
    members = unpacked(signed)
    manifest = json.loads(members[MANIFEST])
    manifest["book"]["place"] = "UBND xã Khác"
    found = verify(sealed_again({**members, MANIFEST: compact(manifest)}, tmp_path / "p.zip"))
    assert "package-signature-wrong" in keys(found)
    changed = members[RECORDS].replace('"as_written":"Đỗ'.encode(), '"as_written":"Đồ'.encode())
    assert changed != members[RECORDS]
    members[RECORDS] = changed
    named = verify(sealed_again(members, tmp_path / "p.zip"))
    assert {"package-field-changed", "package-file-changed"} <= keys(named)


def test_a_forger_can_only_sign_as_somebody_else(certified_package: Path, tmp_path: Path, authority: Authority) -> None:
    """A package made anew from end to end is whole, and by somebody who is not known here."""
    members = unpacked(certified_package)
    forger = made("H'Hen Niê")
    manifest = json.loads(members[MANIFEST])
    manifest["book"]["place"] = "UBND xã Khác"
    manifest["signed_by"] |= {"name": signer_of(forger).name, "fingerprint": signer_of(forger).fingerprint}
    members[MANIFEST] = compact(manifest)
    members[CERTIFICATE] = signer_of(forger).sign(members[MANIFEST])
    found = verify(sealed_again(members, tmp_path / "p.zip"), trust=Trust(roots=(authority.root.certificate,)))
    assert found.ok and found.signature.standing is Standing.UNKNOWN
    assert found.signature.notes[2].rule_id == "signature-root-unknown"


def test_a_package_that_says_nothing_of_a_signature_is_told_as_unsigned(package: Path, tmp_path: Path) -> None:
    members = unpacked(package)
    manifest = json.loads(members[MANIFEST])
    manifest["signed_by"] = None
    del members[OWN]
    found = verify(sealed_again({**members, MANIFEST: compact(manifest)}, tmp_path / "p.zip"))
    assert found.ok and found.signature.state is SignatureState.ABSENT
    assert [note.rule_id for note in found.signature.notes] == ["signature-absent"]


def test_a_package_of_an_earlier_version_needs_no_signature(package: Path, tmp_path: Path) -> None:
    target = forged(package, tmp_path / "p.zip", lambda manifest, _: manifest.update(schema_version="1.1.0"))
    members = unpacked(target)
    manifest = json.loads(members[MANIFEST])
    del manifest["signed_by"]
    del members[OWN]
    found = verify(sealed_again({**members, MANIFEST: compact(manifest)}, tmp_path / "q.zip"))
    assert found.ok and found.records == 3 and found.signature.state is SignatureState.ABSENT


@settings(max_examples=120)
@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_any_flipped_bit_of_a_certified_package_is_found(
    certified_package: Path, tmp_path_factory: pytest.TempPathFactory, place: float, bit: int
) -> None:
    whole = certified_package.read_bytes()
    at = int(place * len(whole))
    changed = whole[:at] + bytes([whole[at] ^ (1 << bit)]) + whole[at + 1 :]
    assert not verified(changed, tmp_path_factory.getbasetemp()).ok


@pytest.mark.parametrize("name", ["../ngoài.txt", "/tmp/ngoài.txt", "pages/../../ngoài.txt", "C:\\ngoài.txt"])
def test_nothing_is_ever_written_beside_a_package(package: Path, tmp_path: Path, name: str) -> None:
    """A name that leads out of the folder, under a signature and a seal that fit."""
    members = unpacked(package)
    manifest = json.loads(members[MANIFEST])
    manifest["files"][name] = {"size": 1, "sha256": "0" * 64}
    members = signed_again({**members, MANIFEST: compact(manifest)})
    folder = tmp_path / "nhận"
    folder.mkdir()
    found = verify(packed_again({**members, name: b"x"}, folder / "p.zip"))
    assert {"package-name-dangerous", "package-file-unlawful"} <= keys(found)
    assert [each.name for each in tmp_path.rglob("*")] == ["nhận", "p.zip"]


def test_every_region_counts(signed: Path, tmp_path: Path) -> None:
    """Begin, middle and end of each local header, of each member's bytes and of each entry of the directory."""
    whole = signed.read_bytes()
    with zipfile.ZipFile(signed) as archive:
        infos = archive.infolist()
        entry = archive.start_dir
    regions: list[tuple[int, int]] = []
    for info in infos:
        data = info.header_offset + 30 + len(info.filename)
        regions += [(info.header_offset, data), (data, data + info.compress_size)]
        regions.append((entry, entry := entry + 46 + len(info.filename)))
    regions.append((entry, len(whole)))
    missed = []
    for start, end in regions:
        for at in {start, (start + end) // 2, end - 1}:
            changed = whole[:at] + bytes([whole[at] ^ 0x24]) + whole[at + 1 :]
            if verified(changed, tmp_path).ok:
                missed.append(at)
    assert len(regions) == 3 * len(infos) + 1 and missed == []
