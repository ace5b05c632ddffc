"""One cache, one login and one Hub for both: what one puts there the other finds."""
import json

import numpy as np
import pytest
from conftest import GOLDENS
from hub_server import running_hub

TEXTS = ["the cat sleeps", "cold rain in the night"]
NOBODY = {"HF_ENDPOINT": "http://127.0.0.1:9"}
PYTHON_ENCODE = f"""
from sentence_transformers import SentenceTransformer
print(SentenceTransformer("acme/tiny", device="cpu").encode({TEXTS!r}).tolist())
"""


@pytest.fixture
def hub(tmp_path):
    with running_hub(tmp_path / "hf", "--repo", f"model:acme/tiny={GOLDENS / 'model_dense'}") as hub:
        yield hub


def ours(hub, tmp_path, model="acme/tiny", **variables):
    (tmp_path / "texts.txt").write_text("".join(text + "\n" for text in TEXTS))
    lines = hub.sbert("encode", "--model", model, "--input", tmp_path / "texts.txt", "--precision", "f32",
                      "--quiet", **variables)
    return np.array([json.loads(line)["embedding"] for line in lines.splitlines()])


def test_python_reads_what_we_downloaded(hub, tmp_path):
    directory = hub.sbert("pull", "acme/tiny", "--quiet").strip()
    python = np.array(json.loads(hub.python(PYTHON_ENCODE, HF_HUB_OFFLINE="1")))
    assert np.abs(python - ours(hub, tmp_path, **NOBODY)).max() <= 1e-5
    # Also as a whole: huggingface_hub checks the snapshot against the listing.
    code = "from huggingface_hub import snapshot_download; print(snapshot_download('acme/tiny'))"
    assert hub.python(code, HF_HUB_OFFLINE="1").strip() == directory


@pytest.mark.parametrize("code", [PYTHON_ENCODE, "import huggingface_hub; huggingface_hub.snapshot_download('acme/tiny')"],
                         ids=["file by file", "snapshot"])
def test_we_read_what_python_downloaded(hub, tmp_path, code):
    hub.python(code)
    hub.control("reset", {})
    offline = ours(hub, tmp_path, **NOBODY)
    assert hub.control("log")["requests"] == []
    python = np.array(json.loads(hub.python(PYTHON_ENCODE, HF_HUB_OFFLINE="1")))
    assert np.abs(python - offline).max() <= 1e-5


def test_each_goes_on_with_what_the_other_has(hub):
    hub.python("import huggingface_hub; huggingface_hub.hf_hub_download('acme/tiny', 'model.safetensors')")
    hub.control("reset", {})
    hub.sbert("pull", "acme/tiny", "--quiet")
    asked = [request["target"] for request in hub.control("log")["requests"]]
    assert any("modules.json" in target for target in asked)
    fetched = [target for target in asked if "xet-bridge" in target]
    assert len(fetched) == 1, f"of the two large files one was there already: {fetched}"
    hub.control("reset", {})
    hub.python("import huggingface_hub; huggingface_hub.snapshot_download('acme/tiny')")
    asked = [request["target"] for request in hub.control("log")["requests"]]
    assert not any("resolve" in target for target in asked), asked


def test_a_trained_model_goes_to_the_hub_and_opens_in_python(hub, tmp_path):
    rows = tmp_path / "rows.jsonl"
    rows.write_text("".join(json.dumps({"a": a, "b": b, "score": s}) + "\n" for a, b, s in
                            [(TEXTS[0], TEXTS[1], 0.1), ("red car", "the car is red", 0.9), ("snow", "cold rain", 0.6)]))
    hub.sbert("train", "--model", "acme/tiny", "--data", rows, "--loss", "CosineSimilarityLoss", "--max-steps", "2",
              "--batch-size", "2", "--lr", "1e-3", "--output", tmp_path / "trained", "--quiet")
    hub.sbert("login", "--token", "hf_alice_write")
    url = hub.sbert("push", tmp_path / "trained", "trained", "--train-datasets", "acme/rows", "--quiet").strip()
    assert url.startswith(f"{hub.endpoint}/alice/trained/commit/")

    code = f"""
import huggingface_hub, json
from sentence_transformers import SentenceTransformer
vectors = SentenceTransformer("alice/trained", device="cpu").encode({TEXTS!r}).tolist()
card = huggingface_hub.ModelCard.load("alice/trained")
print(json.dumps([vectors, card.data.to_dict(), card.text]))
"""
    vectors, data, text = json.loads(hub.python(code))
    trained = ours(hub, tmp_path, "alice/trained")
    assert np.abs(np.array(vectors) - trained).max() <= 1e-5
    assert np.abs(trained - ours(hub, tmp_path, "acme/tiny")).max() > 1e-4, "it was trained"
    assert data["datasets"] == ["acme/rows"]
    # Python pushes it back in its own layout, and we open that.
    before = hub.sbert("pull", "alice/trained", "--quiet")
    hub.python("from sentence_transformers import SentenceTransformer\n"
               "SentenceTransformer('alice/trained', device='cpu').push_to_hub('alice/trained', exist_ok=True)")
    assert hub.sbert("pull", "alice/trained", "--quiet") != before
    assert np.abs(trained - ours(hub, tmp_path, "alice/trained")).max() <= 1e-5


def test_one_login_for_both(hub):
    hub.sbert("login", "--token", "hf_alice_write")
    assert hub.python("from huggingface_hub import *; print(get_token(), whoami()['name'])") == "hf_alice_write alice\n"
    hub.python("import huggingface_hub; huggingface_hub.login('hf_bob_write')")
    assert hub.sbert("whoami").startswith("bob\n")
    hub.sbert("logout")
    assert hub.python("import huggingface_hub; print(huggingface_hub.get_token())") == "None\n"
