"""Settings come from defaults, the file, the environment; what cannot be used is said in one sentence."""

import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from quizapp import config
from quizapp.config import BadConfiguration

Load = Callable[..., dict[str, Any]]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Return a function that loads the configuration of an instance folder of its own."""

    def load(toml: str = "", overrides: dict[str, Any] | None = None, **environ: str) -> dict[str, Any]:
        (tmp_path / "config.toml").write_text(toml, encoding="utf-8")
        return config.load(tmp_path, environ, overrides or {})

    return load


def test_without_settings_the_database_is_in_the_instance_folder(load: Load, tmp_path: Path) -> None:
    assert load()["SQLALCHEMY_DATABASE_URI"] == f"sqlite:///{tmp_path / 'dateline.sqlite'}"


def test_the_file_counts_before_the_defaults(load: Load) -> None:
    assert load("max_content_length = 5")["MAX_CONTENT_LENGTH"] == 5


def test_the_environment_counts_before_the_file(load: Load) -> None:
    assert load("max_content_length = 5", QUIZAPP_MAX_CONTENT_LENGTH="6")["MAX_CONTENT_LENGTH"] == 6


def test_what_create_app_is_given_counts_before_all(load: Load) -> None:
    given = load("max_content_length = 5", {"MAX_CONTENT_LENGTH": 7}, QUIZAPP_MAX_CONTENT_LENGTH="6")

    assert given["MAX_CONTENT_LENGTH"] == 7


def test_flasks_own_settings_pass_through(load: Load) -> None:
    assert load("", {"TESTING": True})["TESTING"] is True


def test_a_list_in_the_environment_is_separated_by_commas(load: Load) -> None:
    assert load(QUIZAPP_TRUSTED_HOSTS="a.example, b.example")["TRUSTED_HOSTS"] == ["a.example", "b.example"]


def test_an_empty_variable_is_no_setting(load: Load) -> None:
    assert load(QUIZAPP_TRUSTED_HOSTS="")["TRUSTED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]


@pytest.mark.parametrize("spelling", ["postgres", "postgresql", "postgresql+psycopg"])
def test_an_address_of_postgresql_gets_its_driver(load: Load, spelling: str) -> None:
    pytest.importorskip("psycopg")

    url = load(QUIZAPP_DATABASE_URL=f"{spelling}://host/name")["SQLALCHEMY_DATABASE_URI"]

    assert url == "postgresql+psycopg://host/name"


@pytest.mark.parametrize(
    ("toml", "environ", "said"),
    [
        ("max_content_length = 'much'", {}, r"config\.toml: max_content_length must be a whole number, not 'much'"),
        ("secure_cookies = 1", {}, "secure_cookies must be true or false, not 1"),
        ("trusted_hosts = 'a'", {}, "trusted_hosts must be a list of texts"),
        ("colour = 'red'", {}, "colour is not a setting; there are secret_key"),
        ("colour", {}, "is not valid TOML"),
        (
            "",
            {"QUIZAPP_MAX_CONTENT_LENGTH": "1 MB"},
            r"QUIZAPP_MAX_CONTENT_LENGTH\): max_content_length must be a whole",
        ),
        ("log_format = 'xml'", {}, 'log_format must be "text" or "json", not .xml.'),
        ("", {"QUIZAPP_DATABASE_URL": "mysql://x"}, "database_url must begin with"),
        ("secret_key = 'dev'", {}, "has 3 characters and can be guessed"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(load: Load, toml: str, environ: dict[str, str], said: str) -> None:
    with pytest.raises(BadConfiguration, match=said):
        load(toml, **environ)


def test_the_secret_key_survives_a_restart(load: Load) -> None:
    assert load()["SECRET_KEY"] == load()["SECRET_KEY"]


def test_the_secret_key_is_readable_by_its_owner_alone(load: Load, tmp_path: Path) -> None:
    load()

    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_first_starts_at_the_same_time_agree_on_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: config.secret_key(tmp_path), range(32)))

    assert len(keys) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_a_secret_may_stand_in_a_file_of_its_own(load: Load, tmp_path: Path) -> None:
    secret = tmp_path / "key"
    secret.write_text("a key that a container was handed in a file\n", encoding="utf-8")

    assert load(QUIZAPP_SECRET_KEY_FILE=str(secret))["SECRET_KEY"] == secret.read_text(encoding="utf-8").strip()


def test_a_secrets_file_that_is_not_there_is_named(load: Load) -> None:
    with pytest.raises(BadConfiguration, match=r"QUIZAPP_SECRET_KEY_FILE\): /nowhere cannot be read"):
        load(QUIZAPP_SECRET_KEY_FILE="/nowhere")


def test_the_environment_names_the_instance_folder(tmp_path: Path) -> None:
    assert config.instance_folder({"QUIZAPP_INSTANCE": str(tmp_path)}) == tmp_path
    assert config.instance_folder({}) == config.PROJECT / "instance"


@pytest.mark.parametrize(("platform", "folder"), [("linux", "data/dateline"), ("win32", "local/Dateline")])
def test_without_a_checkout_it_is_where_the_system_keeps_data(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, platform: str, folder: str
) -> None:
    monkeypatch.setattr(config, "IS_CHECKOUT", False)
    monkeypatch.setattr("sys.platform", platform)
    environ = {"XDG_DATA_HOME": str(tmp_path / "data"), "LOCALAPPDATA": str(tmp_path / "local")}

    assert config.instance_folder(environ) == tmp_path / folder
