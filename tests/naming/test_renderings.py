"""Counties, agencies, ministries, universities and Swedish names, in the forms in which people write them.

All are matched against one sheet of every organisation in the table and every municipality, and of rows that look like
them and are others, so that a wrong match has every chance to be made.
"""

from __future__ import annotations

from analyser.maturity.matching import match
from tests.maturity.cases import result, sheet
from tests.naming.test_places import GENITIVES

RENDERINGS = {
    "Etelä-Karjalan hyvinvointialue": "Ekhva|ETELÄ-KARJALAN HYVINVOINTIALUE|Södra Karelens välfärdsområde|"
    "Wellbeing Services County of South Karelia|Etela-Karjalan hyvinvointialueen|Etelä-Karjala hva",
    "Etelä-Pohjanmaan hyvinvointialue": "Hyvaep|Södra Österbottens välfärdsområde|Etelä-Pohjanmaan hva|"
    "South Ostrobothnia Wellbeing Services County|Etelä-Pohjanmaan hyvinvointialueen",
    "Etelä-Savon hyvinvointialue": "Eloisa|Etelä-Savon hyvinvointialue (Eloisa)|Södra Savolax välfärdsområde|ELOISA|"
    "Etelä-Savon hyvinvointialue Eloisa",
    "Itä-Uudenmaan hyvinvointialue": "Östra Nylands välfärdsområde|Ita-Uudenmaan hyvinvointialue|"
    "Wellbeing Services County of East Uusimaa",
    "Kainuun hyvinvointialue": "Kajanalands välfärdsområde|Kainuu hyvinvointialue|KAINUUN HYVINVOINTIALUEEN",
    "Kanta-Hämeen hyvinvointialue": "Oma Häme|Oma Hame|Egentliga Tavastlands välfärdsområde|"
    "Kanta-Hämeen hyvinvointialue (Oma Häme)",
    "Keski-Pohjanmaan hyvinvointialue": "Soite|Mellersta Österbottens välfärdsområde|"
    "Central Ostrobothnia Wellbeing Services County",
    "Keski-Suomen hyvinvointialue": "Hyvaks|Mellersta Finlands välfärdsområde|Keski-Suomen hva",
    "Keski-Uudenmaan hyvinvointialue": "Keusote|Mellersta Nylands välfärdsområde|Keusoten",
    "Kymenlaakson hyvinvointialue": "Kymenhva|Kymmenedalens välfärdsområde|Kymenlaakson hyvinvointialueen",
    "Lapin hyvinvointialue": "Lapha|Lapplands välfärdsområde|Wellbeing Services County of Lapland|"
    "LAPIN HYVINVOINTIALUE",
    "Länsi-Uudenmaan hyvinvointialue": "Luvn|LUVN|Länsi-Uudenmaan hyvinvointialue (LUVN)|"
    "Västra Nylands välfärdsområde|Western Uusimaa Wellbeing Services County",
    "Pirkanmaan hyvinvointialue": "Pirha|PIRHA|Pirhan|Birkalands välfärdsområde|Pirkanmaan hyvinvointialue (Pirha)|"
    "Wellbeing services county of Pirkanmaa|Pirkanmaan HVA",
    "Pohjanmaan hyvinvointialue": "Österbottens välfärdsområde|Ostrobothnia Wellbeing Services County|"
    "POHJANMAAN HYVINVOINTIALUE",
    "Pohjois-Karjalan hyvinvointialue": "Siun sote|Siun Sote|Pohjois-Karjalan hyvinvointialue – Siun sote|"
    "Norra Karelens välfärdsområde|SIUN SOTE",
    "Pohjois-Pohjanmaan hyvinvointialue": "Pohde|Norra Österbottens välfärdsområde|Pohteen|"
    "Pohjois-Pohjanmaan hyvinvointialue, Pohde",
    "Pohjois-Savon hyvinvointialue": "Norra Savolax välfärdsområde|North Savo Wellbeing Services County|"
    "Pohjois-Savon hva",
    "Päijät-Hämeen hyvinvointialue": "Päijänne-Tavastlands välfärdsområde|Paijat-Hameen hyvinvointialue|"
    "Päijät-Hämeen hyvinvointialueen",
    "Satakunnan hyvinvointialue": "Satakunta välfärdsområde|Satakunnan hva|Wellbeing Services County of Satakunta",
    "Vantaan ja Keravan hyvinvointialue": "Vake|Vanda och Kervo välfärdsområde|"
    "Wellbeing Services County of Vantaa and Kerava|Vantaan ja Keravan hyvinvointialueen",
    "Varsinais-Suomen hyvinvointialue": "Varha|VARHA|Varhan|Egentliga Finlands välfärdsområde|"
    "Southwest Finland Wellbeing Services County|Varsinais-Suomen hyvinvointialue (Varha)",
    "Kansaneläkelaitos": "Kela|KELA|Kelan|FPA|Folkpensionsanstalten|Kansaneläkelaitos (Kela)|Kansanelakelaitos|"
    "Kansaneläkelaitoksen|Kela (Kansaneläkelaitos)",
    "Digi- ja väestötietovirasto": "DVV|DVV:n|Myndigheten för digitalisering och befolkningsdata|"
    "Digi- ja väestötietoviraston|Digi ja vaestotietovirasto|Digi- ja väestötietovirasto (DVV)",
    "Terveyden ja hyvinvoinnin laitos": "THL|THL:n|Terveyden ja hyvinvoinnin laitoksen|"
    "Institutet för hälsa och välfärd|Finnish Institute for Health and Welfare|Terveyden ja hyvinvoinnin laitos THL",
    "Verohallinto": "Vero|Verohallinnon|Skatteförvaltningen|Finnish Tax Administration|VEROHALLINTO",
    "Maahanmuuttovirasto": "Migri|Migrin|Migrationsverket|Maahanmuuttoviraston|Maahanmuuttovirasto (Migri)",
    "Liikenne- ja viestintävirasto": "Traficom|Liikenne- ja viestintävirasto Traficom|Traficomin|"
    "Transport- och kommunikationsverket|Liikenne- ja viestintäviraston",
    "Väylävirasto": "Väylä|Vaylavirasto|Trafikledsverket|Väyläviraston",
    "Opetushallitus": "OPH|Utbildningsstyrelsen|Opetushallituksen|OPETUSHALLITUS",
    "Suomen ympäristökeskus": "Syke|SYKE|Suomen ympäristökeskuksen|Finlands miljöcentral|Suomen ympäristökeskus (Syke)",
    "Maanmittauslaitos": "MML|Lantmäteriverket|Maanmittauslaitoksen|National Land Survey of Finland",
    "Patentti- ja rekisterihallitus": "PRH|Patent- och registerstyrelsen|PRH:n|Patentti- ja rekisterihallituksen",
    "Luonnonvarakeskus": "Luke|Luonnonvarakeskuksen|Naturresursinstitutet|Luonnonvarakeskus (Luke)",
    "Valtiokonttori": "Statskontoret|Valtiokonttorin|State Treasury|VALTIOKONTTORI",
    "Säteilyturvakeskus": "STUK|Stuk|Sateilyturvakeskus|Strålsäkerhetscentralen|Säteilyturvakeskuksen",
    "Tilastokeskus": "Statistikcentralen|Statistics Finland|Tilastokeskuksen",
    "Ruokavirasto": "Livsmedelsverket|Ruokaviraston|Finnish Food Authority",
    "Rajavartiolaitos": "Gränsbevakningsväsendet|Rajavartiolaitoksen|Finnish Border Guard",
    "Valtiovarainministeriö": "VM|VM:n|Finansministeriet|Ministry of Finance|Valtiovarainministeriön|"
    "Valtiovarainministerio",
    "Sosiaali- ja terveysministeriö": "STM|Social- och hälsovårdsministeriet|Sosiaali- ja terveysministeriön|"
    "Ministry of Social Affairs and Health|Sosiaali ja terveysministerio",
    "Maa- ja metsätalousministeriö": "MMM|Jord- och skogsbruksministeriet|Maa- ja metsätalousministeriön|"
    "Ministry of Agriculture and Forestry",
    "Opetus- ja kulttuuriministeriö": "OKM|Undervisnings- och kulturministeriet|Opetus- ja kulttuuriministeriö (OKM)",
    "Ympäristöministeriö": "YM|Miljöministeriet|Ministry of the Environment|Ympäristöministeriön",
    "Puolustusministeriö": "PLM|Försvarsministeriet|Puolustusministeriön",
    "Valtioneuvoston kanslia": "VNK|Statsrådets kansli|Valtioneuvoston kanslian|Prime Minister's Office",
    "Helsingin yliopisto": "Helsingfors universitet|University of Helsinki|HELSINGIN YLIOPISTO|Helsingin yliopiston",
    "Turun yliopisto": "University of Turku|Åbo universitet|UTU|Turun yliopiston|Turun yliopisto (UTU)",
    "Åbo Akademi": "Abo Akademi|ÅBO AKADEMI|Åbo Akademi University",
    "Tampereen yliopisto": "Tampere University|Tammerfors universitet|Tampereen yliopiston",
    "Jyväskylän yliopisto": "JYU|Jyvaskylan yliopisto|University of Jyväskylä|Jyväskylä universitet",
    "Itä-Suomen yliopisto": "UEF|University of Eastern Finland|Östra Finlands universitet|Itä-Suomen yliopiston",
    "Lapin yliopisto": "University of Lapland|Lapplands universitet|Lapin yliopiston",
    "Aalto-yliopisto": "Aalto University|Aalto-universitetet|Aalto-yliopiston|Aalto yliopisto",
    "LUT-yliopisto": "LUT|LUT University|LUT-yliopiston|LUT yliopisto",
    "Svenska handelshögskolan": "Hanken|Hanken School of Economics|Svenska Handelshögskolan (Hanken)",
    "Tampereen ammattikorkeakoulu": "TAMK|Tampere University of Applied Sciences|Tampereen ammattikorkeakoulu (TAMK)",
    "Metropolia ammattikorkeakoulu": "Metropolia|Metropolia Ammattikorkeakoulu|Metropolian|"
    "Metropolia-ammattikorkeakoulu",
    "Turun ammattikorkeakoulu": "Turku AMK|Turun ammattikorkeakoulun|Turku University of Applied Sciences",
    "Kaakkois-Suomen ammattikorkeakoulu": "Xamk|XAMK|Kaakkois-Suomen ammattikorkeakoulu Xamk",
    "Espoo": "Esbo|Esbo stad|ESBO STAD|City of Espoo|Espoon kaupungin|Espoon kaupunki 2030",
    "Helsinki": "Helsingfors stad|City of Helsinki|Helsingin kaupunki|HELSINKI|Helsingfors",
    "Turku": "Åbo stad|Abo stad|Turun kaupungin|City of Turku|Åbo",
    "Mustasaari": "Korsholm|Korsholms kommun|Mustasaaren kunta|Municipality of Korsholm",
    "Raasepori": "Raseborg|Raseborgs stad|Raaseporin kaupunki",
    "Pedersöre": "Pedersöre kommun|Pedersören kunta",
    "Närpiö": "Närpes|Närpes stad|Närpiön kaupunki",
    "Kristiinankaupunki": "Kristinestad|Kristinestads stad|Kristiinankaupungin kaupunki",
    "Parainen": "Pargas|Pargas stad|Paraisten kaupunki",
    "Maalahti": "Malax|Malax kommun|Maalahden kunta",
    "Pietarsaari": "Jakobstad|Staden Jakobstad|Pietarsaaren kaupunki",
    "Kemiönsaari": "Kimitoön|Kimitoöns kommun|Kemiönsaaren kunta",
    "Hamina": "Fredrikshamn|Haminan kaupunki|Fredrikshamns stad",
    "Kauniainen": "Grankulla|Grankulla stad|Kauniaisten kaupunki",
    "Maarianhamina": "Mariehamn|Mariehamns stad|Maarianhaminan kaupunki",
    "Vantaa": "Vanda stad|Vanda|Vantaan kaupunki",
    "Kerava": "Kervo|Kervo stad|Keravan kaupunki",
    "Pori": "Björneborg|Porin kaupunki|Björneborgs stad",
    "Satakunnan ammattikorkeakoulu": "SAMK|Satakunnan ammattikorkeakoulun",
}
OTHERS = """Pirkanmaan liitto|Satakuntaliitto|Lapin liitto|Keski-Suomen liitto|Turun seurakuntayhtymä|Espoon seurakunta|
Lapin aluehallintovirasto|Etelä-Suomen aluehallintovirasto|Kainuun ELY-keskus|Keski-Pohjanmaan koulutusyhtymä|
Kuopion yliopistollinen sairaala|Helsingin seudun ympäristöpalvelut|Espoon kaupunkitekniikka|Oulun seurakunta|
Turun kristillinen opisto|Vantaan Energia|Kymenlaakson liitto|Savonlinnan oopperajuhlat|Suomen Kuntaliitto|
Åbolands samkommun|Tampereen seutukunta|Pohjois-Savon liitto|Karelia|Hankenin ylioppilaskunta|Aalto Oy"""


def test_institutions_and_swedish_names_are_matched_in_every_form_and_none_wrongly() -> None:
    rows = [*dict.fromkeys([*RENDERINGS, *GENITIVES]), *(other.strip() for other in OTHERS.split("|"))]
    table = sheet(*((row, 1.0) for row in rows))
    matched, wrong, missed = 0, [], []
    for owner, forms in RENDERINGS.items():
        for form in forms.split("|"):
            found = match([result(form, file="x.pdf")], table).matches
            if not found:
                missed.append((owner, form))
            elif found[0].row.organisation == owner:
                matched += 1
            else:
                wrong.append((form, found[0].row.organisation))
    count = matched + len(missed) + len(wrong)
    print(f"{matched} of {count} matched, {len(wrong)} wrongly; missed: {missed}")
    assert wrong == []
    assert count > 250
    assert matched >= 0.95 * count


def test_others_of_the_same_place_are_matched_with_nothing() -> None:
    table = sheet(*((row, 1.0) for row in [*RENDERINGS, *GENITIVES]))
    named = [other.strip() for other in OTHERS.split("|")]
    found = match([result(name, file=f"{number}.pdf") for number, name in enumerate(named)], table)
    assert [(one.result.organisation, one.row.organisation) for one in found.matches] == []
