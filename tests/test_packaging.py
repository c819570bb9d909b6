"""What is installed works by itself, away from the checkout."""

from __future__ import annotations

import ast
import configparser
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from common import ROOT

LEFT_OUT = shutil.ignore_patterns(".*", "build", "dist", "*.egg-info", "__pycache__", "demo-report")


def setup() -> configparser.ConfigParser:
    parser = configparser.ConfigParser()
    parser.read(ROOT / "setup.cfg", encoding="utf-8")
    return parser


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def requirements() -> dict[str, set[str]]:
    """The names that each group of setup.cfg asks for."""
    parser = setup()
    groups = {"": parser["options"]["install_requires"], **parser["options.extras_require"]}
    return {
        group: {normal(re.split(r"[ <>=]", line)[0]) for line in text.split("\n") if line.strip()}
        for group, text in groups.items()
    }


def test_every_package_is_listed() -> None:
    listed = setup()["options"]["packages"].split()
    folders = {p.relative_to(ROOT) for p in (ROOT / "analyser").rglob("*") if p.suffix in {".py", ".toml"}}
    packages = {".".join(folder.parent.parts) for folder in folders}
    assert set(listed) == packages | {"analyser.corpora", "analyser.models"}


def test_every_import_is_a_requirement() -> None:
    from importlib.metadata import packages_distributions

    imported: set[str] = set()
    for path in (ROOT / "analyser").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                imported.add(str(node.module).split(".")[0])
    foreign = imported - sys.stdlib_module_names - {"analyser", "__future__"}
    distributions = packages_distributions()
    asked = requirements()[""] | requirements()["cluster"]
    unnamed = {name for name in foreign if not {normal(d) for d in distributions.get(name, [])} & asked}
    assert unnamed == set()


def test_every_requirement_is_pinned() -> None:
    pins = [line for line in (ROOT / "constraints.txt").read_text().splitlines() if not line.startswith("#")]
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", pin) for pin in pins)
    pinned = {normal(pin.split("==")[0]) for pin in pins}
    assert set().union(*requirements().values()) <= pinned


def build(what: str, source: Path, into: Path) -> Path:
    """Build `wheel` or `sdist` from `source` with the setuptools at hand, so that nothing is fetched."""
    code = f"from setuptools import build_meta; build_meta.build_{what}({str(into)!r})"
    subprocess.run([sys.executable, "-W", "ignore", "-c", code], cwd=source, check=True, capture_output=True)
    (built,) = into.iterdir()
    return built


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The content of a wheel that was built from a source distribution."""
    folder = tmp_path_factory.mktemp("packaging")
    shutil.copytree(ROOT, folder / "checkout", ignore=LEFT_OUT)
    (folder / "sdist").mkdir()
    (folder / "wheel").mkdir()
    with tarfile.open(build("sdist", folder / "checkout", folder / "sdist")) as archive:
        archive.extractall(folder / "source", filter="data")
    (source,) = (folder / "source").iterdir()
    with zipfile.ZipFile(build("wheel", source, folder / "wheel")) as archive:
        archive.extractall(folder / "installed")
    return folder / "installed"


def test_the_wheel_holds_every_file_of_the_package(installed: Path) -> None:
    def files(folder: Path) -> set[str]:
        return {
            p.relative_to(folder).as_posix()
            for p in folder.rglob("*")
            if p.is_file() and "__pycache__" not in p.parts and not p.name.startswith(".")
        }

    expected = files(ROOT / "analyser")
    expected |= {f"{name}/{file}" for name in ("corpora", "models") for file in files(ROOT / name)}
    assert files(installed / "analyser") == expected


def test_the_demo_runs_from_the_wheel_alone(installed: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(installed), "HOME": str(tmp_path / "home")}
    environment.pop("ANALYSER_CACHE", None)
    outcome = subprocess.run(
        [sys.executable, "-m", "analyser", "demo", "--no-images"],
        cwd=tmp_path, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert outcome.returncode == 0, outcome.stderr
    assert outcome.stderr == ""
    report = re.search(r"Report: (.*)", outcome.stdout)
    assert report
    assert Path(report[1]) == (tmp_path / "demo-report" / "index.html").resolve()
    assert Path(report[1]).is_file()
