"""One cache for both: what we download Python finds without a network, and the other way round."""
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


def ours(hub, tmp_path, **variables):
    (tmp_path / "texts.txt").write_text("".join(text + "\n" for text in TEXTS))
    lines = hub.sbert("encode", "--model", "acme/tiny", "--input", tmp_path / "texts.txt", "--precision", "f32",
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
