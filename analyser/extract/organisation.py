"""Whose strategy a document is, read from its file name, its first page, its properties and its text.

People name strategy files after the organisation (`Kaupunkistrategia_Akaa_2026.pdf`), so what is left of the name when
years, versions and words such as "strategy" are taken away is tried first. Where nothing is left, or what is left has
nothing to do with the organisation that the first page names ("Hopeajärven kaupunki"), the first page speaks. Where
that names none, the title and author in the file's properties do, which are often a template's or the designer's and
so are believed only in what the text bears out; and at last the organisation that the text names most.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import PurePosixPath

from analyser.document import Document, NamedBy
from analyser.naming import places

_SEPARATORS = re.compile(r"[_\s.,;+&\[\]{}]+")
_CAMEL = re.compile(r"(?<=[a-zåäö])(?=[A-ZÅÄÖ])|(?<=\D)(?=\d)|(?<=\d)(?=\D)")

# Words of a file's name that say what kind of document it is, which version, or when it was made, but not whose.
_GENERIC = re.compile(
    r"""\W* (?: \d+ | v(?:er)?\d+ | §
      | .*strateg.* | .*(?:tarina|ohjelma|suunnitelma|asiakirja|tiedosto|kertomus|julkaisu|raportti|esite)
      | .*(?:program|dokument|document|plan|rapport|report|broschyr|brochure)
      | tuloskortti | mittaristo | scorecard | styrkort | visio\w* | vision | tavoitteet | arvot
      | kunta | kaupunki | kommun | stad
      | pdf | docx? | txt | liite\w* | bilaga | appendix | attachment | esitys | presentation | kalvot | slides
      | final | lopullinen | luonnos | draft | utkast | versio\w* | version | uusi | valmis | kopio | copy | kopia
      | päivitetty | updated | hyväksytty | hyvaksytty | vahvistettu | godkänd | approved | allekirjoitettu
      | (?:kunnan|kaupungin)?valtuusto\w* | fullmäktige | khall | kvalt | kvsto | kv | kh
      | netti\w* | web | verkko\w* | saavutettava | tulostettava | paino | nimetön | untitled
      | tiivistelmä | lyhyesti | p[aä]hkin[aä]nkuoressa | summary | sammandrag | aukeamat | sivut
      | scan\w* | skannattu | skannaus | ocr | img | image | screen | print
      | suomi | suomeksi | svenska | english | finnish | fi | fin | sv | swe | en | eng
      | vuosi\w* | vuosille | år | years? | ja | och | and | the | for | för | a | an | \W* ) \W*""",
    re.VERBOSE | re.IGNORECASE,
)

# What kinds of organisation there are: the name's own form, and the genitive that a title uses.
_KINDS_FI = {
    "kaupunki": "kaupungin",
    "kunta": "kunnan",
    "hyvinvointialue": "hyvinvointialueen",
    "kuntayhtymä": "kuntayhtymän",
    "liitto": "liiton",
    "maakuntaliitto": "maakuntaliiton",
    "maakunta": "maakunnan",
    "virasto": "viraston",
    "aluehallintovirasto": "aluehallintoviraston",
    "laitos": "laitoksen",
    "keskus": "keskuksen",
    "hallinto": "hallinnon",
    "ministeriö": "ministeriön",
    "yliopisto": "yliopiston",
    "korkeakoulu": "korkeakoulun",
    "ammattikorkeakoulu": "ammattikorkeakoulun",
    "seurakunta": "seurakunnan",
}
_KINDS_SV = {
    "stad": "stads",
    "kommun": "kommuns",
    "välfärdsområde": "välfärdsområdes",
    "samkommun": "samkommuns",
    "förbund": "förbunds",
    "verk": "verks",
    "ministerium": "ministeriums",
    "universitet": "universitets",
    "yrkeshögskola": "yrkeshögskolas",
}
_KINDS = _KINDS_FI | _KINDS_SV
_NOMINATIVE = {form: kind for kind, genitive in _KINDS.items() for form in (kind, genitive)}
_MUNICIPAL = frozenset(("kaupunki", "kunta", "stad", "kommun"))
_FORMS = "|".join(sorted(_NOMINATIVE, key=lambda form: (-len(form), form)))
_AGENCY_FORMS = "|".join(
    form for kind in ("virasto", "laitos", "ministeriö", "hallinto", "yliopisto") for form in (_KINDS_FI[kind], kind)
)
_TITLE_WORDS = 3
"""A line of no more words on the first page is a title, whatever its type says."""
_ENOUGH = 3
"""So many times a text uses the name of its own organisation, and hardly another's by chance."""
_NAME = r"[A-ZÅÄÖ][\w’'-]*"
_OWNED = re.compile(  # "Hopeajärven kaupunki", "Kosken Tl kunnan strategia", "Hopby stads strategi"
    rf"(?<![\w-])(?P<name>{_NAME}(?:\s+{_NAME}){{0,2}})\s+(?P<kind>(?i:{_FORMS}|\w+kuntayhtymän?))(?![\w-])"
)
_OF_A_PLACE = re.compile(
    rf"(?<![\w-]){_NAME}\s+(?i:hyvinvointialue|yliopisto|\w*korkeakoulu|seurakun|\w*liit[to]|välfärdsomr|universit|"
    r"\w*högskol|församling)\w*"
)
_AGENCY = re.compile(  # "Metsävirasto", "Siemen- ja taimiviraston strategia"
    rf"(?<![\w-])(?P<stem>(?:[A-ZÅÄÖ]\w+-\s+(?i:ja)\s+\w+?|[A-ZÅÄÖ]\w+?))(?P<kind>(?i:{_AGENCY_FORMS}))(?![\w-])"
)
_ENGLISH = re.compile(
    r"(?<![\w-])(?i:city|municipality|town|university|ministry|(?:wellbeing services )?county)\s+(?i:of)"
    rf"\s+{_NAME}(?:\s+(?:and\s+)?{_NAME}){{0,3}}"
    rf"|(?<![\w-]){_NAME}(?:\s+{_NAME})?\s+(?:University|Agency|Authority|Ministry|Institute)(?![\w-])"
)
# Slogans that look like a name before "kaupunki": no organisation is called these.
_SLOGANS = re.compile(
    "meidän|oman|tulevaisuuden|huomisen|uuden|hyvän|hyvinvoinnin|elämän|arjen|ihmisen|ihmisten|suomen|kestävän|turvallisen",
    re.IGNORECASE,
)


