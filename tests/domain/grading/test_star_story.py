"""How an answer is read as a story: what happened, what might have, and who did it."""

from __future__ import annotations

import pytest

from bot.domain.grading.lexicon import key_of
from bot.domain.grading.star_sentence import Voice, is_past
from bot.domain.grading.star_story import Story, read_story
from bot.domain.grading.text import read


def story(answer: str, question: str = "") -> Story:
    return read_story(answer, frozenset(map(key_of, read(question).words)))


def voices(answer: str, question: str = "") -> list[Voice]:
    read_in = story(answer, question)
    return [
        read_in.voices[read_in.text.sentences.index(sentence)]
        for sentence in sorted(set(read_in.text.sentences))
    ]


def own(answer: str) -> list[str]:
    read_in = story(answer)
    return [read_in.text.words[step.place] for step in read_in.steps if step.own]


def ours(answer: str) -> list[str]:
    read_in = story(answer)
    return [read_in.text.words[step.place] for step in read_in.steps if not step.own]


@pytest.mark.parametrize("word", ["rolled", "wrote", "ran", "agreed", "was", "set"])
def test_pasts_are_known(word: str) -> None:
    assert is_past(word)


@pytest.mark.parametrize("word", ["need", "speed", "hundred", "write", "rolling", "supervised"])
def test_other_words_are_no_pasts(word: str) -> None:
    assert not is_past(word)


@pytest.mark.parametrize(
    ("answer", "voice"),
    [
        ("Last spring I shipped a ranker.", Voice.TOLD),
        ("The complaints stopped after a week.", Voice.TOLD),
        ("Our sales lead told me that a museum would visit us.", Voice.TOLD),
        ("We couldn't release it.", Voice.TOLD),
        ("I would roll back first and write to the team.", Voice.SUPPOSED),
        ("I'd ask them what they need.", Voice.SUPPOSED),
        ("If a model that I had shipped failed, I would roll it back.", Voice.SUPPOSED),
        ("The result would be a more robust system.", Voice.SUPPOSED),
        ("You should be open about mistakes.", Voice.SUPPOSED),
        ("I always communicate openly.", Voice.GENERAL),
        ("I thrive in fast-paced environments and drive cross-functional teams.", Voice.GENERAL),
        ("I set clear boundaries.", Voice.GENERAL),
        ("I bring a results-driven mindset and feel empowered to win.", Voice.GENERAL),
    ],
)
def test_a_sentence_tells_supposes_or_speaks_in_general(answer: str, voice: Voice) -> None:
    assert voices(answer) == [voice]


def test_had_behind_a_short_form_is_no_wish() -> None:
    assert voices("I'd talked to the vendor before.") == [Voice.TOLD]


def test_what_repeats_the_question_or_itself_is_an_echo() -> None:
    question = "Tell me about a model that behaved badly in production."
    answer = "A model behaved badly in production. I fixed the parser. I fixed the parser."
    assert voices(answer, question) == [Voice.ECHO, Voice.TOLD, Voice.ECHO]


@pytest.mark.parametrize(
    ("answer", "steps"),
    [
        ("I rolled the app back to the old model.", ["rolled"]),
        ("Then I carefully compared both log files.", ["compared"]),
        ("I checked the server logs, found the broken field and patched the service.",
         ["checked", "found", "patched"]),
        ("I had written a test for the split beforehand.", ["written"]),
        ("I've built two services for that team.", ["built"]),
        ("On call. Rolled the app back.", []),
        ("I was on call. Rolled the old model back.", ["rolled"]),
        ("I told him about the broken table and he fixed the import job.", ["told"]),
        ("I called two big customers, who warned me about dead pixels.", ["called"]),
        ("I was asked to repair the nightly job.", []),
        ("I did not compare the log files.", []),
        ("I never compared the log files.", []),
        ("I would have compared the log files.", []),
        ("I wanted better data and hoped for good results.", []),
        ("My manager wrote a long report.", []),
    ],
)  # fmt: skip
def test_own_steps_are_pasts_with_the_speaker_as_their_subject(
    answer: str, steps: list[str]
) -> None:
    assert own(answer) == steps


def test_what_the_group_did_is_told_apart() -> None:
    answer = "We labelled five hundred images and I trained a small model."
    assert ours(answer) == ["labelled"]
    assert own(answer) == ["trained"]


def test_a_bare_or_light_verb_weighs_less_than_a_step_with_its_object() -> None:
    full = story("I rewrote the whole feature service.").done(own=True)
    bare = story("I rewrote it.").done(own=True)
    light = story("I handled the whole feature service.").done(own=True)
    assert full > bare > 0
    assert full > light > 0


def test_the_same_verb_counts_twice_at_most() -> None:
    answer = " ".join(f"I checked the {place} sensor logs." for place in ("north", "east", "west"))
    assert own(answer) == ["checked", "checked"]


def test_intentions_are_counted() -> None:
    assert (
        story("I would ask first. Then I would estimate, and I'd write it down.").intentions == 3
    )


def test_an_empty_answer_is_an_empty_story() -> None:
    assert story("") == story("\n")
    assert story("").steps == ()
