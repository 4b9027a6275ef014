"""Answers as people write them: a negation here and there denies no more than it says."""

from __future__ import annotations

import pytest

from tests.domain.grading.test_negation import denials


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (
            "{held out}~4",
            (
                "I can't see the future and it doesn't matter. Do not reread the training "
                "score: measure on a held out set before every release."
            ),
        ),
        (
            "{hold out}~4",
            (
                "You can't trust the training error, it doesn't show how the model copes with "
                "new rows. Measure the error on data that you hold out."
            ),
        ),
        (
            "fixed seed",
            (
                "The runs can't be compared, because they do not start from the same weights. "
                "Give every run a fixed seed and log it."
            ),
        ),
        (
            "baseline",
            (
                "Do not start with a deep network. Do not tune anything yet. First build a "
                "simple baseline and measure it."
            ),
        ),
        (
            "baseline",
            "Don't trust the score and don't tune yet. Compare with a simple baseline first.",
        ),
        (
            "{data null}~6",
            (
                "A p-value of 0.03 does not mean that the null hypothesis is true with 3 "
                "percent: it says how likely such data are if the null holds."
            ),
        ),
        (
            "{such data}~2",
            (
                "A p-value of 0.03 doesn't mean that the null is true with 3 percent; it is the "
                "chance of such data under the null."
            ),
        ),
        (
            "{such data}~2",
            (
                "A small p-value does not mean that the effect is large. It says that such data "
                "are rare under the null hypothesis."
            ),
        ),
        (
            "{such data}~2",
            (
                "A small p-value does not tell how large the effect is: such data are rare "
                "under the null, nothing more."
            ),
        ),
        (
            "prior",
            (
                "So no: most likely she is healthy, since the prior is tiny and false alarms "
                "outnumber the sick."
            ),
        ),
        ("{likely healthy}~4", "So no: most likely she is healthy."),
        (
            "{99 percent}",
            "The accuracy doesn't tell much here: always answering no gives 99 percent.",
        ),
        (
            "saturat*",
            "It is not that the data are bad, it does not learn because the units saturate.",
        ),
        (
            "{sigmoid saturat*}~4",
            (
                "It is not that the rate is too small, it does not move at all: the sigmoid "
                "units saturate and the gradient vanishes."
            ),
        ),
        (
            "vanish*",
            (
                "It is not that the rate is too small, it does not lack data. The gradient "
                "vanishes on its way to the early layers."
            ),
        ),
        ("new layer", "The old weights are no longer updated and only the new layer is trained."),
        (
            "{only new layer}~4",
            "Freeze the base, so its weights no longer change and only the new layer learns.",
        ),
        ("memoris*", "Nothing stops the network from memorising the training rows."),
        ("memoris*", "There is nothing to stop the network from memorising the rows."),
        ("weighted sum", "Attention is nothing but a weighted sum of the values."),
        ("{level by level}", "Use a queue instead of a stack to visit the nodes level by level."),
        ("interval", "Report the median instead of the mean and give an interval."),
        ("interval", "Report the median rather than the mean and give an interval."),
        ("{mask* word*}", "It learns from raw text without labels by predicting masked words."),
        (
            "{predict* next}",
            "It can train without labels so it predicts the next word from the text itself.",
        ),
        ("cross validation", "Rather than trust one split we run cross validation."),
    ],
)
def test_what_an_honest_answer_stands_by(pattern: str, text: str) -> None:
    found = denials(pattern, text)
    assert found
    assert not any(found)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("dropout", "There is not much to be gained: dropout or decay"),
        ("dropout", "It is not because of dropout"),
        ("dropout", "No, it does not use dropout: decay helps."),
        ("dropout", "Train it without any use of dropout."),
        ("dropout", "Instead of trying to use dropout, stop early."),
        ("dropout", "The network no longer needs dropout."),
        ("dropout", "Nothing is gained by dropout."),
        ("dropout", "It does not mean that dropout helps; it means that we train less."),
        ("dropout", "It is not the case that dropout helps; it slows training."),
        ("dropout", "Do not use dropout and do not stop early."),
        ("early stop*", "We do not use dropout, it does not help: we do not do early stopping."),
    ],
)
def test_what_is_denied_all_the_same(pattern: str, text: str) -> None:
    found = denials(pattern, text)
    assert found
    assert all(found)