def organisation_of(document: Document) -> tuple[str, NamedBy]:
    """The name of the organisation whose strategy this is, and where it stands; the same for the same document.

    The name is as the file name or the text writes it, in the nominative where a title inflects the kind of
    organisation ("Hopeajärven kaupungin strategia" gives "Hopeajärven kaupunki") or the name of a known municipality.
    Where nothing names one, the file's own name stands in, so that it is never empty and every document can be told
    apart.
    """
    stem = unicodedata.normalize("NFC", PurePosixPath(document.file.replace("\\", "/")).stem)
    uses = _Uses(document)
    from_file = _as_the_text_spells(_from_file_name(stem), document)
    found = _from_first_page(document, uses) or _from_properties(document, uses) or _from_text(document, uses)
    if not found:
        return from_file or _clean(stem) or "?", "file_name"
    name, where = found
    if not from_file:
        return found
    if _named_alike(from_file, name):
        # A bare name is a municipality's; a county or a university is named together with its kind.
        bare_enough = name.split()[-1] in _MUNICIPAL or from_file.split()[-1] in _NOMINATIVE or _is_municipality(name)
        misspelt = from_file.isascii() and not name.isascii()
        return (from_file, "file_name") if bare_enough and not misspelt else found
    if places.known_as(from_file) or from_file.split()[-1] in _NOMINATIVE:
        kept = where != "title_page" or uses.of(from_file) >= _ENOUGH
    else:  # whatever word people put into a file's name
        enough = uses.of(name) if places.known_as(name) else _ENOUGH if where == "title_page" else 1
        kept = uses.of(from_file) >= enough
    return (from_file, "file_name") if kept else found


def _from_file_name(stem: str) -> str:
    """What remains of a file's name without the words that only say what kind of document it is."""
    parts = [part for token in _SEPARATORS.split(stem) if (part := _specific(token))]
    spaced = _clean(" ".join(_unhyphenate(part) for part in parts))
    if not any(len(word) > 1 and word[0].isalpha() for word in spaced.split()):
        return ""
    named = _organisation_in(_capitalised(spaced))
    return named if named and len(named.split()) == len(spaced.split()) else _capitalised(spaced)


def _specific(token: str) -> str:
    """A token of a file's name without its generic parts: 'Etelä-Hopea-strategia' gives 'Etelä-Hopea'."""
    kept: list[str] = []
    for part in token.split("-"):
        if re.fullmatch(rf"(?i:{_FORMS})", part) and kept:
            kept.append(part)
            continue
        if _GENERIC.fullmatch(part) and not re.search("[a-zåäö][A-ZÅÄÖ]", part):
            continue
        pieces = [piece for piece in _CAMEL.split(part) if piece]
        specific = [piece for piece in pieces if not _GENERIC.fullmatch(piece)]
        if specific:
            kept.append(part if len(specific) == len(pieces) else " ".join(specific))
    return "-".join(kept)


