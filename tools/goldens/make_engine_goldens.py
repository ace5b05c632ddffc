#!/usr/bin/env python3
"""Writes tests/goldens/engine/: a tiny random BERT and what Python sentence-transformers computes with it.

Run with a Python that has sentence-transformers 6.2.0 (with its [train] extra):
    python tools/goldens/make_engine_goldens.py tests/goldens/engine
tests/goldens/engine/README.md, which this script writes too, says what is in each file.

Hidden states, embeddings, losses and gradients are computed in double and stored as float, so that they are the true
values and a test measures its own error only. Training steps are those of the Trainer itself, in float.
"""
import json
import pathlib
import shutil
import sys
import tempfile

import numpy as np
import torch
from safetensors.torch import save_file
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer import losses
from sentence_transformers.sentence_transformer.modules import Dense, Normalize, Pooling, Transformer
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tests" / "interop"))
from reference_training import train_in_order  # noqa: E402

HIDDEN, LAYERS, HEADS, INTERMEDIATE, POSITIONS, DENSE = 32, 2, 4, 64, 64, 16

README = """Made by tools/goldens/make_engine_goldens.py with Python sentence-transformers {version}; do not edit.

| file | what |
|---|---|
| model/ | tiny BERT (hidden 32, 2 layers, 4 heads, 64 positions), mean pooling; as Python 6.x saves it |
| model_dense/ | another one, with Dense(32 -> 16, tanh) and Normalize, prompts; in the layout of Python 2.x to 5.x |
| texts.json | `texts`, and for each the token `ids`, truncated as the model does |
| embeddings.safetensors | `model`, `model_dense`: [texts, dimension]; `model_dense.query`: with the prompt of that name |
| hidden_states.safetensors | of `model`: `text<i>.layer<l>` [tokens, 32]; layer 0 is the sum of embeddings after its LayerNorm; i as in `hidden_texts` of texts.json |
| gradients_<case>.json, .safetensors | `columns` and `labels` of one batch through a model (`model` names it): `loss`, `embeddings<c>`, `embeddings_gradient<c>`, and the gradient of every parameter that has one, by its name on disk (`2_Dense/linear.weight` for those outside the first module) |
| training_<case>.json, .safetensors | a training run without dropout or shuffling: settings, the rows (`batch_size` a step, in order, over and over), and of each step `loss`, the `learning_rate` it took (0 at first: the warm-up starts there) and `gradient_norm` (before clipping); the parameters after the last |

Cases: `cosine` is CosineSimilarityLoss, `mnrl` MultipleNegativesRankingLoss with (anchor, positive), `mnrl_hard` the same with two
hard negatives. The parameters without a gradient are those of BERT's pooler, which sentence embeddings do not use; training leaves them as they are,
weight decay or not. Weight decay is for weights of linear layers and embeddings, not for biases and LayerNorm.
"""

WORDS = """the a an of is in on and to with man woman dog cat bird plane guitar piano play ##ing ##s ##ed ##er ##ly run walk eat
red green blue small large old young house river mountain city street water fire earth sky sing dance sleep read book
music song child ##ren people person drive car train ride horse bi ##cycle cook food rice bread fast slow ##ness un
happy sad good bad day night rain snow sun ##ny light dark hot cold""".split()

TEXTS = [
    "A man is playing a guitar.",
    "the woman is reading an old book",
    "",
    "!",
    "Dogs and cats and birds",
    "Unhappiness is a cold, dark night in the mountains",
    "Zürich 東京 \U0001f600 qqq",
    "a",
    "The children are riding horses by the river; the sun is hot.",
    "rice 12345 bread",
    "people cooking food " * 30,
    "  slowly\tdriving \n a small red car  ",
]
HIDDEN_TEXTS = [0, 5]

PAIRS = [
    ("A man is playing a guitar.", "A person plays music", 0.8),
    ("the cat sleeps", "a dog is running", 0.2),
    ("cold rain in the night", "snow and dark sky", 0.6),
    ("a woman is singing a song", "the woman sings", 0.95),
    ("red car", "the large blue mountain river", 0.0),
    ("children walk to the old house", "a child is walking", 0.7),
    ("cooking rice", "eating bread in the city with people", 0.4),
    ("good book", "a happy day", 0.3),
]
TRIPLETS = [
    ("A man is playing a guitar.", "a person plays music", "a dog eats", "the sky is dark"),
    ("the cat sleeps", "a small cat is sleeping", "the cat runs", "a bird sings"),
    ("cold rain", "water from the sky", "hot sun", "a cold person"),
    ("the woman sings", "a woman is singing a song", "the woman dances", "a man sings slowly"),
    ("red car", "a car that is red", "a blue train", "the red book on the street in the old city"),
    ("children walk home", "a child walking to the house", "children sleep", "people drive"),
    ("cook rice", "the person is cooking food", "eat rice", "a fast horse"),
    ("good book", "reading a good old book", "a bad song", "unhappy"),
]
STEPS, LEARNING_RATE, WEIGHT_DECAY, WARMUP_STEPS, MAX_GRAD_NORM, BATCH = 10, 1e-3, 0.01, 3, 1.0, 4


