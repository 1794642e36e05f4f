"""python-docx on the tables of a Word document: `docx_table.py FILE`; its comments come last."""

import docx
from saying import paths, say

(path,) = paths()
document = docx.Document(path)
for table in document.tables:
    names, *lines = [[cell.text for cell in line.cells] for line in table.rows]
    assert names == ["id", "Français", "English"], names
    for unit, fr, en in lines:
        say(id=unit, fr=fr, en=en)
for comment in document.comments:
    say(note=comment.text, author=comment.author)
