"""A rubric for the tests of grading, and sentences that show each of its concepts."""

from __future__ import annotations

from bot.domain.grading.concepts import ConceptGrader, compile_rubric
from bot.domain.grading.rubrics import Concept, ConceptRubric, Misconception

QUESTION = "What can be done against overfitting when a network is trained?"

OVERFITTING = ConceptRubric(
    need=2.0,
    max_words=60,
    concepts=(
        Concept(
            id="early_stop",
            label="early stopping on a validation set",
            any=("early stop*", "{stop train* validation}~8"),
            hint="When do you stop training?",
        ),
        Concept(id="dropout", label="dropout", any=("dropout", "{drop* unit*|neuron*}~6")),
        Concept(
            id="decay",
            label="small weights",
            any=("weight decay", "l1|l2", "{penali*|punish* large weight*}~6"),
            hint="How do you keep the weights small?",
        ),
        Concept(
            id="data",
            label="more varied data",
            weight=0.5,
            any=("augment*", "{more|additional data|example*}~4"),
        ),
    ),
    misconceptions=(
        Misconception(
            label="more epochs cure overfitting",
            any=("{more|longer epoch*|train*}~4",),
            penalty=0.5,
            say="Training longer usually makes overfitting worse.",
        ),
    ),
)

SENTENCES = {
    "early stopping on a validation set": "We use early stopping with a validation set.",
    "dropout": "Dropout makes the units independent of each other.",
    "small weights": "It helps to punish large weights in the loss.",
    "more varied data": "We can augment the images.",
}
"""By label, a sentence that shows that concept and no other."""


def grader(question: str = QUESTION) -> ConceptGrader:
    """The rubric made ready."""
    return compile_rubric(OVERFITTING, question)
