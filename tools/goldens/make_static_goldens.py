#!/usr/bin/env python3
"""Writes tests/goldens/static/: tiny StaticEmbedding models and what Python sentence-transformers computes with them.

Run with a Python that has sentence-transformers 6.2.0 and model2vec 0.10:
    python tools/goldens/make_static_goldens.py tests/goldens/static
"""
import pathlib
import shutil
import sys

import torch
from make_engine_goldens import BERT_SPECIAL, save_tensors, tiny_tokenizer, write_json
from model2vec import StaticModel
from model2vec.quantization import DType, quantize_embeddings
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import StaticEmbedding

DIMENSION = 6
TEXTS = ["A man is playing a guitar.", "", "red car red car", "the old house by the river " * 40, "\u4e2d zzzz"]

README = """Made by tools/goldens/make_static_goldens.py with Python sentence-transformers {version} and model2vec {model2vec}; do not edit.

| file | what |
|---|---|
| plain/ | a StaticEmbedding and a Normalize, as sentence-transformers saves them; its tokenizer truncates to 100 tokens |
| model2vec/ | what model2vec writes: embeddings, mapping and weights; it truncates to 512 tokens |
| model2vec_int8/ | the same with embeddings in int8, normalized |
| static.json | `texts` |
| static.safetensors | of each model: `<model>.embeddings` [texts, {dimension}]; of plain `gradient`: of the sum over all texts of `weights` times embeddings before Normalize, by embedding.weight |
"""


def main():
    folder = pathlib.Path(sys.argv[1])
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    torch.manual_seed(1)
    tokenizer = tiny_tokenizer(BERT_SPECIAL, 100)._tokenizer
    tokenizer.enable_truncation(100)
    tokens = tokenizer.get_vocab_size()
    from sentence_transformers.sentence_transformer.modules import Normalize

    model = SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=torch.randn(tokens, DIMENSION)), Normalize()])
    model.save_pretrained(str(folder / "plain"))
    rows = torch.randn(tokens // 2, DIMENSION).numpy()
    quantized = {"token_mapping": torch.randint(0, tokens // 2, (tokens,)).numpy(),
                 "weights": torch.rand(tokens, dtype=torch.float64).numpy()}
    StaticModel(rows, tokenizer, **quantized).save_pretrained(folder / "model2vec")
    rows = quantize_embeddings(rows, DType.Int8)
    StaticModel(rows, tokenizer, normalize=True, **quantized).save_pretrained(folder / "model2vec_int8")
    tensors = {}
    for name in ("plain", "model2vec", "model2vec_int8"):
        (folder / name / "README.md").unlink(missing_ok=True)
        loaded = SentenceTransformer(str(folder / name), device="cpu")
        tensors[f"{name}.embeddings"] = torch.tensor(loaded.encode(TEXTS))
    static = SentenceTransformer(str(folder / "plain"), device="cpu")[0]
    weights = torch.randn(len(TEXTS), DIMENSION)
    (static(static.preprocess(TEXTS))["sentence_embedding"] * weights).sum().backward()
    tensors |= {"weights": weights, "gradient": static.embedding.weight.grad}
    save_tensors(folder / "static.safetensors", tensors)
    write_json(folder / "static.json", {"texts": TEXTS})
    import model2vec
    import sentence_transformers
    (folder / "README.md").write_text(README.format(version=sentence_transformers.__version__, model2vec=model2vec.__version__,
                                                    dimension=DIMENSION))


if __name__ == "__main__":
    main()
