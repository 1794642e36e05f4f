"""What each of these little programs does: read one file with one library, and print what that library saw.

The tests of `tests/suite/readers` run them and compare. A line for each unit that was seen, as JSON.
"""

import json
import sys


def say(**seen):
    """Prints one thing that the library saw."""
    sys.stdout.write(json.dumps(seen, ensure_ascii=True) + "\n")


def paths():
    """The files to read, as the test named them."""
    return sys.argv[1:]
