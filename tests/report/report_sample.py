"""A realistic cohort of fictional organisations, and the PDF of one of them, for the report's tests."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from statistics import fmean
from typing import Any

from analyser.audit import Audit, audit
from analyser.document import Exclusion, Label, Mention, Priority, Result, Role, Standing, Term

LABEL: dict[Standing, Label] = {"none": "none", "context": "mention", "goal": "mention", "priority": "priority"}


def term(text: str, word: str, concept: str = "services", lemma: str = "") -> Term:
    start = text.index(word)
    return Term(word, lemma or word, concept, start, start + len(word))


def mention(text: str, word: str, role: Role = "goal", page: int = 1, **more: Any) -> Mention:
    concept = more.pop("concept", "services")
    defaults: dict[str, Any] = {
        "section": ("Palvelut",), "probability": 0.88, "bbox": None,
        "rule": "rules: first person plural → goal; goals section → goal; classifier: goal 0.91",
    }  # fmt: skip
    return Mention(page=page, text=text, terms=(term(text, word, concept),), role=role, **(defaults | more))


def result(organisation: str, standing: Standing = "goal", **more: Any) -> Result:
    defaults: dict[str, Any] = {
        "file": f"{organisation[:40]}.pdf", "sha256": "0" * 64, "organisation": organisation, "status": "ok",
        "error": None,
        "warnings": (), "language": "fi", "pages": 18, "words": 4210, "label": LABEL[standing], "standing": standing,
        "probability": 0.93, "needs_review": False, "reasons": ("Perustelu.",),
    }  # fmt: skip
    return Result(**(defaults | more))


GOALS = [
    ("Vuonna 2029 kaikki lupahakemukset voi jättää sähköisessä asioinnissa.", "sähköisessä asioinnissa", "services"),
    ("Kehitämme digitaalisia palveluja yhdessä asukkaiden kanssa.", "digitaalisia palveluja", "services"),
    ("Avaamme kunnan tietovarannot avoimena datana.", "avoimena datana", "data"),
    ("Henkilöstön digitaidot kartoitetaan vuosittain.", "digitaidot", "skills"),
    ("Hyödynnämme tekoälyä asiakirjojen luokittelussa.", "tekoälyä", "ai"),
    ("Kyberturvallisuutta harjoitellaan kahdesti vuodessa.", "Kyberturvallisuutta", "security"),
]
CONTEXTS = [
    ("Digitalisaatio muuttaa työtä ja palveluja kaikkialla.", "Digitalisaatio", "digitalisation"),
    ("Automaatio ja robotiikka vaikuttavat alueen elinkeinoihin.", "robotiikka", "automation"),
]
PLACES = (
    "Aarnio", "Haltia", "Ilveslampi", "Jokipohja", "Kaislaranta", "Kuusivaara", "Lehtoniemi", "Metsäkulma",
    "Niittyharju", "Otavalahti", "Petäjävuori", "Rantakylä", "Saarimäki", "Tammiluoto", "Uusiharju", "Valkeaoja",
    "Vesilinna", "Väinölä", "Ylikartano", "Åminnefors", "Äijälä", "Öljymäki", "Hiidenpelto", "Karhukoski",
    "Kotkasalo", "Lumijärvi", "Mustapuro", "Närhilä", "Pihlajaoja", "Revonsuo", "Suvikallio", "Tuulensuo", "Untamo",
    "Vuorilahti",
)  # fmt: skip
DIMENSIONS = ("Digipalvelukokemus", "Palvelun välittävyys", "Asiakaspalvelu", "Tiedon saatavuus")
SECTORS = ("Kunta", "Kaupunki", "Hyvinvointialue", "Virasto")


def lively() -> Result:
    """One result with everything in it."""
    mentions = (
        mention("Digitalisaatio muuttaa työtä ja palveluja kaikkialla.", "Digitalisaatio", "context", 3,
                concept="digitalisation", section=("Toimintaympäristö",),
                rule="rules: environment section → context; classifier: context 0.88"),
        mention("Sujuva arki ja digitalisaatio", "digitalisaatio", "priority", 5, concept="digitalisation",
                section=("Strategian painopisteet",),
                rule="priority by set; rules: none spoke; classifier: goal 0.52"),
        *(mention(text, word, "goal", 6 + i // 2, concept=concept,
                  section=("Strategian painopisteet", "Sujuva arki ja digitalisaatio"))
          for i, (text, word, concept) in enumerate(GOALS)),
        mention("Palvelemme jatkossakin niitä, jotka eivät käytä digipalveluja.", "digipalveluja", "limited", 11,
                section=("Palvelulupaus",),
                rule="rules: limiting wording → limited; own rule → odd; classifier: limited 0.93"),
    )  # fmt: skip
    return result(
        "Kuusivaaran kaupunki",
        "priority",
        file="kaupungit/Kuusivaara_2030.pdf",
        pages=24,
        words=6315,
        probability=0.97,
        reasons=(
            "Digitalisaatio on nimessä yhdellä kaupungin neljästä ylimmän tason painopisteestä: ”Sujuva arki ja "
            "digitalisaatio” (sivu 5).",
            "Painopistettä toteuttaa kuusi digitaalista tavoitetta (sivut 6–8).",
        ),
        warnings=("Sivut 21–22 ovat kuvia; niiden teksti luettiin konenäöllä ja voi sisältää virheitä.",),
        mentions=mentions,
        excluded=(
            Exclusion(9, "Henkilöstökysely toteutetaan sähköpostitse.", "sähköpostitse", "notice"),
            Exclusion(12, "Kumppaneitamme ovat Digi- ja väestötietovirasto sekä yliopisto.",
                      "Digi- ja väestötietovirasto", "name"),
            Exclusion(14, "Lisäämme sähköautojen latauspisteitä.", "sähköautojen", "traffic"),
        ),
        priorities=(
            Priority("Hyvinvoiva lapsi ja nuori", 5, "announced: Strategian painopisteet"),
            Priority("Sujuva arki ja digitalisaatio", 5, "announced: Strategian painopisteet", True),
            Priority("Elinvoimainen keskusta", 5, "announced: Strategian painopisteet"),
            Priority("Hiilineutraali kaupunki", 5, "announced: Strategian painopisteet"),
        ),
    )  # fmt: skip


def cohort_results(count: int = 34, seed: int = 5) -> list[Result]:
    """A cohort in which all standings, a failure, a partial reading and doubtful verdicts occur."""
    return [lively(), *_others(random.Random(seed), count)]


def _others(chance: random.Random, count: int) -> Iterator[Result]:
    for i in range(count):
        name = PLACES[i % len(PLACES)] + ("" if i < len(PLACES) else f" {i // len(PLACES) + 1}")
        organisation = f"{name}n kunta" if i % 3 else f"{name} (kaupunki)"
        standing: Standing = chance.choices(("priority", "goal", "context", "none"), (3, 5, 1, 2))[0]
        pages = chance.randint(6, 40)
        mentions: list[Mention] = []
        if standing != "none":
            for _ in range(chance.randint(1, 12)):
                role: Role = "context" if standing == "context" or chance.random() < 0.2 else "goal"
                text, word, concept = chance.choice(CONTEXTS if role == "context" else GOALS)
                mentions.append(mention(text, word, role, chance.randint(1, pages), concept=concept))
            if standing == "priority":
                mentions.append(mention("Digitaalinen kunta", "Digitaalinen", "priority", min(4, pages),
                                        concept="digitalisation"))  # fmt: skip
        if i == 7:
            yield result(organisation, "none", file=f"{name}.pdf", status="failed", pages=0, words=0, reasons=(),
                         error=f"{name}.pdf: the file is encrypted; remove its password and run again.")  # fmt: skip
            continue
        yield result(
            organisation,
            standing,
            file=f"{name}.pdf",
            pages=pages,
            words=pages * 240,
            status="partial" if i == 11 else "ok",
            warnings=("Sivu 3 on kuva, eikä sen tekstiä voitu lukea.",) if i == 11 else (),
            probability=round(chance.uniform(0.55, 0.99), 2),
            needs_review=i % 13 == 4,
            mentions=tuple(sorted(mentions, key=lambda m: m.page)),
            reasons=("Strategia asettaa digitaalisia tavoitteita, mutta ei nimeä niitä painopisteeksi.",),
        )


def cohort_of(results: list[Result], seed: int = 3) -> dict[str, Any]:
    """A cohort.json for the results, in the contract's shape."""
    chance = random.Random(seed)
    usable = [r for r in results if r.status != "failed"]
    organisations = []
    for i, r in enumerate(usable):
        if i % 9 != 8:
            score = round(chance.gauss(62 if r.label == "priority" else 58, 6), 1)
            organisations.append({
                "file": r.file, "organisation": r.organisation, "label": r.label, "standing": r.standing,
                "score": score,
                "sector": SECTORS[i % 4], "size": chance.randint(2000, 200000),
                "dimensions": {name: round(chance.gauss(score, 5), 1) for name in DIMENSIONS},
            })  # fmt: skip
    some = [o["score"] for o in organisations if o["label"] == "priority"]
    rest = [o["score"] for o in organisations if o["label"] != "priority"]
    mentioned = sum(r.label != "none" for r in usable)
    named = sum(r.label == "priority" for r in usable)
    comparison: dict[str, Any] = {
        "n": [len(some), len(rest)],
        "means": [fmean(some) if some else None, fmean(rest) if rest else None],
        "difference": {"value": 3.5, "low": -0.4, "high": 7.2},
        "relative": {"value": 0.061, "low": -0.007, "high": 0.127},
        "hedges_g": {"value": 0.5, "low": -0.1, "high": 1.1},
        "welch_p": 0.07,
        "permutation_p": 0.08,
    }
    of = max(1, len(usable))
    sectors = {
        sector: {
            key: {"n": 5, "of": 8, "share": 0.625 - i / 10, "low": 0.3 - i / 20, "high": 0.86 - i / 30}
            for key in ("mention", "priority")
        }
        for i, sector in enumerate(SECTORS)
    }
    return {
        "shares_by_sector": sectors,
        "shares": {
            "mention": {
                "n": mentioned,
                "of": len(usable),
                "share": mentioned / of,
                "low": mentioned / of * 0.8,
                "high": 0.93,
            },
            "priority": {"n": named, "of": len(usable), "share": named / of, "low": named / of * 0.6, "high": 0.46},
        },
        "comparisons": {"priority_vs_rest": comparison, "mentioned_vs_none": comparison},
        "organisations": organisations,
        "unmatched": {"strategies": ["Väinölä.pdf", "Åminnefors.pdf"], "scores": ["Tuntematon kunta"]},
        "messages": [
            {
                "code": "doubtful",
                "text": "Väinölä.pdf may belong to Väinö.",
                "params": {
                    "file": "Väinölä.pdf",
                    "organisation": "Väinölän kunta",
                    "candidates": ["Väinö", "Väinölahti"],
                },
            }
        ],
    }


