"""Training: what it writes, that it comes out the same twice, and what it says of a corpus it cannot use."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analyser.detect import classifier_in
from analyser.detect.classifier import Classifier
from analyser.document import ROLES, InputError
from analyser.model_card import BOTH, RULES, Measured
from analyser.training import train

HEAD = "role\tkind\tsection\ttext\treason\n"
SAYINGS = {
    "goal": "Kehitämme digipalveluita kylässä {n}.",
    "context": "Digitalisaatio on muuttanut kylää {n} nopeasti.",
    "limited": "Digitaalisuus ei ole itseisarvo kylässä {n}.",
    "priority": "Digitalisaatio on yksi kylän {n} painopisteistämme.",
}
SECTIONS = {"goal": "Palvelut", "context": "Toimintaympäristö", "limited": "Palvelut", "priority": "Painopisteet"}


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Twelve sentences of each role, one of none, and six strategies with two coded mentions each."""
    folder = tmp_path / "corpus"
    (folder / "sentences").mkdir(parents=True)
    (folder / "text").mkdir()
    for role, saying in SAYINGS.items():
        lines = [f"{role}\tparagraph\tStrategia > {SECTIONS[role]}\t{saying.format(n=n)}\t\n" for n in range(12)]
        (folder / "sentences" / f"{role}.tsv").write_text(HEAD + "".join(lines), encoding="utf-8")
    none = f"{HEAD}none\tparagraph\tPalvelut\tHankimme sähköautoja.\ttraffic\n"
    (folder / "sentences" / "none.tsv").write_text(none, encoding="utf-8")
    lead = "Tämän valtuustokauden aikana lupaamme asukkaille, yrityksille ja järjestöille yhdessä seuraavaa työtä:"
    text = f"{lead}\n\nOtamme käyttöön sähköisen asioinnin. Metsä vihertää.\n\nTekoäly mullisti työelämän.\n"
    mentions = [("Otamme käyttöön sähköisen asioinnin.", "G"), ("Tekoäly mullisti työelämän.", "C")]
    coded = {
        "organisation": "Koekylän kunta", "sector": "Kunta", "language": "fi",
        "label": "mention", "standing": "goal", "borderline": False, "reason": "Koe.",
        "mentions": [
            {"start": text.index(said), "end": text.index(said) + len(said), "text": said, "role": role}
            for said, role in mentions
        ],
        "priority_evidence": [], "false_friends": [],
    }  # fmt: skip
    with (folder / "gold.jsonl").open("w", encoding="utf-8") as gold:
        for n in range(6):
            (folder / "text" / f"koekyla_{n}.txt").write_text(text, encoding="utf-8")
            gold.write(json.dumps({"file": f"koekyla_{n}.txt", **coded}, ensure_ascii=False) + "\n")
    return folder


def test_it_learns_from_sentences_and_strategies(corpus: Path, tmp_path: Path) -> None:
    measured = train(corpus, tmp_path / "models")
    assert {role: sum(told.values()) for role, told in measured.roles.items()} == {
        "goal": 18, "context": 18, "limited": 12,
    }  # fmt: skip
    assert [(w.coded, w.told) for w in measured.weighed] == [("mention", "mention")] * 6
    assert set(classifier_in(tmp_path / "models").roles) == set(ROLES)


def test_it_says_how_well_it_does_and_writes_a_card(corpus: Path, tmp_path: Path) -> None:
    measured = train(corpus, tmp_path / "models")
    assert {RULES, BOTH} < set(measured.agreements)
    for agreement in measured.agreements.values():
        assert agreement.n == 48
        assert 0 <= agreement.accuracy <= 1
        assert -1 <= agreement.kappa <= 1
    card = (tmp_path / "models" / "README.md").read_text(encoding="utf-8")
    assert "| goal | 18 |" in card
    assert f"{measured.agreements[RULES].accuracy:.3f}" in card
    written = {path.name for path in (tmp_path / "models").iterdir()}
    assert written == {"README.md", "card.json", "lexicon-fi.json", "mentions.skops", "verdicts.skops"}


def test_it_is_measured_on_real_strategies_where_they_are_given(corpus: Path, tmp_path: Path) -> None:
    measured = train(corpus, tmp_path / "models", real=corpus)
    assert measured.real is not None
    assert measured.real.agreements[BOTH].n == 12
    assert len(measured.real.probabilities) == 6
    card = (tmp_path / "models" / "README.md").read_text(encoding="utf-8")
    assert "accuracy, real (12)" in card
    assert "expected calibration error" in card


def test_it_comes_out_the_same_twice(corpus: Path, tmp_path: Path) -> None:
    def once(name: str) -> tuple[Measured, Classifier, str]:
        folder = tmp_path / name
        return train(corpus, folder), classifier_in(folder), (folder / "README.md").read_text(encoding="utf-8")

    (one, first, card), (two, second, other) = once("first"), once("second")
    assert one == two
    assert card == other
    row = ["kehitämme termi", "finite", "palvelut", "", "kind:paragraph", ""]
    assert first.chances([row]) == second.chances([row])


def test_the_shipped_classifier_knows_every_role() -> None:
    from analyser import resources

    (found,) = classifier_in(resources.folder("models")).chances([["termi", "finite", "", "", "kind:item", ""]])
    assert set(found.roles) == set(ROLES)
    assert sum(found.roles.values()) == pytest.approx(1)


def test_an_empty_corpus_is_told(tmp_path: Path) -> None:
    (tmp_path / "sentences").mkdir()
    (tmp_path / "gold.jsonl").write_text("", encoding="utf-8")
    with pytest.raises(InputError) as told:
        train(tmp_path, tmp_path / "models")
    assert str(tmp_path) in str(told.value)
    assert not (tmp_path / "models").exists()


def test_a_corpus_too_small_to_learn_from_is_told(corpus: Path, tmp_path: Path) -> None:
    for path in (corpus / "sentences").glob("*.tsv"):
        path.unlink()
    lines = (corpus / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    (corpus / "gold.jsonl").write_text(lines[0] + "\n", encoding="utf-8")
    with pytest.raises(InputError, match="too few"):
        train(corpus, tmp_path / "models")
    assert not (tmp_path / "models").exists()


@pytest.mark.parametrize("line", ["goall\tparagraph\t\tDigi.\t", "goal\tparagraf\t\tDigi.\t", "goal\tparagraph"])
def test_a_sentence_without_role_or_kind_is_told_with_its_line(corpus: Path, tmp_path: Path, line: str) -> None:
    path = corpus / "sentences" / "goal.tsv"
    path.write_text(f"{HEAD}{line}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"goal\.tsv: line 2"):
        train(corpus, tmp_path / "models")


def test_a_missing_or_spoilt_classifier_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"mentions\.skops.*analyser train"):
        classifier_in(tmp_path)
    (tmp_path / "mentions.skops").write_bytes(b"no zip")
    with pytest.raises(InputError, match=r"mentions\.skops"):
        classifier_in(tmp_path)
