"""Trains the classifier on the example questions: `python -m knowledge.asking.training` writes its weights anew.

Needs scikit-learn (`requirements-train.lock`); the product itself does not.
"""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.asking.features import features
from knowledge.asking.questions import Question, digest_of, read_questions
from knowledge.language import Language

__all__ = ["train"]

_FEWEST_QUESTIONS = 3
"""A feature that fewer questions have is chance."""
_TOPIC_FREEDOM, _LANGUAGE_FREEDOM = 30.0, 10.0
"""Inverse strengths of regularisation, chosen on held-out folds."""
_STEPS = 150
_LARGEST = 127


def train(questions: Sequence[Question]) -> dict[str, NDArray[Any]]:
    """The arrays of a Classifier that learned from `questions`."""
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    counted = [Counter(features(question.text)) for question in questions]
    having = Counter(name for counts in counted for name in counts)
    vocabulary = sorted(name for name, number in having.items() if number >= _FEWEST_QUESTIONS)
    index = {name: place for place, name in enumerate(vocabulary)}
    idf = np.array([np.log((1 + len(counted)) / (1 + having[name])) + 1 for name in vocabulary], dtype=np.float32)
    rows = [[(index[name], number) for name, number in counts.items() if name in index] for counts in counted]
    lengths = [len(row) for row in rows]
    columns = np.array([place for row in rows for place, _ in row])
    values = np.array([1 + np.log(number) for row in rows for _, number in row], dtype=np.float32) * idf[columns]
    matrix = csr_matrix((values, columns, np.concatenate(([0], np.cumsum(lengths)))), (len(rows), len(vocabulary)))
    norms = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    matrix = matrix.multiply((1 / np.maximum(norms, 1e-9))[:, None]).tocsr()
    topics = LogisticRegression(C=_TOPIC_FREEDOM, max_iter=_STEPS).fit(matrix, [item.topic for item in questions])
    languages = LogisticRegression(C=_LANGUAGE_FREEDOM, max_iter=_STEPS).fit(
        matrix, [item.language.value for item in questions]
    )
    weights = np.vstack([topics.coef_, languages.coef_])
    scale = np.abs(weights).max(axis=1) / _LARGEST
    return {
        "vocabulary": np.array("\n".join(vocabulary)),
        "idf": idf.astype(np.float16),
        "weights": np.rint(weights / scale[:, None]).astype(np.int8).T.copy(),
        "scale": scale.astype(np.float32),
        "bias": np.concatenate([topics.intercept_, languages.intercept_]).astype(np.float32),
        "classes": np.array("\n".join(topics.classes_)),
        "languages": np.array("\n".join(languages.classes_)),
        "digest": np.array(digest_of(tuple(questions))),
    }


def main() -> None:
    """Train on all questions and write the weights beside this module."""
    questions = read_questions()
    target = Path(__file__).with_name("model.npz")
    arrays = train(questions)
    fresh = target.with_suffix(".new")
    with fresh.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **arrays)
    fresh.replace(target)
    print(f"{target.name}: {len(questions)} questions, {len(set(Language))} languages, {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
