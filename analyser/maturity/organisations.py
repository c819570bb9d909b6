"""Whose strategy each file is, where the analyst says so in a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from analyser.document import InputError
from analyser.maturity.records import read as read_records

_COLUMNS = {
    "file": ("file", "tiedosto", "fil"),
    "organisation": ("organisation", "organization", "organisaatio", "nimi", "namn", "name"),
}


def read(path: Path) -> dict[str, str]:
    """Organisations by file, as a table with the columns file and organisation names them.

    Raises InputError if it is not such a table or names one file's organisation in two ways.
    """
    named: dict[str, tuple[int, str]] = {}
    for line, record in read_records(path, _COLUMNS):
        file, organisation = record["file"].replace("\\", "/"), record["organisation"]
        if not file or not organisation:
            raise InputError(f"{path}: row {line} lacks the file or the organisation; fill it in or remove the row.")
        earlier, name = named.setdefault(file, (line, organisation))
        if name != organisation:
            raise InputError(f"{path}: rows {earlier} and {line} name {file} differently; keep one of them.")
    return {file: organisation for file, (_, organisation) in named.items()}


def by_file(named: Mapping[str, str], files: Iterable[str]) -> tuple[dict[str, str], list[str]]:
    """The organisation of each of `files` that the table names, and what the table names that is not among them.

    A file is named by its path as the results give it, or by its name alone where no other file shares that.
    """
    by_name: dict[str, list[str]] = {}
    known = set(files)
    for file in known:
        for key in {file, file.rsplit("/", 1)[-1]}:
            by_name.setdefault(key, []).append(file)
    found = {}
    unused = []
    for key, organisation in named.items():
        meant = [key] if key in known else by_name.get(key, [])
        if len(meant) == 1:
            found[meant[0]] = organisation
        else:
            unused.append(key)
    return found, unused
