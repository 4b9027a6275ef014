"""Configuration: every fault in one message, and never a secret in it."""

from __future__ import annotations

import stat
from datetime import time
from pathlib import Path

import pytest

from bot.config import ConfigError, find_token, load_config, open_to_others

TOKEN = "123456789:AAHs-4fWq_0123456789abcdefghijklmno"
EXAMPLE = Path(__file__).parent.parent / "config.example.toml"


def written(folder: Path, text: str) -> Path:
    path = folder / "config.toml"
    path.write_text(text, "utf-8")
    return path


def faults_of(path: Path | None = None, **environment: str) -> str:
    with pytest.raises(ConfigError) as caught:
        load_config(path, environment)
    return str(caught.value)


def test_the_example_is_the_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_config(EXAMPLE, {}) == load_config(None, {})


def test_the_example_holds_no_secret() -> None:
    config = load_config(EXAMPLE, {})
    assert not config.telegram.token.get_secret_value()
    assert not config.telegram.webhook.secret.get_secret_value()


def test_the_environment_wins(tmp_path: Path) -> None:
    path = written(tmp_path, '[practice]\nset_size = 5\n[streaks]\nday_starts_at = "03:00"\n')
    config = load_config(
        path, {"BOT_PRACTICE__SET_SIZE": "20", "BOT_ADMIN__USER_IDS": "1, 2", "PATH": "/bin"}
    )
    assert config.practice.set_size == 20
    assert config.admin.user_ids == (1, 2)
    assert config.streaks.day_starts_at == time(3)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        """
[telegram]
tokn = "x"
mode = "pigeon"
[practice]
set_size = 7
timezone = "Europe/Berln"
[streaks]
day_starts_at = "25:00"
[nonsense]
a = 1
""",
    )
    text = faults_of(path, BOT_STORAGE__URL="mysql://x")
    for part in (
        "telegram.tokn: unknown key; did you mean token?",
        "telegram.mode: found 'pigeon'; input should be 'polling' or 'webhook'",
        "practice.set_size: found 7",
        'did you mean "Europe/Berlin"?',
        "streaks.day_starts_at: found '25:00'",
        "nonsense: unknown key; allowed here: admin, ",
        "storage.url: found 'mysql://x'",
    ):
        assert part in text


@pytest.mark.parametrize(
    ("toml", "complaint"),
    [
        ("[telegram", "not TOML"),
        ("telegram = 3", "telegram: found 3"),
        ('[telegram]\nmode = "webhook"', 'mode = "webhook" needs telegram.webhook.url'),
        ('[telegram.webhook]\nurl = "http://example.org/x"', "starts with https://"),
        ('[http]\nlisten = "8080"', "an address and port"),
        ('[telegram]\nbase_url = "api.telegram.org"', "starts with https://"),
    ],
)
def test_faults(tmp_path: Path, toml: str, complaint: str) -> None:
    assert complaint in faults_of(written(tmp_path, toml))


def test_a_missing_file_that_was_named(tmp_path: Path) -> None:
    assert "cannot be read" in faults_of(tmp_path / "nowhere.toml")


def test_secrets_are_not_echoed(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        '[telegram]\ntoken = ["hush"]\n[telegram.webhook]\nsecret = "hush hush"\n'
        '[storage]\nurl = "mysql://ann:hush@host/db"\n',
    )
    text = faults_of(path)
    assert "hush" not in text
    assert "telegram.token: found a list" in text


def test_the_token_from_the_environment_is_stripped() -> None:
    assert find_token(load_config(None, {"BOT_TELEGRAM__TOKEN": f" {TOKEN}\n"})) == TOKEN


def test_the_token_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "token").write_text(f"{TOKEN}\n", "utf-8")
    settings = {"BOT_TELEGRAM__TOKEN_FILE": str(tmp_path / "token")}
    assert find_token(load_config(None, settings)) == TOKEN


@pytest.mark.parametrize("token", ["", "hello", TOKEN + "x", TOKEN.replace(":", "")])
def test_what_is_no_token_is_refused_and_not_echoed(token: str) -> None:
    with pytest.raises(ConfigError) as caught:
        find_token(load_config(None, {"BOT_TELEGRAM__TOKEN": token}))
    assert not token or token not in str(caught.value)


def test_a_token_that_others_may_read_is_noticed(tmp_path: Path) -> None:
    path = written(tmp_path, f'[telegram]\ntoken = "{TOKEN}"\n')
    path.chmod(stat.S_IRUSR | stat.S_IWUSR)
    assert open_to_others(path) is None
    path.chmod(0o644)
    assert open_to_others(path) == path
    path.write_text("[practice]\nset_size = 5\n", "utf-8")
    assert open_to_others(path) is None
