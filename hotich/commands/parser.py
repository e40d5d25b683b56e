"""What may be typed after `hotich`, and what is done about it."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from hotich import __version__
from hotich.commands.console import Console
from hotich.commands.signing import add_locking, add_signing, add_unlocking
from hotich.errors import HotichError
from hotich.messages import Language, sentence
from hotich.values import RecordType, Role, Status

EXIT_CODES = """\
exit codes:
  0  all went well                          5  the workspace or a database cannot be opened or written
  1  the program itself failed              6  not allowed, or there is no such book or record
  2  wrong words on the command line        7  a recogniser failed
  3  a file or page could not be used       8  a package or folder could not be read or written
  4  something is missing or unknown here:  9  a check or verification found errors
     a model, form, key, room on the disk   130  stopped by Ctrl+C
"""

Verb = Callable[[argparse.Namespace, Console], int]


def run(words: Sequence[str]) -> int:
    """The exit code of what the words ask for; without words the window, or the practice run without a screen."""
    parser = build_parser()
    chosen = parser.parse_args([*words] if words else [default_verb()])
    console = Console(getattr(chosen, "json", False), Language(chosen.lang))
    if chosen.verb is None:
        parser.print_help()
        return 2
    try:
        return console.finish(_verb(chosen.verb)(chosen, console))
    except HotichError as error:
        return console.error(error)
    except KeyboardInterrupt:
        print(sentence("commands-stopped", language=console.language), file=sys.stderr)
        return 130


def default_verb() -> str:
    """The window where there is a screen, else the practice run."""
    return "window" if has_screen() else "practice"


def has_screen() -> bool:
    """Whether a window can be shown here."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


PLACES = {
    "window": ("window", "show"),
    "practice": ("practice", "run"),
    "import": ("verbs", "import_pages"),
    "read": ("verbs", "read"),
    "check": ("verbs", "check"),
    "export": ("export", "run"),
    "packages": ("export", "packages"),
    "verify": ("trust", "verify"),
    "unlock": ("trust", "unlock"),
    "trust": ("trust", "run"),
    "handoff": ("handoff", "run"),
    "pdf": ("documents", "run"),
    "alto": ("alto", "run"),
    "load": ("load", "run"),
    "refusals": ("incoming", "run_refusals"),
    "old-sheet": ("incoming", "run_old_sheet"),
    "search": ("extract", "run_search"),
    "extract": ("extract", "run_extract"),
    "extracts": ("extract", "run_log"),
    "verify-extract": ("extract", "run_verify"),
    "books": ("verbs", "books"),
    "forms": ("verbs", "forms"),
    "model": ("models", "run"),
}
"""Module and function of each verb; loaded only when it is asked for."""


def _verb(name: str) -> Verb:
    module, function = PLACES[name]
    found: Verb = getattr(importlib.import_module(f"hotich.commands.{module}"), function)
    return found


def build_parser() -> argparse.ArgumentParser:
    """The parser of all verbs."""
    parser = argparse.ArgumentParser(
        prog="hotich",
        description="HoTich: từ sổ hộ tịch giấy đến dữ liệu đã kiểm tra. / From paper registers to verified records.",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"hotich {__version__}")
    parser.add_argument("--lang", choices=[each.value for each in Language], default="vi", help="language of sentences")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB")
    _add_window(verbs)
    _add_practice(verbs)
    _add_import(verbs)
    _add_on_book(verbs, "read", "read the pages of a book that were not read yet")
    _add_on_book(verbs, "check", "put the rules to the records of a book")
    _add_export(verbs)
    _add_on_book(verbs, "packages", "list the packages in which a book left, with their numbers")
    _add_verify(verbs)
    _add_unlock(verbs)
    _add_trust(verbs)
    _add_handoff(verbs)
    _add_pdf(verbs)
    _add_alto(verbs)
    _add_load(verbs)
    _add_refusals(verbs)
    _add_old_sheet(verbs)
    _add_search(verbs)
    _add_extract(verbs)
    _add_books(verbs)
    _add_forms(verbs)
    _add_model(verbs)
    return parser


