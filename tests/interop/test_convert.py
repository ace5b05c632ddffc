"""What `sbert convert` writes Python opens, with the vectors of what it was made from."""
import json

import numpy as np
import pytest
import torch
from conftest import GOLDENS, cosine, encode, run_sbert
from safetensors.numpy import load_file
from sentence_transformers import SentenceTransformer

CHECKPOINTS = GOLDENS.parent / "checkpoints"
GOLDEN = json.loads((CHECKPOINTS / "checkpoints.json").read_text())
DTYPES = {"f32": torch.float32, "bf16": torch.bfloat16, "f16": torch.float16}


def embed(directory, texts, dtype=torch.float32):
    model = SentenceTransformer(str(directory), device="cpu", model_kwargs={"dtype": dtype})
    return model, model.encode(texts, convert_to_tensor=True).float().numpy()


@pytest.mark.parametrize("name", GOLDEN["max_seq_length"])
def test_every_old_layout_opens_in_python(name, tmp_path):
    run_sbert("convert", CHECKPOINTS / name, tmp_path / "out")
    model, vectors = embed(tmp_path / "out", GOLDEN["texts"])
    expected = load_file(CHECKPOINTS / "checkpoints.safetensors")[name]
    assert np.abs(vectors - expected).max() <= 1e-5
    assert model.max_seq_length == GOLDEN["max_seq_length"][name]


@pytest.mark.parametrize("name", ["model2vec", "model2vec_int8"])
def test_what_model2vec_writes(name, tmp_path):
    run_sbert("convert", GOLDENS.parent / "static" / name, tmp_path / "out")
    vectors = embed(tmp_path / "out", GOLDEN["texts"])[1]
    assert np.abs(vectors - embed(GOLDENS.parent / "static" / name, GOLDEN["texts"])[1]).max() <= 1e-6
    assert np.abs(vectors).max() > 0


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", ["model", "model_dense"])
def test_every_precision(name, dtype, real_texts, tmp_path):
    texts = real_texts[:200]
    run_sbert("convert", GOLDENS / name, tmp_path / "out", "--dtype", dtype)
    model, vectors = embed(tmp_path / "out", texts)
    assert np.abs(encode(tmp_path / "out", texts, tmp_path, "--precision", "f32") - vectors).max() <= 1e-5
    assert np.abs(embed(GOLDENS / name, texts)[1] - vectors).max() <= (0 if dtype == "f32" else 0.1)
    # Left alone, Python computes in what the file says it is.
    as_stored = SentenceTransformer(str(tmp_path / "out"), device="cpu")
    assert as_stored.dtype == DTYPES[dtype]
    assert cosine(as_stored.encode(texts, convert_to_tensor=True).float().numpy(), vectors).min() > 0.99
    assert as_stored.prompts == SentenceTransformer(str(GOLDENS / name), device="cpu").prompts


def test_real_model(real_model, real_texts, tmp_path):
    texts = real_texts[:100]
    run_sbert("convert", real_model, tmp_path / "out", "--dtype", "bf16")
    assert np.abs(encode(tmp_path / "out", texts, tmp_path, "--precision", "f32") - embed(tmp_path / "out", texts)[1]).max() <= 1e-5
    assert cosine(embed(tmp_path / "out", texts)[1], embed(real_model, texts)[1]).min() > 0.999


def test_settings(tmp_path):
    run_sbert("convert", GOLDENS / "model", tmp_path / "out", "--prompt", "query=ask: ", "--prompt", "passage=a = b: ",
              "--default-prompt", "passage", "--similarity", "manhattan", "--truncate-dim", "8")
    model = SentenceTransformer(str(tmp_path / "out"), device="cpu")
    assert model.prompts == {"query": "ask: ", "document": "", "passage": "a = b: "}
    assert (model.default_prompt_name, model.similarity_fn_name, model.truncate_dim) == ("passage", "manhattan", 8)
    vectors = encode(tmp_path / "out", GOLDEN["texts"], tmp_path, "--precision", "f32")
    assert np.abs(vectors - model.encode(GOLDEN["texts"])).max() <= 1e-5


def test_router_from_parts(tmp_path):
    (tmp_path / "pairs.jsonl").write_text('{"a": "a man", "b": "the cat"}\n{"a": "red car", "b": "a river"}\n')
    run_sbert("train", "--modules", f"Transformer:{GOLDENS / 'model'},Pooling,Router:query=[Dense:6]:document=[Dense:6:bias=false]",
              "--data", tmp_path / "pairs.jsonl", "--router-mapping", "a=query,b=document", "--batch-size", "2", "--max-steps", "1",
              "--loss", "MultipleNegativesRankingLoss", "--output", tmp_path / "out", "--quiet")
    model = SentenceTransformer(str(tmp_path / "out"), device="cpu")
    for task, python in {"query": model.encode_query, "document": model.encode_document, None: model.encode}.items():
        flags = [] if task is None else ["--task", task]
        ours = encode(tmp_path / "out", GOLDEN["texts"], tmp_path, "--precision", "f32", *flags)
        assert np.abs(ours - python(GOLDEN["texts"])).max() <= 1e-5
    assert np.abs(model.encode(GOLDEN["texts"]) - model.encode_document(GOLDEN["texts"])).max() == 0
