"""Reads packages of civil-status records (`*.hotich.zip`): one file, standard library only, Python 3.9 or later.

    python read_package.py PACKAGE...            checks them and says what they hold
    python read_package.py --records PACKAGE...  checks them and prints every record as a line of JSON
    python read_package.py --rows PACKAGE...     the same with the row of the import template only

From a program:

    with open_package("KS.1982.01.hotich.zip") as package:
        for record in package.records():
            take_over(record["national"])

Every hash that a package holds is checked before the first record is handed out, and every byte outside of what is
hashed must be the one that follows from it. It is not told here who wrote the package: `hotich verify` also checks the
signature. The format is described in importers.md.
"""

import contextlib
import hashlib
import io
import json
import re
import struct
import sys
import zipfile
import zlib

MAJOR = "1"
PORTION = 2**20
LOCKED = b"hotich-locked"
SEAL = re.compile(rb"hotich-seal 1\nmanifest ([0-9a-f]{64})\nbefore ([0-9]{1,12}) ([0-9a-f]{64})\n")
LOCAL = struct.Struct("<4sHHHHHLLLHH")
CENTRAL = struct.Struct("<4sHHHHHHLLLHHHHHLL")
END = struct.Struct("<4sHHHHLLH")
MADE_BY, VERSION, FIRST_DAY, RIGHTS = 0x0314, 20, 0x0021, 0o100644 << 16
STORED, DEFLATED = 0, 8


class PackageError(Exception):
    """A package that cannot be trusted, and why."""


@contextlib.contextmanager
def told_plainly(path):
    """Whatever goes wrong within is a PackageError: damage may bring about any error of what unpacks and reads."""
    try:
        yield
    except PackageError:
        raise
    except Exception as error:
        raise PackageError(f"{path} is no package that can be read: {type(error).__name__}: {error}") from error


def open_package(path, practice=False):
    """The package, once every hash was found to fit. Practice packages are refused unless they are asked for."""
    with told_plainly(path):
        package = Package(path)
        try:
            package.check()
            # Only a plain "false" is taken for real data.
            if package.manifest["practice"] is not False and not practice:
                raise PackageError(f"{path} holds made-up data for practising")
        except BaseException:
            package.close()
            raise
        return package


