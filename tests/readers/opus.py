"""OpusTools on XCES: `opus.py FOLDER LINKS`; the texts of each link, as opus_read writes them for Moses.

The languages come in the order of their names, as in OPUS: in any other, it writes them into the wrong files.
"""

import pathlib
import sys
import tempfile

from opustools import OpusRead
from saying import paths, say

folder, links = paths()
with tempfile.TemporaryDirectory() as out:
    files = [f"{out}/{name}" for name in ("en", "fr", "ids")]
    printed, sys.stdout = sys.stdout, sys.stderr
    OpusRead(
        directory="x",
        source="en",
        target="fr",
        preprocess="raw",
        alignment_file=f"{folder}/{links}",
        download_dir=folder,
        write_mode="moses",
        write=files[:2],
        write_ids=files[2],
        suppress_prompts=True,
    ).printPairs()
    sys.stdout = printed
    texts = [pathlib.Path(name).read_text(encoding="utf-8").split("\n")[:-1] for name in files]
    assert len(texts[0]) == len(texts[1]) == len(texts[2]), [len(text) for text in texts]
    for en, fr, ids in zip(*texts):
        say(fr=fr, en=en, ids=ids.split("\t"))
