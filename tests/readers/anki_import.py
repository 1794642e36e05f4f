"""Anki itself: imports files one after the other into a new collection, and says after each what was new and updated.

`anki_import.py FILE …`, packages or text; then every note of the collection, with its cards.
"""

import tempfile
from pathlib import Path

from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest, ImportCsvRequest
from saying import paths, say

with tempfile.TemporaryDirectory() as folder:
    collection = Collection(str(Path(folder) / "collection.anki2"))
    for path in paths():
        if path.endswith(".apkg"):
            options = ImportAnkiPackageOptions(merge_notetypes=False, with_scheduling=False)
            told = collection.import_anki_package(ImportAnkiPackageRequest(package_path=path, options=options))
        else:
            metadata = collection.get_csv_metadata(path=path, delimiter=None)
            told = collection.import_csv(ImportCsvRequest(path=path, metadata=metadata))
        log = told.log
        say(
            new=len(log.new),
            updated=len(log.updated),
            duplicate=len(log.duplicate),
            conflicting=len(log.conflicting),
            notes=collection.note_count(),
            cards=collection.card_count(),
        )
    for number in collection.find_notes("", order="n.id"):
        note = collection.get_note(number)
        cards = note.cards()
        say(
            guid=note.guid,
            type=note.note_type()["name"],
            fields=dict(note.items()),
            tags=note.tags,
            decks=sorted({collection.decks.name(card.did) for card in cards}),
            cards=[[card.question(), card.answer()] for card in cards],
        )
    problems = collection.fix_integrity()
    say(integrity=problems[0])
    collection.close()