BERT_SPECIAL = {"pad_token": "[PAD]", "unk_token": "[UNK]", "cls_token": "[CLS]", "sep_token": "[SEP]",
                "mask_token": "[MASK]"}


def tiny_tokenizer(special=BERT_SPECIAL, max_length=POSITIONS):
    """`special`: name -> token, in the order of their ids."""
    letters = "abcdefghijklmnopqrstuvwxyz0123456789"
    vocabulary = [*special.values(), *".,;:!?'-", *letters, *("##" + c for c in letters)]
    vocabulary += [word for word in WORDS if word not in vocabulary]
    ids = {token: i for i, token in enumerate(vocabulary)}
    first, last = special["cls_token"], special["sep_token"]
    tokenizer = Tokenizer(models.WordPiece(ids, unk_token=special["unk_token"], max_input_chars_per_word=100))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{first}:0 $A:0 {last}:0", pair=f"{first}:0 $A:0 {last}:0 $B:1 {last}:1",
        special_tokens=[(first, ids[first]), (last, ids[last])])
    tokenizer.decoder = decoders.WordPiece(prefix="##")
    return PreTrainedTokenizerFast(tokenizer_object=tokenizer, model_max_length=max_length, **special)


def tiny_bert(tokenizer, seed):
    torch.manual_seed(seed)
    bert = BertModel(BertConfig(
        vocab_size=len(tokenizer), hidden_size=HIDDEN, num_hidden_layers=LAYERS, num_attention_heads=HEADS,
        intermediate_size=INTERMEDIATE, max_position_embeddings=POSITIONS, type_vocab_size=2,
        hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0, initializer_range=0.15))
    # Biases of 0 and LayerNorm weights of 1 would hide that they are ignored or swapped.
    with torch.no_grad():
        for name, parameter in bert.named_parameters():
            if parameter.dim() == 1:
                parameter.add_(0.1 * torch.randn_like(parameter))
    return bert


def save_models(output, scratch):
    tokenizer = tiny_tokenizer()
    parts = []
    for seed in (1, 2):
        source = scratch / f"bert{seed}"
        tiny_bert(tokenizer, seed).save_pretrained(source)
        tokenizer.save_pretrained(source)
        parts.append(Transformer(str(source), max_seq_length=POSITIONS))
    plain = SentenceTransformer(modules=[parts[0], Pooling(HIDDEN, "mean")], device="cpu")
    torch.manual_seed(3)
    dense = SentenceTransformer(
        modules=[parts[1], Pooling(HIDDEN, "mean"), Dense(HIDDEN, DENSE, activation_function=torch.nn.Tanh()), Normalize()],
        prompts={"query": "read: ", "document": ""}, device="cpu")
    for model, name in ((plain, "model"), (dense, "model_dense")):
        shutil.rmtree(output / name, ignore_errors=True)
        model.save_pretrained(str(output / name), create_model_card=False)
    use_old_layout(output / "model_dense")
    # What is tested is what is on disk.
    return {name: SentenceTransformer(str(output / name), device="cpu") for name in ("model", "model_dense")}


def write_json(path, value):
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def use_old_layout(directory):
    """Rewrites what 6.x saves as the releases 2.x to 5.x did."""
    listed = json.loads((directory / "modules.json").read_text())
    for entry in listed:
        entry["type"] = "sentence_transformers.models." + entry["type"].rsplit(".", 1)[1]
    write_json(directory / "modules.json", listed)
    write_json(directory / "sentence_bert_config.json", {"max_seq_length": POSITIONS, "do_lower_case": False})
    modes = {"cls_token": False, "mean_tokens": True, "max_tokens": False, "mean_sqrt_len_tokens": False,
             "weightedmean_tokens": False, "lasttoken": False}
    write_json(directory / "1_Pooling" / "config.json", {
        "word_embedding_dimension": HIDDEN, **{f"pooling_mode_{name}": on for name, on in modes.items()},
        "include_prompt": True})
    write_json(directory / "2_Dense" / "config.json", {
        "in_features": HIDDEN, "out_features": DENSE, "bias": True,
        "activation_function": "torch.nn.modules.activation.Tanh"})
    (directory / "3_Normalize" / "config.json").unlink(missing_ok=True)
    shutil.rmtree(directory / "3_Normalize")


def save_tensors(path, tensors):
    save_file({name: tensor.detach().to(torch.float32).contiguous() for name, tensor in tensors.items()}, str(path))