def _add(verbs: argparse._SubParsersAction[argparse.ArgumentParser], name: str, text: str) -> argparse.ArgumentParser:
    parser = verbs.add_parser(
        name, help=text, description=text, epilog=EXIT_CODES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    if name != "window":
        parser.add_argument("--json", action="store_true", help="print the result as JSON and nothing else")
    return parser


def _number(word: str) -> int:
    """A number from 1, as packages and hand-offs have. Raises ArgumentTypeError."""
    if not word.isdecimal() or int(word) < 1:
        raise argparse.ArgumentTypeError(f"not a number from 1: {word}")
    return int(word)


def _with_workspace(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--workspace", type=Path, help="folder of the workspace (default: the user's own)")


def _with_actor(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--name", default="", help="who acts, as it will stand in the history")
    parser.add_argument("--role", choices=[Role.CLERK.value, Role.SUPERVISOR.value], default=Role.CLERK.value)


def _add_window(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = _add(verbs, "window", "open the window")
    _with_workspace(parser)
    parser.add_argument("--no-practice", action="store_true", help="open your own workspace although it is empty")


def _add_practice(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = _add(verbs, "practice", "take the practice books from their pictures to verified packages")
    parser.add_argument("--out", type=Path, help="folder for packages and workspace (default: practice/ with the time)")
    parser.add_argument("--samples", type=Path, help="folder of the practice books (default: those that came along)")
    parser.add_argument("--book", action="append", default=[], help="only this practice book; may be given again")


def _add_import(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = _add(verbs, "import", "bring pictures, PDFs or folders into a book, a new one if --type is given")
    _with_workspace(parser)
    _with_actor(parser)
    parser.add_argument("paths", type=Path, nargs="+", metavar="PATH")
    parser.add_argument("--book", default="", help="id of the book, or the beginning of it")
    parser.add_argument("--type", choices=[each.value for each in RecordType], help="opens a new book of that type")
    parser.add_argument("--year", type=int, help="year of the new book")
    parser.add_argument("--number", default="01", help="number of the new book")
    parser.add_argument("--place", default="", help="registering body of the new book, as written on its cover")
    parser.add_argument("--form", default="", help="form of the new book, where it is known (see `hotich forms`)")


def _add_on_book(verbs: argparse._SubParsersAction[argparse.ArgumentParser], name: str, text: str) -> None:
    parser = _add(verbs, name, text)
    _with_workspace(parser)
    parser.add_argument("book", metavar="BOOK", help="id of the book, or the beginning of it")


def _add_export(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = _add(
        verbs, "export", "write packages, what changed since one, or rows, of books whose records are approved"
    )
    _with_workspace(parser)
    _with_actor(parser)
    parser.add_argument("book", metavar="BOOK", nargs="*", help="id of a book, or the beginning of it")
    parser.add_argument("--all", action="store_true", help="every book that may leave, practice books left out")
    parser.add_argument("--to", type=Path, default=Path("."), help="folder for the files")
    parser.add_argument(
        "--as", dest="form", choices=("package", "jsonl", "csv"), default="package", help="what to write"
    )
    parser.add_argument(
        "--since", type=_number, default=0, metavar="N", help="only what changed since package N of the book"
    )
    parser.add_argument("--reason", default="", help="why the book leaves again, with --since")
    add_signing(parser)
    add_locking(parser)


def _add_handoff(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = _add(verbs, "handoff", "write the workbook and the ZIP of PDFs that the national import takes for a book")
    _with_workspace(parser)
    _with_actor(parser)
    parser.add_argument("book", metavar="BOOK", help="id of the book, or the beginning of it")
    parser.add_argument("--to", type=Path, default=Path("."), help="folder below which the hand-off gets its own")
    parser.add_argument("--template", default="", metavar="ID|FILE", help="KS-60, KS-70…, or a province's own .xlsx")
    parser.add_argument("--templates", action="store_true", help="only list the templates for this book")
    parser.add_argument("--check", action="store_true", help="only tell what the importer would refuse")
    parser.add_argument("--since", type=_number, default=0, metavar="N", help="only what changed since hand-off N")
    parser.add_argument("--accept", default="", metavar="REASON", help="let warnings stand that nobody accepted yet")
    parser.add_argument("--confidential", action="store_true", help="adoption records too, as the office asked")
    parser.add_argument("--whole-pages", action="store_true", help="PDFs of whole pages, not of the entry alone")
    parser.add_argument("--text-layer", action="store_true", help="PDFs with text behind the picture, to be searched")
    parser.add_argument("--pdf-a", action="store_true", help="PDFs as PDF/A-2b")
    parser.add_argument("--usual-size", action="store_true", help="do not read whether handwriting stays legible")
    add_signing(parser)
    parser.set_defaults(sign="")


def _add_pdf(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = _add(verbs, "pdf", "write one PDF per record of a book, or of one record")
    _with_workspace(parser)
    parser.add_argument("what", metavar="RECORD|BOOK", help="id of a record; id of a book, or the beginning of it")
    parser.add_argument("--to", type=Path, default=Path("."), help="folder for the files")
    parser.add_argument("--all", action="store_true", help="records too that nobody approved yet")
    parser.add_argument("--check", action="store_true", help="check that handwriting stays legible, and keep it so")
    parser.add_argument("--whole-pages", action="store_true", help="whole pages, not the entry alone")
    parser.add_argument("--text-layer", action="store_true", help="text behind the picture, to be searched and copied")
    parser.add_argument("--pdf-a", action="store_true", help="PDF/A-2b")
    add_signing(parser)
    parser.set_defaults(sign="")


def _add_alto(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = _add(verbs, "alto", "write where fields stand and what was read and confirmed, as ALTO 4 XML per page")
    _with_workspace(parser)
    parser.add_argument("book", metavar="BOOK", help="id of the book, or the beginning of it")
    parser.add_argument("--to", type=Path, default=Path("."), help="folder for the files")


def _add_verify(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = _add(verbs, "verify", "find every change made to a package since it was written")
    parser.add_argument("packages", type=Path, nargs="+", metavar="PACKAGE")
    parser.add_argument("--by", default="", metavar="FINGERPRINT", help="end with 9 unless this key signed it")
    parser.add_argument("--known", action="store_true", help="end with 9 unless somebody known here signed it")
    add_unlocking(parser)


def _add_unlock(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = _add(verbs, "unlock", "write the package inside a locked file into a folder")
    parser.add_argument("package", type=Path, metavar="FILE")
    parser.add_argument("--to", type=Path, required=True, help="folder for the package")
    add_unlocking(parser)


def _add_trust(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    actions = _add(verbs, "trust", "whose signatures to believe").add_subparsers(
        dest="action", metavar="ACTION", required=True
    )
    add = _add(actions, "add", "believe a key that was compared, the signer of a package, or a root certificate")
    add.add_argument("what", metavar="FINGERPRINT|PACKAGE|CERTIFICATE")
    add.add_argument("--as", dest="called", default="", metavar="NAME", help="whose key it is")
    add.add_argument("--yes", action="store_true", help="the fingerprint was compared with the sender")
    _add(actions, "list", "tell whom this machine believes, its own key first")
    remove = _add(actions, "remove", "believe a key or root certificate no longer")
    remove.add_argument("what", metavar="FINGERPRINT|NAME")


def _add_load(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = _add(verbs, "load", "take packages over into a database of your own")
    parser.add_argument("packages", type=Path, nargs="+", metavar="PACKAGE")
    parser.add_argument("--to", required=True, metavar="URL", help="sqlite:///path or postgresql://user@host/database")
    add_unlocking(parser)


def _add_refusals(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = _add(verbs, "refusals", "take in what the importer did not take: the records are open again")
    _with_workspace(parser)
    parser.add_argument("book", metavar="BOOK", help="id of the book, or the beginning of it")
    parser.add_argument("file", type=Path, nargs="?", metavar="FILE", help="sheet, JSON or text; - reads the shell")
    parser.add_argument("--dry-run", action="store_true", help="show what each refusal means and write nothing")
    parser.add_argument("--doubtful", action="store_true", help="take in those too that are matched in part only")
    parser.add_argument("--counts", action="store_true", help="tell how far the refused records of the book are")
    parser.add_argument("--name", default="", help="who acts, as it will stand in the history")
    parser.add_argument("--role", choices=[Role.SUPERVISOR.value, Role.IMPORTER.value], default=Role.SUPERVISOR.value)


def _add_old_sheet(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = _add(verbs, "old-sheet", "take in a sheet keyed earlier as suggestions; without --yes only show it")
    _with_workspace(parser)
    _with_actor(parser)
    parser.add_argument("book", metavar="BOOK", help="id of the book, or the beginning of it")
    parser.add_argument("file", type=Path, metavar="FILE", help=".xlsx, .xls, .ods or .csv")
    parser.add_argument("--sheet", default="", help="name of the sheet (default: the first)")
    parser.add_argument("--map", action="append", default=[], metavar="HEADING=FIELD", help="what a column holds")
    parser.add_argument("--encoding", action="append", default=[], metavar="HEADING=NAME", help="how it is to be read")
    parser.add_argument("--dry-run", action="store_true", help="show columns, samples and matches and write nothing")
    parser.add_argument("--doubtful", action="store_true", help="take in rows too that are matched in part only")
    parser.add_argument("--yes", action="store_true", help="columns and samples were looked at: take it in")


def _add_search(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = _add(verbs, "search", "find records of all books by number, name, date, parents or place")
    _with_workspace(parser)
    parser.add_argument("words", nargs="*", metavar="WORD", help="such as: nguyen van a 1984, or: số 05/1984")
    parser.add_argument("--type", choices=[each.value for each in RecordType], help="only records of this type")
    parser.add_argument("--status", choices=[each.value for each in Status], help="only records in this state")
    parser.add_argument("--suggestions", action="store_true", help="search what nobody confirmed as well")
    parser.add_argument("--offset", type=int, default=0, help="begin after so many records")


def _add_extract(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = _add(verbs, "extract", "issue an extract of an approved record as a PDF for signature")
    _with_workspace(parser)
    _with_actor(parser)
    parser.add_argument("record", metavar="RECORD", help="id of the record, or words that find that one alone")
    parser.add_argument("--to", type=Path, required=True, metavar="FILE", help="the PDF to write")
    parser.add_argument("--for", dest="for_whom", required=True, metavar="WHOM", help="who gets it, for the log")
    parser.add_argument("--purpose", default="", help="what it is for")
    parser.add_argument("--copies", type=int, default=1)
    parser.add_argument("--no-picture", action="store_true", help="without the picture of the entry")
    parser.add_argument("--issuer", default="", help="the issuing office (default: the last one, or that of the book)")
    parser.add_argument("--place", default="", help="the place before the date")
    parser.add_argument("--signer", default="", help="who is to sign")
    parser.add_argument("--signer-office", default="", help="his office, such as CHỦ TỊCH")
    log = _add(verbs, "extracts", "list the extracts that were issued")
    _with_workspace(log)
    log.add_argument("--log", action="store_true", help="list them (the only thing there is to do)")
    log.add_argument("--offset", type=int, default=0, help="begin after so many")
    check = _add(verbs, "verify-extract", "check an extract offline: a PDF, a picture, or the text of its code")
    check.add_argument("given", metavar="FILE|TEXT")
    check.add_argument("--workspace", type=Path, help="also look into the log of this workspace")


def _add_books(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    _with_workspace(_add(verbs, "books", "list the books of the workspace"))


def _add_forms(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = _add(verbs, "forms", "list the forms, or the fields of one")
    parser.add_argument("form", nargs="?", metavar="FORM", help="id of one form")


def _add_model(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    actions = _add(verbs, "model", "look after what reads handwriting").add_subparsers(
        dest="action", metavar="ACTION", required=True
    )
    export = _add(actions, "export", "write the confirmed lines of a workspace to a folder, to train a model on")
    _with_workspace(export)
    export.add_argument("--to", type=Path, required=True, help="a new or empty folder")
    export.add_argument("--name", default="", help="the supervisor who agrees")
    export.add_argument("--consent", default="", help="what was agreed: what for, and who may use the lines")
    learn = _add(actions, "learn", "learn the hand of a book from its confirmed fields")
    _with_workspace(learn)
    learn.add_argument("book", metavar="BOOK", help="id of the book, or the beginning of it")
    learn.add_argument("--reread", action="store_true", help="then read the fields again that nobody confirmed")
    install = _add(actions, "install", "show the card and signer of a model pack and, once agreed, read with it")
    install.add_argument("pack", type=Path, metavar="PACK")
    install.add_argument("--sha256", default="", help="refuse the pack unless the file has this hash")
    install.add_argument("--trust", default="", metavar="FINGERPRINT", help="install it if this key signed it")
    install.add_argument("--yes", action="store_true", help="card and signer were read: install it")
    _add(actions, "show", "tell which model reads handwriting")
    _add(actions, "key", "show the key that packs made here are signed with")
    _add(actions, "remove", "take the installed pack back; the model before it is used again")
