"""Our embeddings of a model are Python's embeddings of it."""
import numpy as np
import pytest
from conftest import GOLDENS, cosine, encode, sts_rows
from scipy.stats import spearmanr
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Dense, Normalize, Pooling, Transformer


def python_embeddings(model, texts, **arguments):
    return SentenceTransformer(str(model), device="cpu").encode(texts, batch_size=64, **arguments)


def test_real_model_f32(real_model, real_texts, tmp_path):
    ours = encode(real_model, real_texts, tmp_path, "--precision", "f32")
    python = python_embeddings(real_model, real_texts)
    assert np.abs(ours - python).max() <= 1e-5
    assert cosine(ours, python).min() >= 0.999999


def test_real_model_bf16(real_model, real_texts, tmp_path):
    ours = encode(real_model, real_texts, tmp_path, "--precision", "bf16")
    assert cosine(ours, python_embeddings(real_model, real_texts)).min() >= 0.9999


def test_mpnet(mpnet, tmp_path):
    rows = sts_rows("test")
    texts = [text for _, first, second in rows for text in (first, second)]
    ours = encode(mpnet, texts, tmp_path, "--precision", "f32")
    assert spearmanr(cosine(ours[::2], ours[1::2]), [score for score, _, _ in rows]).statistic == pytest.approx(0.83422, abs=5e-6)
    python = python_embeddings(mpnet, texts[:400])
    assert np.abs(ours[:400] - python).max() <= 1e-5
    assert cosine(encode(mpnet, texts[:400], tmp_path, "--precision", "bf16"), python).min() >= 0.9999


@pytest.mark.parametrize("name", ["model", "model_dense"])
def test_tiny_models(name, real_texts, tmp_path):
    ours = encode(GOLDENS / name, real_texts, tmp_path, "--precision", "f32")
    assert np.abs(ours - python_embeddings(GOLDENS / name, real_texts)).max() <= 1e-5


def test_prompts(real_texts, tmp_path):
    texts = real_texts[:100]
    for flags, arguments in [(["--prompt-name", "query"], {"prompt_name": "query"}),
                             (["--prompt", "cold rain: "], {"prompt": "cold rain: "})]:
        ours = encode(GOLDENS / "model_dense", texts, tmp_path, "--precision", "f32", *flags)
        assert np.abs(ours - python_embeddings(GOLDENS / "model_dense", texts, **arguments)).max() <= 1e-5


@pytest.mark.parametrize("normalize", [False, True])
def test_truncated_dimension(real_model, real_texts, tmp_path, normalize):
    texts = real_texts[:100]
    ours = encode(real_model, texts, tmp_path, "--precision", "f32", "--truncate-dim", "64",
                  *(["--normalize"] if normalize else []))
    python = python_embeddings(real_model, texts, truncate_dim=64, normalize_embeddings=normalize)
    assert ours.shape == python.shape == (len(texts), 64)
    assert np.abs(ours - python).max() <= 1e-5


POOLINGS = ["cls", "max", "mean", "mean_sqrt_len_tokens", ["cls", "mean"]]


@pytest.mark.parametrize("pooling", POOLINGS, ids=lambda mode: mode if isinstance(mode, str) else "+".join(mode))
def test_models_that_python_saves(pooling, real_texts, tmp_path):
    """Every pooling, a Dense, Normalize, prompts and a default one, a dimension of its own."""
    texts = real_texts[:200]
    transformer = Transformer(str(GOLDENS / "model"))
    pool = Pooling(transformer.get_embedding_dimension(), pooling)
    dense = Dense(pool.get_embedding_dimension(), 20)
    model = SentenceTransformer(modules=[transformer, pool, dense, Normalize()], device="cpu", truncate_dim=12,
                                prompts={"query": "find: ", "document": "about "}, default_prompt_name="document")
    model.save_pretrained(str(tmp_path / "saved"))
    ours = encode(tmp_path / "saved", texts, tmp_path, "--precision", "f32")
    python = python_embeddings(tmp_path / "saved", texts)
    assert ours.shape == python.shape == (len(texts), 12)
    assert np.abs(ours - python).max() <= 1e-5
