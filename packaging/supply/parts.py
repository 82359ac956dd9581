#!/usr/bin/env python3
"""Says what a program of this repository is made of.

  packaging/supply/parts.py licences [TARGET]   the texts of all licences, for people
  packaging/supply/parts.py sbom     [TARGET]   the same parts as CycloneDX 1.5, for machines

TARGET is a Rust target, the one of this machine when it is not given. Prints on standard output; fails when a part
has a licence whose text is nowhere. The same Cargo.lock gives the same bytes. Needs Python 3.11 and cargo.
"""

import hashlib
import json
import re
import subprocess
import sys
import tomllib
import uuid
from collections import defaultdict, deque
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# The file names that licences, notices and lists of authors have in packages.
TEXT = re.compile(r"^(licen[cs]e|copying|copyright|notice|unlicense|patents|ofl|ufl)", re.IGNORECASE)
# Folders in which a package keeps what it does not give to the program.
ASIDE = {"tests", "test", "examples", "benches", "target", ".git"}
# How the text of a licence is known, for packages that name one and carry no text.
SIGNS = {
    "0BSD": "Permission to use, copy, modify, and/or distribute this software for any",
    "Apache-2.0": "Apache License",
    "BSD-2-Clause": "Redistributions of source code must retain",
    "BSD-3-Clause": "Neither the name of",
    "BSL-1.0": "Boost Software License",
    "CC0-1.0": "Creative Commons",
    "CDLA-Permissive-2.0": "Community Data License Agreement",
    "ISC": "Permission to use, copy, modify, and",
    "MIT": "Permission is hereby granted, free of charge",
    "MPL-2.0": "Mozilla Public License",
    "OFL-1.1": "SIL OPEN FONT LICENSE",
    "Ubuntu-font-1.0": "UBUNTU FONT LICENCE",
    "Unicode-3.0": "UNICODE LICENSE V3",
    "Unlicense": "This is free and unencumbered software",
    "Zlib": "This software is provided 'as-is'",
}


def host():
    told = subprocess.run(["rustc", "-vV"], check=True, capture_output=True, text=True).stdout
    return re.search(r"^host: (.+)$", told, re.MULTILINE).group(1)


def parts(target):
    """The packages that end up in the programs, this one first, each with the packages it needs."""
    command = ["cargo", "metadata", "--locked", "--format-version", "1", "--filter-platform", target]
    told = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    about = json.loads(told)
    packages = {package["id"]: package for package in about["packages"]}
    nodes = {node["id"]: node for node in about["resolve"]["nodes"]}
    start = about["resolve"]["root"]
    found, waiting = {}, deque([start])
    while waiting:
        here = waiting.popleft()
        if here in found:
            continue
        # What only builds or tests the program is not in it.
        needs = {
            dep["pkg"] for dep in nodes[here]["deps"] if any(kind["kind"] is None for kind in dep["dep_kinds"])
        }
        found[here] = sorted(needs)
        waiting.extend(found[here])
    rest = sorted(set(found) - {start}, key=lambda p: (packages[p]["name"], packages[p]["version"]))
    return [(packages[p], [packages[n] for n in found[p]]) for p in [start, *rest]]


def expression(package):
    """The licence as SPDX writes it; the slash is how it was written before."""
    return (package["license"] or "").replace(" / ", " OR ").replace("/", " OR ")


def texts(package):
    folder = Path(package["manifest_path"]).parent
    named = package.get("license_file")
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        wanted = TEXT.match(path.name) and path.suffix.lower() not in {".rs", ".py", ".toml", ".html", ".ttf"}
        if not (wanted or str(inside) == named) or ASIDE & set(inside.parts[:-1]) or not path.is_file():
            continue
        text = path.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n").replace("\f", "")
        # A short file is a pointer that was meant to be a link.
        if len(text) > 80:
            yield "\n".join(line.rstrip() for line in text.strip().split("\n"))


def atoms(said):
    words = re.findall(r"[A-Za-z0-9.+-]+", re.sub(r" WITH \S+", "", said))
    return [word for word in words if word not in {"AND", "OR"}]


