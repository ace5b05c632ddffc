"""A text's embedding is the same to the last bit whatever it is encoded with, and whatever the thread count."""
import pytest
from conftest import encode


@pytest.mark.parametrize("precision", ["f32", "bf16"])
def test_alone_in_company_and_in_threads(real_model, real_texts, tmp_path, precision):
    def vectors(texts, threads):
        return encode(real_model, texts, tmp_path, "--precision", precision, threads=threads)

    together = vectors(real_texts, threads=2)
    assert together.tobytes() == vectors(real_texts, threads=1).tobytes()
    assert together[::-1].tobytes() == vectors(real_texts[::-1], threads=2).tobytes()
    for start in (0, 1, 2, 3, 5, 17, 40, len(real_texts) - 1):
        alone = vectors(real_texts[start:start + 1], threads=1 + start % 2)
        assert alone.tobytes() == together[start:start + 1].tobytes(), real_texts[start]
    for size in (7, 33, 300):
        part = vectors(real_texts[11:11 + size], threads=2)
        assert part.tobytes() == together[11:11 + size].tobytes(), size