def write_encodings(output, loaded):
    transformer = loaded["model"][0].auto_model
    encoded = [loaded["model"].preprocess([text])["input_ids"][0].tolist() for text in TEXTS]
    write_json(output / "texts.json", {"texts": TEXTS, "ids": encoded, "hidden_texts": HIDDEN_TEXTS})
    states = {}
    for index in HIDDEN_TEXTS:
        with torch.no_grad():
            layers = transformer(torch.tensor([encoded[index]]), output_hidden_states=True).hidden_states
        states.update({f"text{index}.layer{layer}": state[0] for layer, state in enumerate(layers)})
    save_tensors(output / "hidden_states.safetensors", states)
    embeddings = {name: model.encode(TEXTS, convert_to_tensor=True) for name, model in loaded.items()}
    embeddings["model_dense.query"] = loaded["model_dense"].encode(TEXTS, prompt_name="query", convert_to_tensor=True)
    save_tensors(output / "embeddings.safetensors", embeddings)


def loss_of(case, model):
    return losses.CosineSimilarityLoss(model) if case == "cosine" else losses.MultipleNegativesRankingLoss(model)


def loss_on_embeddings(loss, columns, labels):
    """The arithmetic of a loss alone: its forward with the embedding of texts taken out."""
    if isinstance(loss, losses.CosineSimilarityLoss):
        similarity = loss.cos_score_transformation(torch.cosine_similarity(columns[0], columns[1]))
        return loss.loss_fct(similarity, labels.view(-1))
    return loss.compute_loss_from_embeddings(columns, labels)


def names_on_disk(model):
    """Parameter -> its tensor name, behind the module's folder unless it is the first module."""
    names = {}
    for name, parameter in model.named_parameters():
        index, inner = name.split(".", 1)
        if index == "0":
            names[inner.split("model.", 1)[1]] = parameter
        else:
            names[f"{index}_{type(model[int(index)]).__name__}/{inner}"] = parameter
    return names


CASES = {"cosine": ("model", [row[:2] for row in PAIRS], [row[2] for row in PAIRS]),
         "mnrl": ("model", [row[:2] for row in TRIPLETS], None),
         "mnrl_hard": ("model_dense", TRIPLETS, None)}


def write_gradients(output, loaded):
    for case, (model_name, rows, labels) in CASES.items():
        model = loaded[model_name]
        model.zero_grad(set_to_none=True)
        columns = [list(column) for column in zip(*rows)]
        embeddings = [model(model.preprocess(column))["sentence_embedding"] for column in columns]
        for embedding in embeddings:
            embedding.retain_grad()
        targets = None if labels is None else torch.tensor(labels, dtype=torch.float64)
        value = loss_on_embeddings(loss_of(case, model), embeddings, targets)
        value.backward()
        tensors = {}
        for c, embedding in enumerate(embeddings):
            tensors[f"embeddings{c}"] = embedding
            tensors[f"embeddings_gradient{c}"] = embedding.grad
        tensors.update({name: p.grad for name, p in names_on_disk(model).items() if p.grad is not None})
        check_whole_loss(case, model, columns, targets, value)
        write_json(output / f"gradients_{case}.json",
                   {"model": model_name, "loss_name": type(loss_of(case, model)).__name__, "columns": columns,
                    "labels": labels, "loss": value.item()})
        save_tensors(output / f"gradients_{case}.safetensors", tensors)


def check_whole_loss(case, model, columns, labels, value):
    """The loss as a user calls it must give what we took apart."""
    whole = loss_of(case, model)([model.preprocess(column) for column in columns], labels)
    assert torch.allclose(whole, value, rtol=1e-12), (case, whole, value)


def write_training(output):
    settings = {"batch_size": BATCH, "steps": STEPS, "learning_rate": LEARNING_RATE, "weight_decay": WEIGHT_DECAY,
                "warmup_steps": WARMUP_STEPS, "max_grad_norm": MAX_GRAD_NORM}
    for case, (model_name, rows, labels) in CASES.items():
        model = SentenceTransformer(str(output / model_name), device="cpu")
        columns = [list(column) for column in zip(*rows)]
        loss_name = type(loss_of(case, model)).__name__
        steps = train_in_order(model, columns, labels, loss_name, **settings)
        write_json(output / f"training_{case}.json", {
            "model": model_name, "loss_name": loss_name, "batch_size": BATCH, "steps": STEPS,
            "peak_learning_rate": LEARNING_RATE, "weight_decay": WEIGHT_DECAY, "warmup_steps": WARMUP_STEPS,
            "schedule": "linear", "max_grad_norm": MAX_GRAD_NORM, "columns": columns, "labels": labels, **steps})
        save_tensors(output / f"training_{case}.safetensors", names_on_disk(model))


def main():
    import sentence_transformers

    output = pathlib.Path(sys.argv[1])
    output.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    np.random.seed(0)
    with tempfile.TemporaryDirectory() as scratch:
        loaded = save_models(output, pathlib.Path(scratch))
        write_training(output)
        for model in loaded.values():
            model.double().eval()
        write_encodings(output, loaded)
        write_gradients(output, loaded)
    (output / "README.md").write_text(README.format(version=sentence_transformers.__version__))


if __name__ == "__main__":
    main()
