"""Formulas are read as they are meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.tex import reading


@pytest.mark.parametrize(
    ("formula", "read"),
    [
        (r"x^2 + y_i", "x² + yᵢ"),
        (r"e^{-x}", "e⁻ˣ"),
        (r"x^{2k\pi}", "x^(2kπ)"),
        (r"\beta_\theta", "β_θ"),
        (r"\frac{a+b}{c+d}", "(a + b)/(c + d)"),
        (r"\frac{1}{2n}", "1/(2n)"),
        (r"\tfrac12", "½"),
        (r"\frac12 x^\top P x", "½xᵀPx"),
        (r"\frac{1}{n}\sum_i x_i", "(1/n)·Σᵢxᵢ"),
        (r"\frac{a}{b} + c", "a/b + c"),
        (r"\frac{q}{\sqrt{64}}", "q/√64"),
        (r"e^{f(x)}", "e^(f(x))"),
        (r"L = -y", "L = −y"),
        (r"f(x,y)", "f(x, y)"),
        (r"1{,}000", "1,000"),
        (r"\frac{\partial f}{\partial x_i}", "∂f/∂xᵢ"),
        (r"\frac{P(B\mid A)P(A)}{P(B)}", "P(B | A)P(A)/P(B)"),
        (r"\sqrt{x}", "√x"),
        (r"\sqrt{a^2+b^2}", "√(a² + b²)"),
        (r"\sqrt[3]{8}", "³√8"),
        (r"-\sum_{i=1}^{n} p_i \log_2 p_i", "−Σᵢ₌₁ⁿpᵢ log₂ pᵢ"),
        (r"\int_0^1 f(x)\,dx", "∫₀¹f(x) dx"),
        (r"A=\begin{pmatrix} 2 & -1 \\ 1 & 3 \end{pmatrix}", "A = [[2, −1], [1, 3]]"),
        (r"\begin{vmatrix}a&b\\c&d\end{vmatrix}", "det [[a, b], [c, d]]"),
        (
            r"f(x)=\begin{cases} x^2 & x<0 \\ 1 & \text{otherwise}\end{cases}",
            "f(x) = x² for x < 0; 1 otherwise",
        ),
        (r"\begin{aligned} a &= 1 \\ b &= 2 \end{aligned}", "a = 1; b = 2"),
        (r"\hat{\beta}", "β̂"),
        (r"\bar{x}_n", "x̄ₙ"),
        (r"\hat{xy}", "hat(xy)"),
        (r"x^\top A\,x", "xᵀA x"),
        (r"\|x\|_2^2", "‖x‖₂²"),
        (r"\left( \frac{1}{2} \right)^n", "(½)ⁿ"),
        (r"\left. x \right|_0", "x|₀"),
        (r"\binom{n}{k}", "C(n, k)"),
        (r"\mathbb{E}[X \mid Y]", "E[X | Y]"),
        (r"x \in \mathbb{R}^n", "x ∈ ℝⁿ"),
        (r"\operatorname{tr}(A)", "tr (A)"),
        (r"\text{recall} = 0.9", "recall = 0.9"),
        (r"\arg\min_x f(x)", "arg min_x f(x)".replace("min_x", "minₓ")),
        (r"f'(x)", "f′(x)"),
        (r"95\,\%", "95 %"),
        (r"\nabla f", "∇f"),
        (r"a}b", "ab"),
        (r"\frac{a", "a/()"),
        ("", ""),
    ],
)
def test_what_formulas_say(formula: str, read: str) -> None:
    assert reading(formula) == read


@given(st.text(alphabet="\\{}^_&ab12 frcsqtbegin[]|", max_size=60))
def test_no_text_makes_the_reader_fail(formula: str) -> None:
    assert isinstance(reading(formula), str)
