"""Reads packages of civil-status records (`*.hotich.zip`): one file, standard library only, Python 3.9 or later.

    python read_package.py PACKAGE...            checks them and says what they hold
    python read_package.py --records PACKAGE...  checks them and prints every record as a line of JSON
    python read_package.py --rows PACKAGE...     the same with the row of the import template only

From a program:

    with open_package("KS.1982.01.hotich.zip") as package:
        for record in package.records():
            take_over(record["national"])

Every hash that a package holds is checked before the first record is handed out. It is not told here who wrote the
package: `hotich verify` also checks the signature. The format is described in importers.md.
"""

import hashlib
import io
import json
import re
import sys
import zipfile
import zlib

MAJOR = "1"
PORTION = 2**20
LOCKED = b"hotich-locked"
SEAL = re.compile(rb"hotich-seal 1\nmanifest ([0-9a-f]{64})\nbefore ([0-9]{1,12}) ([0-9a-f]{64})\n")


class PackageError(Exception):
    """A package that cannot be trusted, and why."""


def open_package(path, practice=False):
    """The package, once every hash was found to fit. Practice packages are refused unless they are asked for."""
    try:
        package = Package(path)
    except (OSError, EOFError, KeyError, TypeError, ValueError, RuntimeError, zipfile.BadZipFile, zlib.error) as error:
        raise PackageError(f"{path} is no package that can be read: {error}") from error
    try:
        package.check()
        if package.manifest["practice"] and not practice:
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
        return self.manifest["book"]["columns"]

    def records(self):
        """The records in the order of the book, one at a time."""
        told = {check["record_id"]: check["sha256"] for check in self.manifest["records"]}
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

    def picture(self, number):
        """The delivered picture of a page as JPEG bytes; pages count from 1."""
        return self._archive.read(self.manifest["pages"][number - 1]["file"])

    def check(self):
        """Raises PackageError for the first thing that is not as it was written."""
        self._check_seal()
        names = self._archive.namelist()
        allowed = set(self.manifest["files"]) | {"manifest.json", "SEAL", "manifest.sig", "manifest.p7s"}
        if len(names) != len(set(names)) or set(names) - allowed:
            raise PackageError(f"{self.path} holds files that the manifest does not list")
        for name, told in self.manifest["files"].items():
            if name not in names:
                raise PackageError(f"{self.path}: the file {name} is missing")
            if self._digest_of(name, told["size"]) != told["sha256"]:
                raise PackageError(f"{self.path}: the file {name} was changed")
        if len(self.manifest["records"]) != self.manifest["counts"]["records"]:
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
        if left or seal.header_offset != int(before) or whole.hexdigest() != digest.decode():
            raise PackageError(f"{self.path}: bytes were changed after it was sealed")

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
                tell(package, shown)
        except PackageError as error:
            print(error, file=sys.stderr)
            code = 9
    return code


def tell(package, shown):
    """Prints the records, or one line of what the package is."""
    if shown:
        for record in package.records():
            print(json.dumps(record["national"] if "--rows" in shown else record, ensure_ascii=False))
        return
    book, counts, delta = package.manifest["book"], package.manifest["counts"], package.delta
    what = f"changes since package {delta['base']}: {delta['reason']}" if delta else "the whole book"
    records = sum(1 for _ in package.records())
    named = f"{book['record_type']} {book['year']} {book['number']}, {book['place']}"
    print(f"{package.path}: {named}; {records} records, {counts['pages']} pages; {what}")


if __name__ == "__main__":
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")
    sys.exit(main(sys.argv[1:]))