def _unhyphenate(token: str) -> str:
    """A hyphen before a kind of organisation is a space in disguise: 'hopeajärven-kaupunki'."""
    return re.sub(rf"-(?=(?i:{_FORMS})$)", " ", token)


def _capitalised(name: str) -> str:
    """The name with capital initials if it is all in small letters (kinds of organisation stay small)."""
    if name != name.lower():
        return name
    words = [
        word if word in _NOMINATIVE else "-".join(part.capitalize() for part in word.split("-"))
        for word in name.split()
    ]
    return " ".join(words)


def _from_first_page(document: Document, uses: _Uses) -> tuple[str, NamedBy] | None:
    """The organisation that the first page with text names in its headings, short lines and running header."""
    first = min((block.page for block in document.blocks if block.text.strip()), default=None)
    blocks = [block for block in document.blocks if block.page == first and len(block.text.split()) <= 25]
    lines = [line for block in blocks for line in block.text.splitlines()]
    candidates = dict.fromkeys(named for line in lines if (named := _organisation_in(line)))  # as they stand
    candidates |= dict.fromkeys(named for line in lines if (named := places.institution_in(_clean(line))))
    said = places.municipalities_in(_without_institutions(lines))
    titles = [b.text for b in blocks if b.kind in ("heading", "furniture") or len(b.text.split()) <= _TITLE_WORDS]
    titled = places.municipalities_in(titles)
    candidates |= dict.fromkeys(name for name in said if name in titled or uses.of(name) > 1)
    # A slogan can look like a name; a name is what the text writes with its capital inside sentences, never without.
    names = [
        name
        for name in candidates
        if uses.of(name) or name.split()[-1] not in _MUNICIPAL or not _common_noun(name, document)
    ]
    best = max(names, key=uses.of, default="")
    return (best, "title_page") if best and not _in_passing(best, uses) else None


def _in_passing(name: str, uses: _Uses) -> bool:
    """Whether the first page only mentions a municipality, or a slogan like one: the text is about another."""
    municipal = name.rsplit(maxsplit=1)[-1] in _MUNICIPAL or _is_municipality(name)
    times = uses.most()[1]
    return municipal and times >= _ENOUGH and uses.of(name) < times / 2


def _from_properties(document: Document, uses: _Uses) -> tuple[str, NamedBy] | None:
    """The organisation that the file's title or author names, if the text names it too."""
    for written in document.properties:
        named = _organisation_in(written) or _from_file_name(written)
        if named and (places.known_as(named) or named.split()[-1] in _NOMINATIVE) and uses.of(named):
            return named, "metadata"
    return None


def _from_text(document: Document, uses: _Uses) -> tuple[str, NamedBy] | None:
    """The organisation that the text names most, if it does so more than in passing: twice, where it names no other."""
    name, times = uses.most()
    return (name, "text") if times >= _ENOUGH or (times > 1 and uses.alone()) else None


def _organisation_in(text: str) -> str:
    """The first organisation named in a line, its kind in the nominative; empty if none is."""
    text = _clean(text)
    if named := next(filter(None, map(_owner, _OWNED.finditer(text))), ""):
        return named
    if agency := _AGENCY.search(text):
        return _recased(agency["stem"] + _kind(agency["kind"]))
    return english[0] if (english := _ENGLISH.search(text)) else ""


def _owner(owned: re.Match[str]) -> str:
    """The organisation of an owner and a kind: 'HOPEAJÄRVEN KAUPUNGIN' gives 'Hopeajärven kaupunki'; empty if none."""
    words = [word for word in owned["name"].split() if not _GENERIC.fullmatch(word)]
    while words and _SLOGANS.fullmatch(words[0]):
        words.pop(0)
    if not words or not _possessive(words, owned["kind"]):
        return ""
    return " ".join([*map(_recased, words), _kind(owned["kind"])])


def _kind(form: str) -> str:
    """The nominative of a kind: 'kaupungin' gives 'kaupunki', 'ympäristökuntayhtymän' gives 'ympäristökuntayhtymä'."""
    form = form.casefold()
    return _NOMINATIVE.get(form) or form.removesuffix("n")


def _possessive(words: list[str], kind: str) -> bool:
    """A Finnish owner is in the genitive ('Hopeajärven kaupunki'); an adjective before 'kaupunki' is not an owner."""
    if _kind(kind) in _KINDS_SV:
        return not words[-1].casefold().endswith(("ande", "sk", "ig", "en"))
    return words[0].casefold().endswith("n") and not words[0].casefold().endswith("inen")


