"""Which versions of the libraries are installed, in the order of requirements.txt."""

import pathlib
from importlib.metadata import version

from saying import say

for line in pathlib.Path(__file__).with_name("requirements.txt").read_text().splitlines():
    if not line.startswith("#"):
        name = line.split("==")[0]
        say(found=f"{name}=={version(name)}")
