"""polib and Translate Toolkit on a PO file: both must see the same; what pocount counts comes last."""

import subprocess
import sys
from pathlib import Path

import polib
from saying import paths, say
from translate.storage import factory

(path,) = paths()
theirs = {unit.getcontext(): unit for unit in factory.getobject(path).units if not unit.isheader()}
entries = polib.pofile(path, wrapwidth=0)
assert entries.metadata["Content-Type"] == "text/plain; charset=UTF-8", entries.metadata
for entry in entries:
    other = theirs[entry.msgctxt]
    assert str(other.source) == entry.msgid, (str(other.source)[:200], entry.msgid[:200])
    assert str(other.target) == entry.msgstr, (str(other.target)[:200], entry.msgstr[:200])
    assert other.isfuzzy() == entry.fuzzy
    say(
        id=entry.msgctxt,
        fr=entry.msgid,
        en=entry.msgstr,
        fuzzy=entry.fuzzy,
        was=entry.previous_msgid,
        note=entry.tcomment,
        comment=entry.comment,
    )
pocount = Path(sys.executable).with_name("pocount")
told = subprocess.run([pocount, "--csv", "--no-color", path], capture_output=True, text=True, check=True).stdout
say(pocount=told)
