"""The bundled corpus: in step with its sources, coded as CODING.md says, varied, and all our own."""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from corpora import source, typeset

CORPORA = Path(__file__).parents[2] / "corpora"
SENTENCES = sorted((CORPORA / "sentences").glob("*.tsv"))
GOLD: list[dict[str, Any]] = [
    json.loads(line) for line in (CORPORA / "gold.jsonl").read_text(encoding="utf-8").splitlines()
]
DEMO = [coded for coded in GOLD if (CORPORA / "demo" / coded["file"]).with_suffix(".pdf").exists()]
FRONT_MATTER = """+++
organisation = "Koekylän kunta"
sector = "Kunta"
language = "fi"
layout = "report"
label = "{label}"
standing = "{standing}"
borderline = false
reason = "A strategy for the tests."
+++
# Koekylän strategia
"""


def rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def sentences() -> Iterator[tuple[str, str]]:
    """Every sentence of the corpus with the name of its file."""
    for strategy in source.read_all(CORPORA / "strategies"):
        for block in strategy.blocks:
            for text in source.texts(block):
                for sentence in re.split(r"(?<=[.!?])\s+", text.text):
                    yield strategy.name, sentence
    for path in SENTENCES:
        yield from ((path.name, row["text"]) for row in rows(path))


def words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", text.casefold()))


def write(folder: Path, body: str, label: str = "mention", standing: str = "goal") -> Path:
    path = folder / "koekyla.md"
    path.write_text(FRONT_MATTER.format(label=label, standing=standing) + body, encoding="utf-8")
    return path


def test_texts_gold_and_pdfs_are_in_step_with_the_strategies() -> None:
    command = [sys.executable, str(CORPORA / "build.py"), "--check"]
    checked = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert checked.returncode == 0, checked.stderr


def test_check_names_what_is_stale(tmp_path: Path) -> None:
    copy = tmp_path / "corpora"
    shutil.copytree(CORPORA, copy, ignore=shutil.ignore_patterns("fonts", "__pycache__"))
    strategy = next((copy / "strategies").glob("*.md"))
    strategy.write_text(strategy.read_text(encoding="utf-8") + "\nUusi virke.\n", encoding="utf-8")
    command = [sys.executable, str(copy / "build.py"), "--check"]
    checked = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert checked.returncode == 1
    assert f"text/{strategy.stem}.txt" in checked.stderr


@pytest.mark.parametrize("coded", GOLD, ids=lambda coded: coded["file"])
def test_every_coded_span_is_at_its_offsets(coded: dict[str, Any]) -> None:
    text = (CORPORA / "text" / coded["file"]).read_text(encoding="utf-8")
    spans = coded["mentions"] + coded["false_friends"] + coded["priority_evidence"]
    for span in spans:
        assert " ".join(text[span["start"] : span["end"]].split()) == span["text"]
    assert {m["text"] for m in coded["mentions"] if m["role"] == "P"} == {e["text"] for e in coded["priority_evidence"]}
    assert coded["reason"]


def test_the_corpus_has_every_label_role_sector_layout_and_false_friend() -> None:
    strategies = source.read_all(CORPORA / "strategies")
    labels = Counter(coded["label"] for coded in GOLD)
    assert len(GOLD) >= 20
    assert min(labels[label] for label in source.LABELS) >= len(GOLD) / 7
    assert {coded["standing"] for coded in GOLD} == {"none", "context", "goal", "priority"}
    assert {layout.layout for layout in strategies} == set(source.LAYOUTS)
    assert {"Kunta", "Kaupunki", "Hyvinvointialue", "Virasto", "Ministeriö", "Yliopisto"} <= {
        s.sector for s in strategies
    }
    roles = Counter(mention["role"] for coded in GOLD for mention in coded["mentions"])
    assert min(roles[role] for role in ("P", "G", "C", "C-")) >= 20
    reasons = Counter(friend["reason"] for coded in GOLD for friend in coded["false_friends"])
    assert set(reasons) == set(source.REASONS)
    assert min(reasons.values()) >= 5


def test_strategies_have_the_length_of_strategies() -> None:
    for path in (CORPORA / "text").glob("*.txt"):
        assert 200 <= len(path.read_text(encoding="utf-8").split()) <= 1600, path.name


