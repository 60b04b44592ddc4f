"""A small bank about an invented harbour, as files, and the articles that the real bank was read from."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from quizapp.bank.cite import cite
from quizapp.core.passage import digest, paragraphs

PROJECT = Path(__file__).resolve().parent.parent.parent
ARTICLE = """The harbour of Elmwick will close for a whole year, the council says.
Mayor Ada Brandt told the Coast Herald that the quay needs a new wall. Work begins in May and ends in spring.
The quay was last rebuilt 41 years ago, when a storm had broken its northern wall.
The ferry pier, a work of 1950, was opened by Queen Ilse of Norland on a cold day.
"""
Write = Callable[..., Path]


def citation(paragraph: int, anchor: str) -> str:
    """Return the TOML of a citation of the first sentence of a paragraph."""
    return cite(ARTICLE, "herald", paragraph, anchor=anchor)


def files() -> dict[str, str]:
    """Return the files of the harbour's bank by their path."""
    return {
        "topics.toml": '[[topic]]\nid = "harbour"\ntitle = "The harbour"\ndescription = "Piers and walls."\n',
        "sources.toml": f"""[[source]]
id = "herald"
label = "the Coast Herald report"
sha256 = "{digest(ARTICLE)}"
paragraphs = {len(paragraphs(ARTICLE))}
""",
        "entities/all.toml": """[[entity]]
id = "ada-brandt"
kind = "person"
label = "Ada Brandt"

[[entity]]
id = "coast-herald"
kind = "outlet"
label = "Coast Herald"
article = true

[[entity]]
id = "elmwick"
kind = "country"
label = "Elmwick"
""",
        "facts/herald.toml": f"""source = "herald"

[[fact]]
id = "mayor"
type = "holds_office"
topic = "harbour"
roles = {{ person = "ada-brandt", office = "Mayor", of = "elmwick" }}
statement = "Ada Brandt is Mayor of Elmwick."
context = "She speaks for the council in the matter of the harbour."
citations = [
  {citation(2, "Mayor Ada Brandt")},
]

[[fact]]
id = "told"
type = "told"
topic = "harbour"
roles = {{ speaker = "ada-brandt", outlet = "coast-herald", matter = "the quay" }}
statement = "Ada Brandt spoke to the Coast Herald about the quay."
context = "The wall in the north is the weak one."
citations = [
  {citation(2, "told the Coast Herald")},
]
""",
        "closures.toml": """[[closure]]
source = "herald"
type = "told"
role = "speaker"
given = {}
""",
    }


@pytest.fixture
def article() -> str:
    """Return the text that the harbour's bank was read from."""
    return ARTICLE


@pytest.fixture
def write_bank(tmp_path: Path) -> Write:
    """Write the harbour's bank; each change is a file with what to replace in it by what."""

    def write(*changes: tuple[str, str, str], extra: dict[str, str] | None = None) -> Path:
        texts = files()
        for file, old, new in changes:
            assert old in texts[file], f"{old!r} does not stand in {file}"
            texts[file] = texts[file].replace(old, new)
        for file, text in (texts | (extra or {})).items():
            path = tmp_path / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path

    return write


@pytest.fixture(scope="session")
def real_bank() -> Path:
    """Return the folder of the shipped bank."""
    return PROJECT / "question_bank"


@pytest.fixture(scope="session")
def articles() -> dict[str, str]:
    """Return the copies in the folder that QUIZAPP_ARTICLES names, by the digest of their text."""
    folder = os.environ.get("QUIZAPP_ARTICLES")
    if not folder:
        pytest.skip("QUIZAPP_ARTICLES names no folder with copies of the articles")
    texts = [path.read_text(encoding="utf-8") for path in sorted(Path(folder).rglob("*.txt"))]
    if not texts:
        pytest.skip(f"{folder} holds no text file")
    return {digest(text): text for text in texts}


@pytest.fixture
def antecedent() -> str:
    """Return the TOML of a citation of the paragraph that names the town."""
    return citation(1, "harbour of Elmwick")
