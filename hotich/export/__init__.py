"""Packages: the approved records of a book in one file that proves what was done to it since."""

from hotich.export.package import BuiltPackage, build_package
from hotich.export.package_types import PackageBook
from hotich.export.records_json import PackageContent, PackagePage
from hotich.export.verify import Verification, verify

__all__ = ["BuiltPackage", "PackageBook", "PackageContent", "PackagePage", "Verification", "build_package", "verify"]