@pytest.mark.parametrize("path", SENTENCES, ids=lambda path: path.stem)
def test_single_sentences_are_coded_like_their_file(path: Path) -> None:
    for row in rows(path):
        assert row["role"] == path.stem
        assert row["text"] == row["text"].strip() != ""
        assert row["kind"] in {"heading", "paragraph", "item", "table_cell", "caption"}
        assert row["reason"] in source.REASONS if row["role"] == "none" else row["reason"] == ""


def repeated_on_purpose(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """A strategy names its priorities again; two roles may have sentences that differ in the telling word alone."""
    (file, sentence), (other_file, other_sentence) = one, other
    if file == other_file:
        return not file.endswith(".tsv")
    return file.endswith(".tsv") and other_file.endswith(".tsv") and words(sentence) != words(other_sentence)


def test_no_sentence_is_written_twice() -> None:
    from rapidfuzz import fuzz, process

    found = sorted({(file, sentence) for file, sentence in sentences() if len(words(sentence)) >= 6})
    texts = [" ".join(words(sentence)) for _, sentence in found]
    alike = process.cdist(texts, texts, scorer=fuzz.ratio, score_cutoff=90, dtype="uint8", workers=-1)
    pairs = [(found[i], found[j]) for i, j in zip(*alike.nonzero(), strict=True) if i < j]
    assert not [(one, other) for one, other in pairs if not repeated_on_purpose(one, other)]


def test_no_sentence_is_a_real_strategys(shared: Path) -> None:
    length = 6
    real: dict[tuple[str, ...], list[str]] = {}
    for path in (shared / "strategies" / "text").glob("*.txt"):
        there = words(path.read_text(encoding="utf-8"))
        text = f" {' '.join(there)} "
        for start in range(len(there) - length + 1):
            real.setdefault(there[start : start + length], []).append(text)
    copied = []
    for file, sentence in sentences():
        ours = words(sentence)
        if len(ours) >= length and any(f" {' '.join(ours)} " in text for text in real.get(ours[:length], [])):
            copied.append((file, sentence))
    assert not copied


def test_the_demo_scores_fit_the_strategies() -> None:
    from analyser.maturity import scores

    names = {row.organisation for row in scores.read(CORPORA / "demo" / "scores.csv").rows}
    organisations = {coded["organisation"] for coded in DEMO}
    assert len(organisations - names) >= 2, "one without a score, and at least one written in another form"
    assert len(names - organisations) >= 2, "one without a strategy, and at least one written in another form"
    assert len(names & organisations) > len(organisations) / 2


def test_a_pdf_is_the_same_each_time_and_names_its_title_and_author() -> None:
    import pdfplumber

    strategy = next(s for s in source.read_all(CORPORA / "strategies") if s.language == "fi" and s.demo)
    path = CORPORA / "demo" / f"{strategy.name}.pdf"
    assert typeset.pdf(strategy) == typeset.pdf(strategy)
    with pdfplumber.open(path) as pdf:
        assert (pdf.metadata["Title"], pdf.metadata["Author"]) == (strategy.title, strategy.organisation)


@pytest.mark.parametrize("coded", DEMO[::4], ids=lambda coded: coded["file"])
def test_a_pdf_holds_every_word_of_its_strategy(coded: dict[str, Any]) -> None:
    import pypdfium2

    with pypdfium2.PdfDocument(CORPORA / "demo" / f"{Path(coded['file']).stem}.pdf") as pdf:
        pages = [page.get_textpage().get_text_range() for page in pdf]
    # Letters alone: a word that is hyphenated at a line's end is still whole.
    letters = "".join(re.findall(r"\w", "".join(pages).casefold()))
    missing = [word for word in words((CORPORA / "text" / coded["file"]).read_text("utf-8")) if word not in letters]
    assert not missing


def test_the_demo_is_finnish_and_large_enough_for_statistics() -> None:
    assert {coded["language"] for coded in DEMO} == {"fi"}
    assert len(DEMO) >= 40


def test_the_corpus_is_as_large_as_it_must_be_to_learn_from() -> None:
    """Strategies by language; single sentences and those of the strategies that are coded in Finnish, by kind."""
    languages = Counter(coded["language"] for coded in GOLD)
    assert languages["fi"] >= 60
    assert languages["sv"] >= 15
    assert languages["en"] >= 5
    finnish = [coded for coded in GOLD if coded["language"] == "fi"]
    single = Counter(path.stem for path in SENTENCES for _ in rows(path))
    mentions = Counter(mention["role"] for coded in finnish for mention in coded["mentions"])
    friends = sum(len(coded["false_friends"]) for coded in finnish)
    assert single.total() + mentions.total() + friends >= 3000
    assert single["none"] + friends >= 1000
    assert single["priority"] + mentions["P"] >= 400


def printed(strategy: source.Strategy) -> str:
    """The text of the strategy's PDF; where a word is broken at a line's end stands U+FFFE."""
    import pypdfium2

    with pypdfium2.PdfDocument(typeset.pdf(strategy)) as pdf:
        return "".join(page.get_textpage().get_text_range() for page in pdf)


@pytest.mark.parametrize(("language", "contents"), [("sv", "Innehåll"), ("en", "Contents")])
def test_strategies_in_other_languages_are_typeset_whole_and_hyphenated_as_theirs(language: str, contents: str) -> None:
    found = [s for s in source.read_all(CORPORA / "strategies") if s.language == language]
    broken: dict[str, set[str]] = {language: set(), "fi": set()}
    assert any(contents in printed(strategy) for strategy in found if strategy.layout == "report")
    for strategy in found:
        text = printed(strategy)
        letters = "".join(re.findall(r"\w", text.casefold()))
        written = (t.text for b in strategy.blocks for t in source.texts(b))
        assert not [word for part in written for word in words(part) if word not in letters], strategy.name
        assert contents not in text or strategy.layout == "report", strategy.name
        for hyphenation, parts in broken.items():
            parts |= set(re.findall(r"\w+\ufffe\w+", printed(replace(strategy, language=hyphenation))))
    assert broken[language] - broken["fi"], "no word is broken otherwise than in Finnish"


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("[[G|Avaamme digipalvelun.", "not closed"),
        ("[[Q|Avaamme digipalvelun.]]", "is no role"),
        ("[[X|Kerromme sähköpostilla.|post]]", "is no reason"),
        ("[[X|Kerromme sähköpostilla.]]", "is no reason"),
        ("[[G|Avaamme digipalvelun.|notice]]", "only a false friend"),
        ("[[G| Avaamme digipalvelun.]]", "without blanks"),
        ("Ensi vuonna [[G|avaamme digipalvelun.]]", "whole sentence"),
        ("[[G|Avaamme digipalvelun]] pian.", "whole sentence"),
        ("[[P|Digitaalinen Koekylä]]", "marks say label priority"),
        ("[[C|Digitalisaatio etenee.]]", "marks say label mention and standing context"),
        ("Ei mitään.", "marks say label none"),
        ("| a | b |\n| --- | --- |\n| [[G|digipalvelu]] |", "equally many cells"),
    ],
)
def test_faulty_coding_is_refused_with_the_file_and_the_fault(tmp_path: Path, body: str, fault: str) -> None:
    with pytest.raises(source.SourceError, match=fault) as error:
        source.read(write(tmp_path, body))
    assert "koekyla.md" in str(error.value)


def test_every_faulty_strategy_is_listed(tmp_path: Path) -> None:
    write(tmp_path, "Ei mitään.")
    (tmp_path / "toinen.md").write_text("# Ilman tietoja\n", encoding="utf-8")
    with pytest.raises(source.SourceError, match=r"(?s)koekyla\.md.*toinen\.md: has no front matter"):
        source.read_all(tmp_path)


def test_merged_cells_and_a_bar_in_a_mark(tmp_path: Path) -> None:
    body = "| Tavoite | Teko |\n| --- | --- |\n| Arki | [[X|Sähköauto|traffic]] |\n| Arki | [[G|Digipalvelu]] |\n"
    table = source.read(write(tmp_path, body)).blocks[-1]
    assert isinstance(table, source.Table)
    assert [[cell.text if cell else None for cell in row] for row in table.rows] == [
        ["Tavoite", "Teko"], ["Arki", "Sähköauto"], [None, "Digipalvelu"],
    ]  # fmt: skip
