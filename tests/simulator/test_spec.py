"""The description of the Bot API and the checks compiled from it."""

from __future__ import annotations

import pytest

from bot.simulator import ApiError, spec
from bot.simulator.methods import METHODS
from bot.simulator.values import MismatchError, Upload

SPEC = spec.load()
MINIMAL = {"message_id": 1, "date": 0, "chat": {"id": 1, "type": "private"}}


def test_every_simulated_method_exists() -> None:
    assert [SPEC.method(name).name for name in METHODS] == [*METHODS]


def test_forms_carry_numbers_flags_and_objects_as_text() -> None:
    given = SPEC.method("sendmessage").checked(
        {
            "chat_id": "-100",
            "text": "5",
            "protect_content": "true",
            "message_thread_id": "7",
            "caption_entities": "",
            "reply_parameters": '{"message_id": 5}',
        }
        | {"caption_entities": ""}
    )
    assert given == {
        "chat_id": -100,
        "text": "5",
        "protect_content": True,
        "message_thread_id": 7,
        "reply_parameters": {"message_id": 5},
    }


def test_fractions_are_read_or_refused() -> None:
    place = {"chat_id": "1", "latitude": "1.5", "longitude": "-2"}
    given = SPEC.method("sendLocation").checked(place)
    assert (given["latitude"], given["longitude"]) == (1.5, -2.0)
    with pytest.raises(ApiError, match="must be of type Float"):
        SPEC.method("sendLocation").checked(place | {"latitude": "north"})


def test_a_chat_may_be_named() -> None:
    given = SPEC.method("sendMessage").checked({"chat_id": "@team", "text": "x"})
    assert given["chat_id"] == "@team"


def test_a_file_is_an_upload_or_an_id() -> None:
    upload = Upload("x", "text/plain", b"x")
    for document in (upload, "BQAC"):
        given = SPEC.method("sendDocument").checked({"chat_id": "1", "document": document})
        assert given["document"] == document
    with pytest.raises(ApiError, match='"text" must be of type String'):
        SPEC.method("sendMessage").checked({"chat_id": "1", "text": upload})


@pytest.mark.parametrize(
    ("raw", "complaint"),
    [
        ({"question": "?"}, 'parameter "options" is required'),
        ({"options": "[]"}, 'parameter "question" is required'),
        ({"question": "?", "options": "{}"}, 'field "options" must be of type Array'),
        ({"question": "?", "options": "["}, "can't parse options JSON object"),
        ({"question": "?", "options": '["a"]'}, 'field "options" must be of type Object'),
        ({"question": "?", "options": "[]", "open_period": "5.5"}, "must be of type Integer"),
        ({"question": "?", "options": "[]", "is_anonymous": "2"}, "must be of type Boolean"),
        (
            {"question": "?", "options": "[]", "correct_option_ids": "[true]"},
            'field "correct_option_ids" must be of type Integer',
        ),
        ({"question": "?", "options": "[]", "media": '{"type": "x"}'}, "unsupported type"),
        ({"question": "?", "options": "[]", "media": "{}"}, 'can\'t find field "type"'),
        ({"question": "?", "options": "[]", "media": "5"}, "object expected as media"),
        (
            {"question": "?", "options": "[]", "media": '{"type": "photo", "media": 5}'},
            'field "media" must be of type String',
        ),
    ],
)
def test_wrong_types_are_named(raw: dict[str, object], complaint: str) -> None:
    with pytest.raises(ApiError, match=complaint):
        SPEC.method("sendPoll").checked({"chat_id": "1"} | raw)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("Message", MINIMAL),
        ("Message", MINIMAL | {"reply_to_message": MINIMAL}),
        ("MaybeInaccessibleMessage", MINIMAL),
        ("Array of Update", [{"update_id": 1, "message": MINIMAL}]),
        ("ChatMember", {"status": "left", "user": {"id": 1, "is_bot": False, "first_name": "A"}}),
    ],
)
def test_answers_of_the_right_shape_pass(kind: str, value: object) -> None:
    assert SPEC.check(kind, value) == value


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("Message", MINIMAL | {"text": 5}),
        ("Message", MINIMAL | {"novelty": 5}),
        ("Message", {"message_id": 1}),
        ("Message", MINIMAL | {"reply_to_message": {"message_id": 1}}),
        ("Array of Update", [{"message": MINIMAL}]),
        ("ChatMember", {"status": "lurking"}),
    ],
)
def test_answers_of_another_shape_do_not(kind: str, value: object) -> None:
    with pytest.raises(MismatchError):
        SPEC.check(kind, value)
