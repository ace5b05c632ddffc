#!/usr/bin/env python3
"""Writes tests/goldens/words/: models whose input is words, and what Python sentence-transformers computes with them.

Run with a Python that has sentence-transformers 6.2.0 and nltk 3.10:
    python tools/goldens/make_word_goldens.py tests/goldens/words
"""
import gzip
import json
import pathlib
import random
import shutil
import sys

import torch
from make_engine_goldens import BERT_SPECIAL, save_tensors, tiny_tokenizer, write_json
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import BoW, Pooling, WordEmbeddings
from sentence_transformers.sentence_transformer.modules.tokenizer import PhraseTokenizer, WhitespaceTokenizer

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent.parent / "tests" / "interop"))
sys.dont_write_bytecode = True
import nasty_strings  # noqa: E402

DIMENSION = 5
VECTORS, TWICE = "vectors.txt", "twice.txt"
WORDS = ["the", "cat", "sleeps", "Cat", "New_York", "new_york_city", "old_house", "house", "old", "river", "guitar", "plays", "man",
         "u.s.", "U.S.", "n't", "ca", "straße", "οδοσ", "οδος", "i̇stanbul", "été", "中", "don", "dog", "'s", "rain-drop",
         "...", "3.14", "``", "2", "x"]
TEXTS = [
    "The cat sleeps.", "", " \t\n ", "zzz unknown qqq", "the The THE of", "A CAT, a Cat; \"cat\"!", "ΟΔΟΣ ΟΔΟΣ. Οδος ΟΔΟΣΑ Σ",
    "İstanbul ÉTÉ Straße STRASSE", "cat\u00a0cat\u2003cat\u3000cat\u001ccat\u0085cat\u200bcat", "New York City is old; NEW YORK too: new york city",
    "an old house, an Old House in New_York", "don't can't cannot gonna wanna isn't 'tis", "The U.S. and u.s. -- 3.14 ... (2) [x] {x} <x>",
    "\"Quoted\" 'cat' ``cat'' “dog” «dog» the man's guitar.", "...cat... !!!dog??? ''x''", "rain-drop rain - drop -rain-drop-", "cat " * 40,
    "\U0001f600 cat\ufe0f ca\u0301t CAT\u0301", "中 中文 中。", "a  b,cat:dog 10,000.5 $5 50% x@y #cat", "cat.", "cat.\"", "cat.) ", "Cat: ", "cat,",
]

README = """Made by tools/goldens/make_word_goldens.py with Python sentence-transformers {version} and nltk {nltk}; do not edit.

| file | what |
|---|---|
| {vectors}, {vectors}.gz | word vectors as word2vec writes them: with a header, a line too long and one too short |
| {twice} | vectors as GloVe writes them, a word twice: in what Python saves of them words and rows do not fit any more |
| whitespace/, lower/, phrase/, hugging_face/ | WordEmbeddings from such vectors, and mean Pooling |
| bow/, bow_binary/ | BoW |
| words.json | `texts`, and for each WordEmbeddings `ids` of each text, `twice`: the same for {twice}; `limited`: the first 7 rows of the table by max_vocab_size 6 |
| words.safetensors | of each model `<model>.embeddings` [texts, D] |
"""


def write_vectors(path):
    random.seed(3)
    rows = [[word] + [f"{random.gauss(0, 1):.5g}" for _ in range(DIMENSION)] for word in WORDS]
    rows.insert(4, ["too", "short", "1"])
    rows.insert(9, ["too", "long"] + ["1"] * DIMENSION)
    text = f"{len(WORDS)} {DIMENSION}\n" + "".join(" ".join(row) + end for row, end in zip(rows, ["\n", " \n", "\r\n"] * len(rows)))
    path.write_bytes(text.encode())
    with gzip.GzipFile(f"{path}.gz", "wb", mtime=0) as file:
        file.write(text.encode())


def texts():
    return TEXTS + nasty_strings.ALL


def main():
    import nltk
    import sentence_transformers

    folder = pathlib.Path(sys.argv[1])
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    torch.manual_seed(1)
    write_vectors(folder / VECTORS)
    tokenizers = {"whitespace": WhitespaceTokenizer(), "lower": WhitespaceTokenizer(stop_words=["the", "cat,"], do_lower_case=True),
                  "phrase": PhraseTokenizer(max_ngram_length=3)}
    words = {name: WordEmbeddings.from_text_file(str(folder / VECTORS), update_embeddings=name == "lower", tokenizer=tokenizer)
             for name, tokenizer in tokenizers.items()}
    words["lower"].max_seq_length = 3
    tokenizer = tiny_tokenizer(BERT_SPECIAL, 100)
    words["hugging_face"] = WordEmbeddings(tokenizer, torch.randn(len(tokenizer), DIMENSION))
    tensors, golden = {}, {"texts": texts(), "ids": {}}
    for name, module in words.items():
        model = SentenceTransformer(modules=[module, Pooling(DIMENSION)])
        tensors[f"{name}.embeddings"] = torch.tensor(model.encode(texts()))
        golden["ids"][name] = [module.tokenizer.tokenize(text)[:module.max_seq_length] for text in texts()]
        model.save_pretrained(str(folder / name))
        (folder / name / "README.md").unlink(missing_ok=True)
    weights = {"the": 0.1, "cat": 1.7, "new_york": 2.5, "straße": 3, "dog": 1 / 3, "οδος": 0.7}
    bows = {"bow": BoW(WORDS + ["cat"], weights, unknown_word_weight=0.25),
            "bow_binary": BoW(WORDS, weights, cumulative_term_frequency=False)}
    for name, module in bows.items():
        model = SentenceTransformer(modules=[module])
        tensors[f"{name}.embeddings"] = torch.tensor(model.encode(texts()))
        model.save_pretrained(str(folder / name))
        (folder / name / "README.md").unlink(missing_ok=True)
    (folder / TWICE).write_text("cat 1 2\ndog 3 4\ncat 5 6\nx 7 8\n")
    twice = WordEmbeddings.from_text_file(str(folder / TWICE))
    golden["twice"] = [twice.tokenizer.tokenize(text) for text in texts()]
    golden["limited"] = WordEmbeddings.from_text_file(str(folder / f"{VECTORS}.gz"), max_vocab_size=6).emb_layer.weight.tolist()
    save_tensors(folder / "words.safetensors", tensors)
    write_json(folder / "words.json", golden)
    (folder / "README.md").write_text(README.format(version=sentence_transformers.__version__, nltk=nltk.__version__, vectors=VECTORS, twice=TWICE))


if __name__ == "__main__":
    main()
