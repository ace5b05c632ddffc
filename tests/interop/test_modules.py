"""Every module in a model: we load what Python saved, Python loads what we trained and saved, and we train as Python does."""
import json

import numpy as np
import pytest
import torch
from conftest import GOLDENS, encode, run_sbert
from reference_training import train_in_order
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import Dense, Normalize, Transformer
from sentence_transformers.sentence_transformer.modules import (CNN, LSTM, BoW, Dropout, LayerNorm, Pooling, StaticEmbedding,
                                                                WeightedLayerPooling, WordWeights)

WORDS = GOLDENS.parent / "words" / "lower"
GOLDEN_TEXTS = json.loads((GOLDENS / "texts.json").read_text())["texts"]
PAIRS = [("A man is playing a guitar.", "A person plays the old guitar by the river", 0.8), ("the cat sleeps", "a dog is running", 0.2),
         ("cold rain", "snow and dark sky in the city", 0.6), ("the old river house", "a house", 0.9)] * 4
WORD_PAIRS = [("the cat runs", "a dog and the cat and the river", 0.8), ("old river house", "cat", 0.2),
              ("dog", "river river house", 0.4), ("the house by the river", "a house", 0.9)] * 4
ALL_MODES = ["lasttoken", "cls", "max", "mean", "mean_sqrt_len_tokens", "weightedmean"]
STEPS = 12


def tiny_bert(**config):
    return Transformer(str(GOLDENS / "model"), config_kwargs=config)


def words(trained=False):
    """Of texts of any length. Where a CNN sees their padding, Python trains its embedding, too, if they are trained."""
    module = SentenceTransformer(str(WORDS), device="cpu")[0]
    module.max_seq_length = 100
    module.update_embeddings = trained
    module.emb_layer.weight.requires_grad = trained
    return module


def sentence_modules(dropout):
    return [tiny_bert(), Pooling(32), Dense(32, 24, activation_function=torch.nn.SiLU(), use_residual=True), LayerNorm(24),
            Dropout(dropout), Dense(24, 24, bias=False, activation_function=torch.nn.GELU(), use_residual=True), Normalize()]


def token_modules():
    return [tiny_bert(), Dense(32, 16, module_input_name="token_embeddings"), Normalize("token_embeddings"), Pooling(16)]


def weighted_layers(keep):
    return [tiny_bert(output_hidden_states=keep), WeightedLayerPooling(32, num_hidden_layers=2, layer_start=1), Pooling(32)]


def word_weights():
    words = tiny_bert()
    vocabulary = sorted(words.tokenizer.get_vocab().items(), key=lambda item: item[1])
    weights = {"guitar": 3.3, "cat": 2.0, "the": 0.1, "##s": 0.5}
    return [words, WordWeights([word for word, _ in vocabulary], weights, 0.9), Pooling(32, ["mean", "mean_sqrt_len_tokens"])]


def bag_of_words():
    vocabulary = sorted({word.lower() for pair in PAIRS for text in pair[:2] for word in text.rstrip(".").split()})
    return [BoW(vocabulary, {"guitar": 2.5, "the": 0.1}, unknown_word_weight=0.7), Dense(len(vocabulary), 8)]


MODELS = {
    "pooling": lambda: [tiny_bert(), Pooling(32, ALL_MODES)],
    "pooling_in_old_order": lambda: [tiny_bert(), Pooling(32, ["cls", "max", "weightedmean"])],
    "pooling_without_prompt": lambda: [tiny_bert(), Pooling(32, ALL_MODES, include_prompt=False)],
    "sentence_modules": lambda: sentence_modules(0.3),
    "sentence_modules_without_dropout": lambda: sentence_modules(0),
    "token_modules": token_modules,
    "weighted_layers": lambda: weighted_layers(True),
    "weighted_layers_not_kept": lambda: weighted_layers(False),
    "word_weights": word_weights,
    "cnn": lambda: [words(), CNN(words().embeddings_dimension, out_channels=8), Pooling(24, ["mean", "max"])],
    "cnn_on_transformer": lambda: [tiny_bert(), CNN(32, out_channels=8, kernel_sizes=[3, 7]), Pooling(16)],
    "bow": bag_of_words,
    "static_embedding": lambda: [StaticEmbedding(tiny_bert().tokenizer, embedding_dim=16), Normalize()],
    "lstm": lambda: [words(trained=True), LSTM(words().embeddings_dimension, 10, num_layers=2), Pooling(20)],
}