def _recased(word: str) -> str:
    """Type set in capitals, as a reader would write it: 'HOPEAJÄRVEN' gives 'Hopeajärven'; short abbreviations stay."""
    if len(word) < 4 or not word.isupper():
        return word
    return "-".join(part.capitalize() for part in word.split("-"))


def _is_municipality(name: str) -> bool:
    return bool(places.municipality_number(name))


def _named_alike(one: str, other: str) -> bool:
    """Whether two names begin alike, as the forms of one name do ('Akaa', 'Akaan kaupunki'; 'Turku', 'Turun')."""
    roots = [[_root(_folded(word)) for word in name.split()[:2]] for name in (one, other)]
    return any(a.startswith(b) or b.startswith(a) for a in roots[0] for b in roots[1])


class _Uses:
    """How often a document's text uses names."""

    def __init__(self, document: Document) -> None:
        self._texts = list(_texts(document))
        self._municipalities = {
            places.municipality_number(name): (name, times)
            for name, times in places.municipalities_in(_without_institutions(self._texts)).items()
        }
        self._counted: dict[str, int] = {}

    def of(self, name: str) -> int:
        """How often the text writes a name, in whatever form; one that is not known, with its capital in a sentence."""
        if (number := places.municipality_number(name)) and number in self._municipalities:
            return self._municipalities[number][1]
        if name not in self._counted and places.known_as(name):
            stem = re.escape(name.casefold()[: max(3, len(name) - 2)])
            self._counted[name] = sum(len(re.findall(rf"(?<!\w){stem}", text.casefold())) for text in self._texts)
        if name not in self._counted:
            root = _root(_first_word(name))
            pattern = re.compile(rf"(?<=[a-zåäö,] ){re.escape(root[:1].upper() + root[1:])}\w*")
            self._counted[name] = sum(len(pattern.findall(text)) for text in self._texts)
        return self._counted[name]

    def alone(self) -> bool:
        """Whether the text names no more than one municipality."""
        return len(self._municipalities) < 2

    def most(self) -> tuple[str, int]:
        """What is named most, and how often: a municipality that is known, or an organisation with its kind."""
        phrases: Counter[str] = Counter()
        for text in self._texts:
            phrases.update(named for owned in _OWNED.finditer(_clean(text)) if (named := _owner(owned)))
        municipal = max(self._municipalities.values(), key=lambda pair: pair[1], default=("", 0))
        other = max(phrases.items(), key=lambda pair: pair[1], default=("", 0))
        return max(municipal, other, key=lambda pair: pair[1])


def _common_noun(name: str, document: Document) -> bool:
    """Whether the text writes the name's first word in small letters too, as no name is written."""
    word = _first_word(name).casefold()
    pattern = re.compile(rf"(?<![\w-]){re.escape(word[: max(3, len(word) - 3)])}")
    return any(pattern.search(text) for text in _texts(document))


def _first_word(name: str) -> str:
    words = [word for word in name.split() if word.casefold() not in _NOMINATIVE]
    return words[0] if words else name


def _as_the_text_spells(name: str, document: Document) -> str:
    """A file's name has often lost its ä and ö: each word as the text spells it most often, if it does."""
    wanted = {_folded(word): word for word in name.split() if word.isascii() and word not in _NOMINATIVE}
    found: Counter[str] = Counter()
    for text in (block.text for block in document.blocks) if wanted else ():
        found.update(_recased(word) for word in re.findall(r"[A-ZÅÄÖ][\w-]+", text) if _folded(word) in wanted)
    spelled = {_folded(word): word for word, _ in sorted(found.items(), key=lambda item: (item[1], item[0]))}
    return " ".join(
        other if (other := spelled.get(_folded(word), word)).casefold() != word.casefold() else word
        for word in name.split()
    )


def _without_institutions(texts: Iterable[str]) -> Iterable[str]:
    """The texts without the names of institutions that are called after a place: 'Helsingin yliopisto'."""
    return (_OF_A_PLACE.sub(" ", text) for text in texts)


def _texts(document: Document) -> Iterable[str]:
    return (block.text for block in document.blocks if block.kind != "furniture")


def _root(word: str) -> str:
    """What the forms of a name have in common whatever its case and consonant gradation: its first letters."""
    return word.casefold()[: max(3, min(5, len(word) - 2))]


def _folded(word: str) -> str:
    """A word in small letters without diacritics."""
    decomposed = unicodedata.normalize("NFD", word.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _clean(text: str) -> str:
    """One line of visible characters, composed, spaces single."""
    composed = unicodedata.normalize("NFC", text)
    if not composed.isprintable():
        composed = "".join(char if unicodedata.category(char)[0] != "C" else " " for char in composed)
    return " ".join(composed.split()).strip(" -–_")
