"""The tokenizers library, and transformers over it where it is installed: `tokenizer_ids.py TOKENIZER TEXTS`, a text for each line of TEXTS as JSON."""

import json

from saying import paths, say
from tokenizers import Tokenizer

try:
    from transformers import PreTrainedTokenizerFast
except ImportError:
    # A large library over the small one: asked only where somebody has it.
    PreTrainedTokenizerFast = None

path, texts = paths()
tokenizer = Tokenizer.from_file(path)
wrapped = PreTrainedTokenizerFast and PreTrainedTokenizerFast(tokenizer_file=path)
with open(texts, encoding="utf-8") as lines:
    for line in lines:
        text = json.loads(line)
        seen = tokenizer.encode(text, add_special_tokens=False)
        again = wrapped(text, add_special_tokens=False)["input_ids"] if wrapped else seen.ids
        say(ids=seen.ids, tokens=seen.tokens, wrapped=again)