def make(name, directory):
    torch.manual_seed(7)
    model = SentenceTransformer(modules=MODELS[name](), device="cpu", prompts={"query": "find the old: "})
    model.eval()
    model.save_pretrained(str(directory))
    return model


def python_vectors(model, name, texts, **prompt):
    # What Python makes of a text in a batch depends on the others where a CNN sees what a Transformer makes of padding.
    return model.encode(texts, batch_size=1 if name == "cnn_on_transformer" else 32, **prompt)


def pairs_for(name):
    return WORD_PAIRS if name in ("cnn", "lstm") else PAIRS


def train(name, model, output, *flags):
    rows = output.parent / "rows.jsonl"
    rows.write_text("".join(json.dumps({"a": a, "b": b, "score": score}) + "\n" for a, b, score in pairs_for(name)))
    run_sbert("train", "--model", model, "--data", rows, "--columns", "a,b,score", "--loss", "CosineSimilarityLoss", "--batch-size",
              "4", "--max-steps", STEPS, "--lr", "1e-3", "--precision", "f32", "--output", output, "--quiet", *flags)
    return output


def known_to_words(name, text):
    # Of a text without words Python makes what it has for padding, or -infinity.
    return name not in ("cnn", "lstm") or words().tokenizer.tokenize(text)


@pytest.mark.parametrize("name", MODELS)
def test_both_ways(name, tmp_path):
    python = make(name, tmp_path / "python")
    texts = [text for text in GOLDEN_TEXTS + [side for pair in pairs_for(name)[:4] for side in pair[:2]] if known_to_words(name, text)]
    for prompt, flags in ({}, ()), ({"prompt_name": "query"}, ("--prompt-name", "query")):
        expected = python_vectors(python, name, texts, **prompt)
        assert np.isfinite(expected).all()
        np.testing.assert_allclose(encode(tmp_path / "python", texts, tmp_path, "--precision", "f32", *flags), expected, atol=1e-5)

    saved = train(name, tmp_path / "python", tmp_path / "trained")
    loaded = SentenceTransformer(str(saved), device="cpu")
    assert [type(module) for module in loaded] == [type(module) for module in python]
    for prompt, flags in ({}, ()), ({"prompt_name": "query"}, ("--prompt-name", "query")):
        vectors = python_vectors(loaded, name, texts, **prompt)
        np.testing.assert_allclose(encode(saved, texts, tmp_path, "--precision", "f32", *flags), vectors, atol=1e-5)
    assert np.abs(vectors - expected).max() > 1e-4, "training changed nothing"
    before, after = dict(python.named_parameters()), dict(loaded.named_parameters())
    for parameter, value in after.items():
        if not parameter.startswith("0.") and name != "weighted_layers_not_kept":
            assert not torch.equal(value, before[parameter]), f"{parameter} was not trained"


@pytest.mark.parametrize("name", ["pooling", "sentence_modules_without_dropout", "token_modules", "weighted_layers", "word_weights", "cnn", "lstm",
                                  "bow", "static_embedding"])
def test_training_follows_python(name, tmp_path):
    python = make(name, tmp_path / "python")
    train(name, tmp_path / "python", tmp_path / "trained", "--no-shuffle", "--log", tmp_path / "log.jsonl", "--warmup-steps", "3")
    ours = [entry for entry in map(json.loads, (tmp_path / "log.jsonl").read_text().splitlines()) if "loss" in entry]
    a, b, scores = zip(*pairs_for(name))
    expected = train_in_order(python, [a, b], scores, "CosineSimilarityLoss", steps=STEPS, batch_size=4, learning_rate=1e-3,
                              warmup_steps=3)
    np.testing.assert_allclose([entry["loss"] for entry in ours], expected["loss"], rtol=1e-3)
    np.testing.assert_allclose([entry["grad_norm"] for entry in ours], expected["gradient_norm"], rtol=1e-2)
