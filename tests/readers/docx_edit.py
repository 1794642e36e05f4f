"""A reviewer with python-docx: `docx_edit.py FILE ID ENGLISH` puts English into a cell, each word a run of its own."""

import docx
from saying import paths, say

path, unit, english = paths()
document = docx.Document(path)
for table in document.tables:
    for line in table.rows:
        if line.cells[0].text == unit:
            paragraph = line.cells[2].paragraphs[0]
            for run in paragraph.runs:
                run.text = ""
            for index, word in enumerate(english.split(" ")):
                run = paragraph.add_run(word if index == 0 else " " + word)
                run.bold = index % 2 == 1
            document.add_comment(paragraph.runs, text="Is this right?", author="Anne")
            say(edited=unit)
document.save(path)
