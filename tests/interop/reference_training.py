"""Trains with Python's own Trainer, rows in order and every step's numbers kept: what our training must follow."""
import tempfile

from datasets import Dataset
from sentence_transformers import SentenceTransformerTrainer, SentenceTransformerTrainingArguments
from sentence_transformers.base.sampler import DefaultBatchSampler
from sentence_transformers.sentence_transformer import losses


class InOrder(DefaultBatchSampler):
    """Batches in the order of the rows."""

    def __init__(self, dataset, batch_size, drop_last, **kwargs):
        super().__init__(range(len(dataset)), batch_size=batch_size, drop_last=drop_last)
        self.dataset = dataset

    def __iter__(self):
        for start in range(0, len(self.dataset), self.batch_size):
            yield list(range(start, min(start + self.batch_size, len(self.dataset))))

    def __len__(self):
        return -(-len(self.dataset) // self.batch_size)


class RecordingTrainer(SentenceTransformerTrainer):
    """Keeps each step's loss unrounded."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.recorded = []

    def training_step(self, *args, **kwargs):
        value = super().training_step(*args, **kwargs)
        self.recorded.append(value.item())
        return value


def make_loss(name, model):
    return getattr(losses, name)(model)


def train_in_order(model, columns, labels, loss_name, *, steps, batch_size, learning_rate, warmup_steps,
                   weight_decay=0.01, max_grad_norm=1.0, **more):
    """Trains `model` and returns the lists loss, learning_rate and gradient_norm (before clipping), one value a step."""
    table = {f"text{c}": list(column) for c, column in enumerate(columns)}
    if labels is not None:
        table["label"] = list(labels)
    with tempfile.TemporaryDirectory() as scratch:
        trainer = RecordingTrainer(
            model=model, train_dataset=Dataset.from_dict(table), loss=make_loss(loss_name, model),
            args=SentenceTransformerTrainingArguments(
                output_dir=scratch, max_steps=steps, per_device_train_batch_size=batch_size,
                learning_rate=learning_rate, weight_decay=weight_decay, warmup_steps=warmup_steps,
                max_grad_norm=max_grad_norm, lr_scheduler_type="linear", optim="adamw_torch", logging_steps=1,
                save_strategy="no", batch_sampler=InOrder, use_cpu=True, report_to="none", disable_tqdm=True, **more))
        trainer.train()
    logged = [entry for entry in trainer.state.log_history if "loss" in entry]
    return {"loss": trainer.recorded, "learning_rate": [entry["learning_rate"] for entry in logged],
            "gradient_norm": [float(entry["grad_norm"]) for entry in logged]}