def licences(target):
    users, silent, missing, first = defaultdict(list), [], [], {}
    all_parts = parts(target)
    for package, _ in all_parts[1:]:
        name = f"{package['name']} {package['version']}"
        found = list(dict.fromkeys(texts(package)))
        for text in found:
            # The same words in other lines are the same text.
            users[first.setdefault(" ".join(text.split()), text)].append(name)
        if not found:
            silent.append((name, package))
    everything = "\n".join(users).lower()
    for name, package in [(f"{p['name']} {p['version']}", p) for p, _ in all_parts[1:]]:
        # Each side of an AND needs a text; one of a choice is enough.
        sides = re.split(r" AND (?![^(]*\))", expression(package))
        if not all(any(SIGNS.get(atom, "\0").lower() in everything for atom in atoms(side)) for side in sides):
            missing.append(f"{name}: no text for {expression(package) or 'nothing'}")
    if missing:
        sys.exit("\n".join(missing))
    own = all_parts[0][0]
    print(f"Fahuo {own['version']} contains the work of others. This file has their licences.")
    print("SQLite, which is inside libsqlite3-sys, is in the public domain.")
    print("Fonts: Noto Sans SC and Noto Emoji (SIL Open Font License 1.1), Material Icons (Apache-2.0), and those of epaint_default_fonts.\n")
    print("Parts\n-----\n")
    for package, _ in all_parts[1:]:
        print(f"{package['name']} {package['version']}: {expression(package)}  {package['repository'] or ''}".rstrip())
    print("\nParts without a text of their own\n---------------------------------\n")
    print("Their terms are those of the licence with the same name below; the authors are named as far as they say.\n")
    for name, package in silent:
        print(f"{name}: {expression(package)}; {', '.join(package['authors']) or 'authors not named'}")
    font = (ROOT / "assets/fonts/OFL.txt").read_text(encoding="utf-8").strip()
    users[font].insert(0, "Noto Sans SC, Noto Emoji")
    for text, names in sorted(users.items(), key=lambda pair: (-len(pair[1]), pair[1])):
        print("\n" + "=" * 100)
        print("\n".join(lines_of(names)))
        print("=" * 100 + "\n")
        print(text)


def lines_of(names, width=100):
    line = ""
    for name in dict.fromkeys(names):
        if line and len(line) + len(name) + 2 > width:
            yield line + ","
            line = ""
        line = f"{line}, {name}" if line else name
    yield line


def sbom(target):
    lock = (ROOT / "Cargo.lock").read_bytes()
    sums = {(p["name"], p["version"]): p.get("checksum") for p in tomllib.loads(lock.decode())["package"]}

    def purl(package):
        return f"pkg:cargo/{package['name']}@{package['version']}"

    def component(package, kind):
        told = {"type": kind, "bom-ref": purl(package), "name": package["name"], "version": package["version"]}
        told["purl"] = purl(package)
        if package["description"]:
            told["description"] = " ".join(package["description"].split())
        if package["license"]:
            told["licenses"] = [{"expression": expression(package)}]
        if digest := sums.get((package["name"], package["version"])):
            told["hashes"] = [{"alg": "SHA-256", "content": digest}]
        if package["repository"]:
            told["externalReferences"] = [{"type": "vcs", "url": package["repository"]}]
        return told

    all_parts = parts(target)
    own = all_parts[0][0]
    fonts = []
    for path in sorted((ROOT / "assets/fonts").glob("*.ttf")):
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        font = {"type": "file", "bom-ref": f"file:{path.name}", "name": path.name}
        font["licenses"] = [{"license": {"id": "OFL-1.1"}}]
        font["hashes"] = [{"alg": "SHA-256", "content": digest}]
        fonts.append(font)
    sqlite = [sqlite_part(package) for package, _ in all_parts if package["name"] == "libsqlite3-sys"]
    needs = [{"ref": purl(p), "dependsOn": sorted({purl(n) for n in deps})} for p, deps in all_parts]
    needs[0]["dependsOn"] = sorted(needs[0]["dependsOn"] + [font["bom-ref"] for font in fonts])
    for need in needs:
        if need["ref"].startswith("pkg:cargo/libsqlite3-sys@"):
            need["dependsOn"] = sorted(need["dependsOn"] + [part["bom-ref"] for part in sqlite])
    whole = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        # The same lock file and target have the same number.
        "serialNumber": uuid.uuid5(uuid.NAMESPACE_URL, hashlib.sha256(lock + target.encode()).hexdigest()).urn,
        "version": 1,
        "metadata": {
            "component": component(own, "application"),
            "properties": [{"name": "fahuo:target", "value": target}],
        },
        "components": [component(p, "library") for p, _ in all_parts[1:]] + sqlite + fonts,
        "dependencies": needs,
    }
    json.dump(whole, sys.stdout, ensure_ascii=False, indent=1)
    print()


def sqlite_part(package):
    """SQLite is compiled into the program from inside its package, under a version of its own."""
    head = (Path(package["manifest_path"]).parent / "sqlite3/sqlite3.h").read_text(encoding="utf-8")
    version = re.search(r'#define SQLITE_VERSION\s+"([^"]+)"', head).group(1)
    part = {"type": "library", "bom-ref": f"sqlite@{version}", "name": "sqlite", "version": version}
    part["licenses"] = [{"license": {"id": "blessing"}}]
    part["cpe"] = f"cpe:2.3:a:sqlite:sqlite:{version}:*:*:*:*:*:*:*"
    return part


if __name__ == "__main__":
    jobs = {"licences": licences, "sbom": sbom}
    if len(sys.argv) not in (2, 3) or sys.argv[1] not in jobs:
        sys.exit(__doc__)
    jobs[sys.argv[1]](sys.argv[2] if len(sys.argv) == 3 else host())
