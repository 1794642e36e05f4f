"""Translate Toolkit on a file: `translate_toolkit.py FILE tmx|xliff|xliff1`, with the lines of docs/FORMATS.md."""

from saying import paths, say
from translate.storage import tmx, xliff, xliff2

path, kind = paths()
with open(path, "rb") as file:
    if kind == "tmx":
        store = tmx.tmxfile(file, "fr", "en")
    elif kind == "xliff":
        store = xliff2.Xliff2File(file)
    else:
        store = xliff.Xliff1File(file)

for unit in store.units:
    if unit.isheader():
        continue
    # XLIFF 1.2 has the file's name before the id, TMX has no id of its own for a unit.
    name = unit.xmlelement.get("tuid") if kind == "tmx" else unit.getid().split("\x04")[-1]
    say(
        id=name,
        fr=str(unit.source or ""),
        en=str(unit.target or ""),
        notes=unit.getnotes(),
        approved=bool(unit.isapproved()) if kind != "tmx" else None,
        translatable=bool(unit.istranslatable()),
    )
