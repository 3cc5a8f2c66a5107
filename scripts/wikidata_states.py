"""Write src/tongmun/missions/data/regions.csv: items of Wikidata and the code of ISO 3166 each stands for.

`python scripts/wikidata_states.py TABLE`: TABLE is the CSV of database-of-embassies (public domain, from Wikidata,
which is CC0). Its names of states are found in CLDR; what CLDR calls otherwise, and parts of states, are in NAMED by
hand.
"""

import csv
import sys
from pathlib import Path

from babel import Locale

TARGET = Path(__file__).resolve().parents[1] / "src/tongmun/missions/data/regions.csv"
COLUMNS = (("operator", "operatorQID"), ("country", "countryQID"), ("jurisdictions", "jurisdictionQIDs"))
# fmt: off
NAMED = {
    "Antigua and Barbuda": "AG", "Bosnia and Herzegovina": "BA", "Czech Republic": "CZ",
    "Democratic Republic of the Congo": "CD", "East Timor": "TL", "Federated States of Micronesia": "FM",
    "Government of Sweden": "SE", "Holy See": "VA", "Hong Kong": "HK", "Ivory Coast": "CI", "Kingdom of Denmark": "DK",
    "Macau": "MO", "Ministry of Foreign Affairs and Cooperation of the Republic of Rwanda": "RW",
    "Ministry of Foreign Affairs of the People's Republic of China": "CN",
    "Ministry of Foreign Affairs of the Russian Federation": "RU", "Myanmar": "MM", "Palestine": "PS",
    "People's Republic of China": "CN", "Republic of Ireland": "IE", "Republic of the Congo": "CG",
    "Sahrawi Arab Democratic Republic": "EH", "Saint Kitts and Nevis": "KN", "Saint Lucia": "LC",
    "Saint Vincent and the Grenadines": "VC", "State of Palestine": "PS", "São Tomé and Príncipe": "ST",
    "The Bahamas": "BS", "The Gambia": "GM", "Trinidad and Tobago": "TT", "Turkey": "TR",
    "Turks and Caicos Islands": "TC", "United States of America": "US", "Vatican": "VA",
    "Alagoas": "BR-AL", "Ceará": "BR-CE", "Espírito Santo": "BR-ES", "Maranhão": "BR-MA", "Mato Grosso": "BR-MT",
    "Mato Grosso do Sul": "BR-MS", "Minas Gerais": "BR-MG", "Paraíba": "BR-PB", "Pernambuco": "BR-PE", "Piauí": "BR-PI",
    "Rio Grande do Norte": "BR-RN", "Rio de Janeiro": "BR-RJ", "Sergipe": "BR-SE", "São Paulo": "BR-SP",
    "Anhui": "CN-AH", "Beijing": "CN-BJ", "Chongqing": "CN-CQ", "Fujian": "CN-FJ", "Gansu": "CN-GS",
    "Guangdong": "CN-GD", "Guangxi": "CN-GX", "Guizhou": "CN-GZ", "Hainan": "CN-HI", "Hebei": "CN-HE",
    "Heilongjiang": "CN-HL", "Henan": "CN-HA", "Hubei": "CN-HB", "Hunan": "CN-HN", "Inner Mongolia": "CN-NM",
    "Jiangsu": "CN-JS", "Jiangxi": "CN-JX", "Jilin": "CN-JL", "Liaoning": "CN-LN", "Ningxia": "CN-NX",
    "Qinghai": "CN-QH", "Shaanxi": "CN-SN", "Shandong": "CN-SD", "Shanghai": "CN-SH", "Shanxi": "CN-SX",
    "Sichuan": "CN-SC", "Tianjin": "CN-TJ", "Tibet": "CN-XZ", "Xinjiang": "CN-XJ", "Yunnan": "CN-YN",
    "Zhejiang": "CN-ZJ",
    "Baden-Württemberg": "DE-BW", "Bavaria": "DE-BY", "Hesse": "DE-HE", "North Rhine-Westphalia": "DE-NW",
    "Rhineland-Palatinate": "DE-RP", "Saarland": "DE-SL", "Saxony": "DE-SN",
    "Aragon": "ES-AR", "Asturias": "ES-AS", "Balearic Islands": "ES-IB", "Basque Country": "ES-PV",
    "Cantabria": "ES-CB", "Catalonia": "ES-CT", "Land of Valencia": "ES-VC", "Navarre": "ES-NC",
    "Region of Murcia": "ES-MC", "Scotland": "GB-SCT",
    "Aceh": "ID-AC", "Bali": "ID-BA", "East Java": "ID-JI", "East Kalimantan": "ID-KI", "East Nusa Tenggara": "ID-NT",
    "Jambi": "ID-JA", "North Kalimantan": "ID-KU", "North Sumatra": "ID-SU", "Riau": "ID-RI", "Riau Islands": "ID-KR",
    "South Kalimantan": "ID-KS", "West Nusa Tenggara": "ID-NB", "West Sumatra": "ID-SB",
    "Kamchatka Krai": "RU-KAM", "Magadan Oblast": "RU-MAG", "Primorsky Krai": "RU-PRI",
    "Arkansas": "US-AR", "Hawaii": "US-HI", "Oklahoma": "US-OK", "Texas": "US-TX",
}
# fmt: on


def main(table: str) -> None:
    """Write a line for each item that has a code, and name the others."""
    territories = Locale("en").territories.items()
    codes = {str(name).casefold(): str(code) for code, name in territories if str(code).isalpha()}
    codes |= {name.casefold(): code for name, code in NAMED.items()}
    names = _names(Path(table))
    known = {item: (codes[name.casefold()], name) for item, name in names.items() if name.casefold() in codes}
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("item", "code", "name"))
        writer.writerows((item, *known[item]) for item in sorted(known, key=lambda item: int(item[1:])))
    print(f"{len(known)} items; no code:", ", ".join(names[item] for item in names if item not in known))


def _names(table: Path) -> dict[str, str]:
    names: dict[str, str] = {}
    with table.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            for column, items in COLUMNS:
                for name, item in zip(row[column].split("|"), row[items].split("|"), strict=False):
                    if item:
                        names.setdefault(item.rsplit("/", 1)[-1], name)
    return names


if __name__ == "__main__":
    main(sys.argv[1])
