"""The trainings that training_runs.py compares: data in the four shapes, a loss for each, and what is measured after.

Rows are selected with a fixed seed from the data sets themselves; texts of the evaluations are never among them.
"""
import dataclasses
import json
import random


@dataclasses.dataclass(frozen=True)
class Task:
    name: str
    title: str
    loss: str
    columns: list            # text columns, then the label's where there is one
    evaluation: str          # a kind of `sbert eval`: sts, ir, triplet
    evaluation_columns: list
    metric: str
    parameters: dict = dataclasses.field(default_factory=dict)  # of the loss, by sentence-transformers' names
    batch_size: int = 16
    batches: str = "any"     # or no-duplicates, group-by-label
    epochs: int = 1
    learning_rate: float = 2e-5
    warmup_ratio: float = 0.1


STS = {"columns": ["sentence1", "sentence2", "score"], "evaluation": "sts",
       "evaluation_columns": ["sentence1", "sentence2", "score"], "metric": "spearman_cosine"}

TASKS = [
    Task("sts-cosine", "STSbenchmark, pair + score", "CosineSimilarityLoss", **STS),
    Task("sts-cosent", "STSbenchmark, pair + score", "CoSENTLoss", **STS),
    Task("compression", "sentence-compression, positive pair", "MultipleNegativesRankingLoss", ["sentence", "compression"],
         "ir", ["sentence", "compression"], "cosine_mrr@10", batch_size=64, batches="no-duplicates"),
    Task("trec", "TREC, text + class", "BatchAllTripletLoss", ["text", "label"], "triplet",
         ["anchor", "positive", "negative"], "cosine_accuracy", parameters={"margin": 0.5}, batch_size=32,
         batches="group-by-label"),
    Task("qqp", "QQP triplets, triplet", "TripletLoss", ["anchor", "positive", "negative"], "triplet",
         ["anchor", "positive", "negative"], "cosine_accuracy", parameters={"triplet_margin": 0.5}),
    Task("snli", "SNLI, pair + class", "SoftmaxLoss", ["sentence1", "sentence2", "label"], "sts",
         ["sentence1", "sentence2", "score"], "spearman_cosine"),
]


def sts(folder, split):
    lines = (folder / "stsbenchmark" / f"sts-{split}.csv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines]
    return [{"sentence1": row[5], "sentence2": row[6], "score": float(row[4]) / 5} for row in rows]


def compression(folder, rng):
    names = ["sentence_en.txt", "compression_en.txt"]
    columns = [(folder / "sentence-compression" / name).read_text(encoding="utf-8").splitlines() for name in names]
    rows = [{"sentence": sentence, "compression": short} for sentence, short in dict(zip(*columns)).items()]
    rng.shuffle(rows)
    return rows[:2500], rows[-1000:]


def trec(folder, rng):
    def read(name):
        lines = (folder / "trec" / name).read_text(encoding="latin-1").splitlines()
        return [(text, label.split(":")[0]) for label, text in (line.split(" ", 1) for line in lines)]

    classes = sorted({label for _, label in read("train_5500.label")})
    rows = [{"text": text, "label": classes.index(label)} for text, label in read("train_5500.label")]
    rng.shuffle(rows)
    test = read("TREC_10.label")
    triplets = []
    for text, label in test * 2:
        same = [other for other, of in test if of == label and other != text]
        different = [other for other, of in test if of != label]
        triplets.append({"anchor": text, "positive": rng.choice(same), "negative": rng.choice(different)})
    return rows[:5000], triplets


def qqp(folder, rng):
    lines = (folder / "qqp" / "qqp_triplets.jsonl").read_text(encoding="utf-8").splitlines()
    sets = [json.loads(line)["set"] for line in lines]
    rows = [{"anchor": s["query"], "positive": s["pos"][0], "negative": s["neg"][0]} for s in sets if s["pos"] and s["neg"]]
    rng.shuffle(rows)
    train = rows[:4000]
    seen = {text for row in train for text in row.values()}
    return train, [row for row in rows[4000:] if seen.isdisjoint(row.values())][:1500]


def snli(folder, rng):
    files = [(folder / "snli" / f"{name}.dev").read_text(encoding="utf-8").splitlines() for name in ("s1", "s2", "labels")]
    classes = ["contradiction", "entailment", "neutral"]
    rows = [{"sentence1": a, "sentence2": b, "label": classes.index(label)} for a, b, label in zip(*files) if label in classes]
    rng.shuffle(rows)
    return rows[:5000]


def make_data(folder, work):
    """Writes work/NAME.train.jsonl and work/NAME.dev.jsonl of every task."""
    rng = random.Random(7)
    scored = sts(folder, "train")
    rng.shuffle(scored)
    scored, dev = scored[:5000], sts(folder, "dev")
    made = {"sts-cosine": (scored, dev), "sts-cosent": (scored, dev), "compression": compression(folder, rng),
            "trec": trec(folder, rng), "qqp": qqp(folder, rng), "snli": (snli(folder, rng), dev)}
    for name, parts in made.items():
        for part, rows in zip(("train", "dev"), parts):
            (work / f"{name}.{part}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
