"""Style sheets, scripts, pictures and maps as they are sent: joined, compressed once, kept by browsers for good.

The address of a file names the digest of all of them, so that it may be kept for ever: whatever changes has another
address. Files refer to each other by relative addresses, which keep the digest.
"""

import gzip
import hashlib
from functools import cache
from pathlib import Path

import msgspec
from flask import Flask, Response, abort, current_app, request

from quizapp.web.chart import regions, sheet

FOLDER = Path(__file__).parent / "static"
PARTS = (
    *("header", "footer", "layout", "button", "card", "field", "meter", "question", "answer", "feedback", "citation"),
    *("results", "table", "landing", "shortcuts"),
)
# What every page, and every page with a question, asks for in one piece; the files stand in the order of this list.
JOINED = {
    "css/page.css": [
        "css/tokens.css",
        "css/base.css",
        *(f"css/parts/{part}.css" for part in PARTS),
        "css/map.css",
        "css/print.css",
    ],
    "js/page.js": ["js/menu.js", "js/sending.js"],
    "js/question.js": ["js/focus.js", "js/keys.js", "js/map.js", "js/ordering.js"],
}
TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
FOREVER = "public, max-age=31536000, immutable"
ASK = "no-cache"


class File(msgspec.Struct, frozen=True, kw_only=True):
    """A file as it is sent, plain and compressed."""

    content: bytes
    compressed: bytes
    content_type: str
    digest: str


class Shelf(msgspec.Struct, frozen=True, kw_only=True):
    """All files by name, and the digest that their addresses carry."""

    files: dict[str, File]
    digest: str


def register(app: Flask) -> None:
    """Serve the files under the endpoint `static`, as Flask would, and build their addresses for `url_for`."""
    app.add_url_rule("/static/<digest>/<path:filename>", endpoint="static", view_func=send)
    app.url_defaults(_name_digest)


def shelf() -> Shelf:
    """Return the files: read once, and for every request while somebody edits them."""
    return _read() if current_app.debug else _kept()


def send(digest: str, filename: str) -> Response:
    """Send a file, compressed to whoever takes that.

    Under another digest, as from a page of the version before or after this one, the file is sent too but not kept.
    """
    known = shelf()
    file = known.files.get(filename)
    if file is None:
        abort(404)
    is_compressed = request.accept_encodings["gzip"] > 0
    response = Response(file.compressed if is_compressed else file.content, content_type=file.content_type)
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = FOREVER if digest == known.digest else ASK
    response.set_etag(f"{file.digest}-gzip" if is_compressed else file.digest)
    if is_compressed:
        response.headers["Content-Encoding"] = "gzip"
    response.make_conditional(request)
    return response


def is_for_everybody(response: Response) -> bool:
    """Say whether a response is a file that caches may keep, whoever asked for it."""
    return response.headers.get("Cache-Control") in {FOREVER, ASK}


def _name_digest(endpoint: str, values: dict[str, object]) -> None:
    if endpoint == "static":
        values.setdefault("digest", shelf().digest)


@cache
def _kept() -> Shelf:
    return _read()


def _read() -> Shelf:
    """Read the folder, join what is asked for in one piece, and draw the sheets of the maps."""
    found = {path.relative_to(FOLDER).as_posix(): path.read_bytes() for path in FOLDER.rglob("*") if path.is_file()}
    pieces = {name for names in JOINED.values() for name in names}
    contents = {name: content for name, content in found.items() if name not in pieces}
    contents |= {name: b"\n".join(_piece(part, found[part]) for part in parts) for name, parts in JOINED.items()}
    contents |= {f"maps/{name}.svg": sheet(crop).encode() for name, crop in regions().items()}
    files = {name: _file(name, contents[name]) for name in sorted(contents) if Path(name).suffix in TYPES}
    whole = hashlib.sha256("\n".join(f"{name} {file.digest}" for name, file in files.items()).encode())
    return Shelf(files=files, digest=whole.hexdigest()[:10])


def _piece(name: str, content: bytes) -> bytes:
    """Return a part of a joined file; a script gets braces around it, so that its names stay its own."""
    return b"{\n" + content + b"}" if name.endswith(".js") else content


def _file(name: str, content: bytes) -> File:
    return File(
        content=content,
        compressed=gzip.compress(content, mtime=0),
        content_type=TYPES[Path(name).suffix],
        digest=hashlib.sha256(content).hexdigest()[:16],
    )