def audits_of(results: list[Result], cohort: dict[str, Any]) -> dict[str, Audit]:
    """The wording audit of the results."""
    return audit(results, {row["file"]: row["sector"] for row in cohort["organisations"]})


def with_boxes(r: Result, boxes: dict[int, tuple[int, tuple[float, float, float, float]]]) -> Result:
    """The result with some mentions placed on a page in a box."""
    placed = [replace(m, page=boxes[i][0], bbox=boxes[i][1]) if i in boxes else m for i, m in enumerate(r.mentions)]
    return replace(r, mentions=tuple(placed))


def typeset(path: Path) -> Path:
    """The PDF of `lively`'s strategy, in part."""
    import typst

    source = path.with_suffix(".typ")
    source.write_text(
        """#set page(paper: "a4", margin: 2.5cm)\n#set text(size: 11pt, lang: "fi")\n
= Kuusivaaran kaupungin strategia
#lorem(60)
#pagebreak()
== Palvelut
#lorem(40)

Kehitämme digitaalisia palveluja yhdessä asukkaiden kanssa. #lorem(30)
""",
        encoding="utf-8",
    )
    typst.compile(str(source), output=str(path))
    return path


if __name__ == "__main__":
    import sys

    from analyser import report

    out = Path(sys.argv[1])
    language = sys.argv[2] if len(sys.argv) > 2 else "fi"
    sample = cohort_results(int(sys.argv[3]) if len(sys.argv) > 3 else 34)
    sample[0] = with_boxes(sample[0], {3: (2, (70, 140, 525, 160))})
    out.mkdir(parents=True, exist_ok=True)
    pdf = typeset(out / "Kuusivaara_2030.pdf")
    cohort = cohort_of(sample)
    report.write(
        out, sample, cohort, language=language, sources={sample[0].file: pdf}, audits=audits_of(sample, cohort)
    )
