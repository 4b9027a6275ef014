"""Answers in another language than their question."""

from __future__ import annotations

import pytest

from bot.domain.grading.language import in_other_language
from bot.domain.grading.text import read


def is_foreign(answer: str, expected: str = "en") -> bool:
    return in_other_language(answer, read(answer), expected)


@pytest.mark.parametrize(
    "answer",
    [
        "Man kann das mit Dropout verhindern, weil die Einheiten dann nicht gemeinsam lernen.",
        "On arrête l'entraînement quand la perte de validation ne baisse plus.",
        "Se detiene el entrenamiento cuando el error de validación ya no baja.",
        "Si ferma quando la perdita non diminuisce più nella validazione.",
        "Para o treino quando a perda de validação não diminui mais.",
        "Je stopt met trainen als de fout op de validatie niet meer daalt.",
        "Uczenie kończy się, gdy błąd nie maleje, bo sieć jest za duża.",
        "Обучение прекращают, когда ошибка растёт.",
        "検証誤差が増えたら学習を止める。",
        "توقف التدريب عندما يزداد الخطأ",
        "Η εκπαίδευση σταματά όταν το σφάλμα αυξάνεται",
    ],
)
def test_another_language_is_noticed(answer: str) -> None:
    assert is_foreign(answer)


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "dropout",
        "Dropout, weight decay",
        "One stops training when the validation loss rises.",
        "The naïve estimator à la Poincaré: λ → ∞, σ² = α·β",
        "We use an LSTM, a GRU or a CNN on MNIST.",
        "O(n log n), die roll, a la carte",
        "λ α β γ σ",
        "w = w + e x, o = w x, y = o z, i < n",
        "sin x, sin y, sin z; var x; del x",
        "La La Land, de facto, per se",
    ],
)
def test_english_names_and_formulas_are_not_foreign(answer: str) -> None:
    assert not is_foreign(answer)


def test_a_german_item_expects_german() -> None:
    answer = "Man hält an, wenn der Fehler auf den Validierungsdaten nicht mehr sinkt."
    assert not is_foreign(answer, "de")
