"""Static files: joined, compressed once, kept for ever under an address that names their content."""

import gzip
import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from quizapp.web import static_files
from quizapp.web.static_files import FOLDER, JOINED, PARTS

TEMPLATES = FOLDER.parent / "templates"
GZIP = {"Accept-Encoding": "gzip, br"}


@pytest.fixture
def sheet(client: FlaskClient) -> str:
    """Return the address of the style sheet that every page names."""
    found = re.search(r'rel="stylesheet" href="([^"]+)"', client.get("/").text)
    assert found
    return found[1]


@pytest.fixture
def script(client: FlaskClient) -> str:
    """Return the address of the script that every page names."""
    found = re.search(r'src="([^"]+)"', client.get("/").text)
    assert found
    return found[1]


def test_a_file_is_kept_for_ever_under_the_address_that_pages_name(client: FlaskClient, sheet: str) -> None:
    answer = client.get(sheet)

    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.content_type == "text/css; charset=utf-8"


def test_under_the_address_of_another_version_it_is_sent_but_not_kept(client: FlaskClient, sheet: str) -> None:
    other = re.sub(r"/static/[0-9a-f]+/", "/static/0123456789/", sheet)

    answer = client.get(other)

    assert answer.data == client.get(sheet).data
    assert answer.headers["Cache-Control"] == "no-cache"


def test_whoever_takes_gzip_gets_it(client: FlaskClient, sheet: str) -> None:
    plain, compressed = client.get(sheet), client.get(sheet, headers=GZIP)

    assert "Content-Encoding" not in plain.headers
    assert compressed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(compressed.data) == plain.data
    assert plain.headers["Vary"] == compressed.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("accepted", ["", "identity", "gzip;q=0", "br, zstd"])
def test_whoever_takes_no_gzip_gets_none(client: FlaskClient, sheet: str, accepted: str) -> None:
    assert "Content-Encoding" not in client.get(sheet, headers={"Accept-Encoding": accepted}).headers


@pytest.mark.parametrize("headers", [{}, GZIP])
def test_an_unchanged_file_is_not_sent_again(client: FlaskClient, sheet: str, headers: dict[str, str]) -> None:
    tag = client.get(sheet, headers=headers).headers["ETag"]

    again = client.get(sheet, headers={**headers, "If-None-Match": tag})

    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == tag
    assert again.headers["Vary"] == "Accept-Encoding"
    assert "immutable" in again.headers["Cache-Control"]


def test_plain_and_compressed_are_told_apart(client: FlaskClient, sheet: str) -> None:
    tag = client.get(sheet).headers["ETag"]

    assert client.get(sheet, headers={**GZIP, "If-None-Match": tag}).status_code == 200


def test_head_tells_the_length_and_sends_nothing(client: FlaskClient, sheet: str) -> None:
    head = client.head(sheet, headers=GZIP)

    assert head.data == b""
    assert head.headers["Content-Length"] == client.get(sheet, headers=GZIP).headers["Content-Length"]


def test_a_range_is_answered_with_the_whole(client: FlaskClient, sheet: str) -> None:
    part = client.get(sheet, headers={"Range": "bytes=0-9"})

    assert part.status_code == 200
    assert part.data == client.get(sheet).data


@pytest.mark.parametrize("name", ["css/nothing.css", "../config.py", "css/../../config.py", "css/tokens.css", "css"])
def test_nothing_else_is_sent(client: FlaskClient, sheet: str, name: str) -> None:
    answer = client.get(sheet.replace("css/page.css", name))

    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "no-store"


def test_files_find_each_other_under_the_versioned_address(app: Flask) -> None:
    with app.app_context():
        files = static_files.shelf().files
    named = [
        (name, str(Path(name).parent / target))
        for name, file in files.items()
        for target in re.findall(r'(?:url\(|from )"([^"]+)"', file.content.decode())
    ]

    assert named
    assert [(name, target) for name, target in named if str(_plain(target)) not in files] == []


def test_every_part_is_joined_and_every_file_is_asked_for(app: Flask) -> None:
    with app.app_context():
        names = static_files.shelf().files.keys()
    text = "".join(
        path.read_text("utf-8") for path in [*TEMPLATES.rglob("*.html"), *FOLDER.rglob("*.*")] if path.is_file()
    )

    assert {path.stem for path in (FOLDER / "css" / "parts").iterdir()} == set(PARTS)
    assert [name for name in names if Path(name).name not in text and not name.startswith("maps/")] == []


def test_a_script_that_is_joined_names_nothing_outside_itself() -> None:
    scripts = [FOLDER / name for names in JOINED.values() for name in names if name.endswith(".js")]

    assert [path.name for path in scripts if re.search(r"^(import|export)\b", path.read_text("utf-8"), re.M)] == []


def test_who_edits_a_file_sees_it_at_the_next_request(app: Flask) -> None:
    with app.app_context():
        assert static_files.shelf() is static_files.shelf()
        app.debug = True
        assert static_files.shelf() is not static_files.shelf()


def test_a_page_below_a_prefix_finds_its_files(client: FlaskClient) -> None:
    page = client.get("/", environ_overrides={"SCRIPT_NAME": "/quiz"}).text

    assert 'href="/quiz/static/' in page
    assert 'href="/quiz/about"' in page
    assert not re.search(r'(href|src|action)="/(?!quiz/)', page)


def _plain(target: str) -> Path:
    """Take the steps up out of a relative address."""
    parts: list[str] = []
    for part in Path(target).parts:
        if part == "..":
            parts.pop()
        else:
            parts.append(part)
    return Path(*parts)
