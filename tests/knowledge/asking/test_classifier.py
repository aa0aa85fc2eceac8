"""The arithmetic of the classifier, on weights small enough to check by hand."""

import io
from pathlib import Path

import numpy as np
import pytest

from knowledge.asking.classifier import Classifier, weighted
from knowledge.language import Language

WORDS = ("=visa", "=fe", "=helo")  # doubled letters are written once


def small() -> Classifier:
    """Two topics and two languages: "fee" speaks for money, "hello" for talk.hello and English."""
    return Classifier(
        {
            "vocabulary": np.array("\n".join(WORDS)),
            "idf": np.array([1, 1, 1], dtype=np.float16),
            "weights": np.array([[10, 0, 5, 5], [100, 0, 5, 5], [0, 100, 0, 100]], dtype=np.int8),
            "scale": np.array([0.1, 0.1, 0.1, 0.1], dtype=np.float32),
            "bias": np.array([0, 0, 1, 0], dtype=np.float32),
            "classes": np.array("money\ntalk.hello"),
            "languages": np.array("kk\nen"),
            "digest": np.array("abc"),
        }
    )


def test_the_likeliest_topic_comes_first() -> None:
    assert small().guess("fee").topics[0][0] == "money"
    assert small().guess("hello").topics[0][0] == "talk.hello"


def test_chances_add_up() -> None:
    assert sum(chance for _, chance in small().guess("visa fee hello").topics) == pytest.approx(1)


def test_the_chance_is_that_of_the_softmax() -> None:
    chances = dict(small().guess("fee").topics)
    assert chances["money"] == pytest.approx(1 / (1 + np.exp(-10)), abs=1e-6)


def test_the_language_has_weights_of_its_own() -> None:
    assert small().guess("visa").language is Language.KK
    assert small().guess("hello").language is Language.EN


def test_what_was_never_seen_is_not_known() -> None:
    guess = small().guess("签证")
    assert (guess.topics, guess.known) == ((), 0.0)


def test_known_is_the_share_of_the_features() -> None:
    assert 0 < small().guess("fee").known < 0.5


def test_a_message_has_length_one() -> None:
    values = weighted([1, 2, 3], np.array([1, 2, 3], dtype=np.float32))
    assert float(np.linalg.norm(values)) == pytest.approx(1)


def test_only_the_start_of_a_long_text_is_read() -> None:
    assert small().guess("hello " * 400 + "fee " * 9999).topics[0][0] == "talk.hello"


def test_arrays_come_from_a_file(tmp_path: Path) -> None:
    written = io.BytesIO()
    np.savez_compressed(written, vocabulary=np.array("=a"), idf=np.ones(1), weights=np.ones((1, 2), dtype=np.int8),
                        scale=np.ones(2), bias=np.zeros(2), classes=np.array("money"), languages=np.array("kk"),
                        digest=np.array("d"))  # fmt: skip
    (tmp_path / "model.npz").write_bytes(written.getvalue())
    assert Classifier.read(tmp_path / "model.npz").digest == "d"