class Package:
    """An open package. `manifest` is manifest.json; use `open_package`, which checks it."""

    def __init__(self, path):
        self.path = str(path)
        self._file = open(path, "rb")  # noqa: SIM115 - closed by `close`, which `with` calls
        try:
            if self._file.read(len(LOCKED)) == LOCKED:
                raise PackageError(f"{path} is locked: open it with `hotich unlock`")
            self._archive = zipfile.ZipFile(self._file)
            self._manifest_bytes = self._archive.read("manifest.json")
            self.manifest = json.loads(self._manifest_bytes.decode("utf-8"))
            version = self.manifest["schema_version"]
            if version.split(".")[0] != MAJOR:
                raise PackageError(f"{path} follows version {version} of the format, this reader knows {MAJOR}.x")
        except BaseException:
            self._file.close()
            raise

    @property
    def delta(self):
        """What the package changes of an earlier one: base, reason, changes, withdrawn. None for a whole book."""
        return self.manifest.get("delta")

    @property
    def columns(self):
        """The codes of the import template, in its order."""
        with told_plainly(self.path):
            return self.manifest["book"]["columns"]

    def records(self):
        """The records in the order of the book, one at a time."""
        with told_plainly(self.path):
            yield from self._records()

    def _records(self):
        told = self._hashes()
        with self._archive.open("records.json") as member:
            for line in io.BufferedReader(member, PORTION):
                line = line.rstrip(b"\n")
                line = line[:-1] if line.endswith(b"},") else line
                if line in (b"[", b"]", b""):
                    continue
                record = json.loads(line.decode("utf-8"))
                if told.pop(record["record_id"], None) != hashlib.sha256(line).hexdigest():
                    raise PackageError("{}: the record {} was changed".format(self.path, record["record_id"]))
                yield record
        if told:
            raise PackageError(f"{self.path}: {len(told)} records are missing")

    def _hashes(self):
        """The hash of the line of each record, by its id."""
        return {check["record_id"]: check["sha256"] for check in self.manifest["records"]}

    def picture(self, number):
        """The delivered picture of a page as JPEG bytes; pages count from 1."""
        with told_plainly(self.path):
            return self._archive.read(self.manifest["pages"][number - 1]["file"])

    def check(self):
        """Raises PackageError for the first thing that is not as it was written."""
        self._check_seal()
        self._check_structure()
        names = self._archive.namelist()
        allowed = set(self.manifest["files"]) | {"manifest.json", "SEAL", "manifest.sig", "manifest.p7s"}
        if len(names) != len(set(names)) or set(names) - allowed:
            raise PackageError(f"{self.path} holds files that the manifest does not list")
        for name, told in self.manifest["files"].items():
            if name not in names:
                raise PackageError(f"{self.path}: the file {name} is missing")
            if self._digest_of(name, told["size"]) != told["sha256"]:
                raise PackageError(f"{self.path}: the file {name} was changed")
        if len(self._hashes()) != self.manifest["counts"]["records"]:
            raise PackageError(f"{self.path}: the number of records does not fit")

    def _check_seal(self):
        """SEAL holds the hash of the manifest, and of every byte of the file before SEAL itself."""
        try:
            seal = self._archive.getinfo("SEAL")
        except KeyError:
            raise PackageError(f"{self.path} has no seal") from None
        found = SEAL.fullmatch(self._archive.read(seal)) if seal.file_size < 1024 else None
        if not found:
            raise PackageError(f"{self.path}: the seal is damaged")
        manifest, before, digest = found.groups()
        if hashlib.sha256(self._manifest_bytes).hexdigest() != manifest.decode():
            raise PackageError(f"{self.path}: manifest.json was changed")
        self._file.seek(0)
        whole, left = hashlib.sha256(), int(before)
        while left > 0:
            portion = self._file.read(min(PORTION, left))
            if not portion:
                break
            whole.update(portion)
            left -= len(portion)
        if left or before != b"%d" % seal.header_offset or whole.hexdigest() != digest.decode():
            raise PackageError(f"{self.path}: bytes were changed after it was sealed")

    def _check_structure(self):
        """Members lie back to back with SEAL as the last; what follows it can be worked out, and nothing else may."""
        entries, place, name = [], 0, b""
        while name != b"SEAL":
            self._file.seek(place)
            head = self._file.read(LOCAL.size).ljust(LOCAL.size, b"\0")
            crc, packed, size, length = LOCAL.unpack(head)[6:10]
            name = self._file.read(length)
            method = STORED if name == b"SEAL" or name.endswith(b".jpg") else DEFLATED
            fixed = (VERSION, 0, method, 0, FIRST_DAY, crc, packed, size, length, 0)
            if head != LOCAL.pack(b"PK\3\4", *fixed) or (method == STORED and packed != size):
                raise PackageError(f"{self.path}: the ZIP structure was changed at byte {place}")
            entries.append(CENTRAL.pack(b"PK\1\2", MADE_BY, *fixed, 0, 0, 0, RIGHTS, place) + name)
            place += LOCAL.size + length + packed
        directory = b"".join(entries)
        lawful = directory + END.pack(b"PK\5\6", 0, 0, len(entries), len(entries), len(directory), place, 0)
        self._file.seek(place)
        if self._file.read(len(lawful) + 1) != lawful:
            raise PackageError(f"{self.path}: the ZIP structure was changed behind the seal")

    def _digest_of(self, name, size):
        """The hash of a file, read in portions and no further than it may be long."""
        digest, length = hashlib.sha256(), 0
        try:
            with self._archive.open(name) as member:
                while True:
                    portion = member.read(PORTION)
                    if not portion:
                        return digest.hexdigest() if length == size else ""
                    length += len(portion)
                    if length > size:
                        return ""
                    digest.update(portion)
        except (OSError, EOFError, ValueError, RuntimeError, zipfile.BadZipFile, zlib.error):
            return ""

    def close(self):
        """Lets go of the file."""
        self._archive.close()
        self._file.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def main(words):
    """0 when every package is as it was written, else 9."""
    shown = [word for word in words if word in ("--records", "--rows")]
    paths = [word for word in words if not word.startswith("--")]
    if not paths or len(shown) + len(paths) != len(words):
        print(__doc__, file=sys.stderr)
        return 2
    code = 0
    for path in paths:
        try:
            with open_package(path) as package:
                for line in lines(package, shown):
                    print(line)
        except PackageError as error:
            print(error, file=sys.stderr)
            code = 9
    return code


def lines(package, shown):
    """The records, each as a line of JSON, or one line of what the package is."""
    with told_plainly(package.path):
        if not shown:
            yield summary(package)
            return
        for record in package.records():
            yield json.dumps(record["national"] if "--rows" in shown else record, ensure_ascii=False)


def summary(package):
    """What the package is, once all its records were found to fit."""
    book, counts, delta = package.manifest["book"], package.manifest["counts"], package.delta
    what = f"changes since package {delta['base']}: {delta['reason']}" if delta else "the whole book"
    records = sum(1 for _ in package.records())
    named = f"{book['record_type']} {book['year']} {book['number']}, {book['place']}"
    return f"{package.path}: {named}; {records} records, {counts['pages']} pages; {what}"


if __name__ == "__main__":
    if hasattr(sys.stdout, "reconfigure"):
        # Half a letter from a made-up package is printed as JSON writes it, not as an error.
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(main(sys.argv[1:]))
