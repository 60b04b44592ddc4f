"""How long a build takes, side by side in one run: the shipped bank, then banks of its shape with invented names.

Run it with ``make bench``. The times depend on the machine; what counts is the ratio in the last column, which stays
near 1 as long as a build takes the same time for each fact.
"""

import argparse
import datetime
import gc
import json
import re
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from time import process_time
from typing import Any

import msgspec

from quizapp.bank.audit import audit
from quizapp.bank.build import build
from quizapp.bank.read import read_bank
from quizapp.core.bank import Bank
from quizapp.generate import generate
from quizapp.generate.lint import linter

SHIPPED = Path(__file__).resolve().parent.parent.parent / "question_bank"
COPIES = (1, 2, 4, 8, 16, 32, 57)
SYLLABLES = re.findall("[a-z]+", "ba de fi go ku la me ni po ru sa te vi zo mar len dor kin tal ves rom gul hem jas")
FIXED = ("amount",)
NAMES = 1000
Renamed = tuple[dict[str, str], dict[str, str]]


def invented(numbers: Iterator[int], label: str) -> str:
    """Make a name of as many words as a label has, each of which no other name has; a number becomes another one."""
    return " ".join(str(next(numbers)) if word.isdigit() else word_of(next(numbers)) for word in label.split())


def word_of(number: int) -> str:
    """Make a word of four syllables, unlike that of the next number."""
    rest = number * 10_007 % len(SYLLABLES) ** 4
    syllables: list[str] = []
    for _ in range(4):
        rest, place = divmod(rest, len(SYLLABLES))
        syllables.append(SYLLABLES[place])
    return "".join(syllables).capitalize()


def renamed(bank: Bank, copy: int) -> Renamed:
    """Return the new id of every entity, source and fact, and the invented text in place of every name."""
    if not copy:
        return {}, {}
    numbers = count(copy * NAMES)
    ids = {name: f"{name}-{copy}" for name in (*bank.entities, *bank.sources, *bank.facts)}
    texts: dict[str, str] = {}
    for entity in bank.entities.values():
        for name in (entity.label, *entity.aliases, *filter(None, (entity.short, entity.adjective))):
            texts.setdefault(name, invented(numbers, name))
    for source in bank.sources.values():
        label = source.label.removeprefix("the ")
        texts[label] = texts[label.split(" of ")[0]] = f"{invented(numbers, 'a b')} report"
    return ids, texts


def rewrite(value: Any, names: Renamed, pattern: re.Pattern[str]) -> Any:
    """Put new ids and names into a record."""
    ids, texts = names
    if isinstance(value, dict):
        return {key: rewrite(item, names, pattern) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [rewrite(item, names, pattern) for item in value]
    if not isinstance(value, str) or value in ids:
        return ids.get(value, value) if isinstance(value, str) else value
    return pattern.sub(lambda found: texts[found[0]], value) if texts else value


def records(bank: Bank, copy: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every record of one copy of a bank, with the name of its table."""
    names = renamed(bank, copy)
    forms = sorted(names[1], key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, forms))})(?!\w)") if forms else re.compile("(?!)")
    for table, found in (
        ("source", bank.sources.values()),
        ("entity", bank.entities.values()),
        ("fact", bank.facts.values()),
        ("comparison", bank.comparisons),
        ("closure", bank.closures),
    ):
        for record in found:
            fields = rewrite(msgspec.to_builtins(record, builtin_types=(datetime.date,)), names, pattern)
            for name in ("roles", "given"):
                if copy and name in fields:
                    fields[name] |= told(getattr(record, name), bank, copy)
            yield table, fields


def told(roles: dict[str, Any], bank: Bank, copy: int) -> dict[str, str]:
    """Return the texts among the fillers of roles as other texts, by a word at their end; ids and dates stay."""
    return {
        role: f"{value} {word_of(copy + len(value)).lower()}"
        for role, value in roles.items()
        if isinstance(value, str) and role not in FIXED and value not in bank.entities and not value[:1].isdigit()
    }


def toml(value: Any) -> str:
    """Write a value as TOML writes it inline."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(key)} = {toml(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(toml, value)) + "]"
    return value.isoformat() if isinstance(value, datetime.date) else json.dumps(value, ensure_ascii=False)


def write(bank: Bank, copies: int, folder: Path) -> None:
    """Write a bank so many times, each under names of its own, as the files of one bank."""
    topics = [("topic", msgspec.to_builtins(topic)) for topic in bank.topics.values()]
    tables: dict[Path, list[tuple[str, dict[str, Any]]]] = {folder / "topics.toml": topics}
    places = {"source": "sources", "comparison": "comparisons", "closure": "closures"}
    for copy in range(copies):
        for table, fields in records(bank, copy):
            file = {"entity": f"entities/{copy}", "fact": f"facts/{copy}"}.get(table) or places[table]
            tables.setdefault(folder / f"{file}.toml", []).append((table, fields))
    for path, entries in tables.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            "\n".join(
                "\n".join(
                    [f"[[{table}]]", *(f"{name} = {toml(value)}" for name, value in fields.items() if value != [])]
                )
                for table, fields in entries
            ),
            "utf-8",
        )


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return how many seconds of the processor a piece of work takes, whatever else runs, and what it gives."""
    gc.collect()
    start = process_time()
    result = work()
    return process_time() - start, result


def measure(folder: Path) -> tuple[int, int, dict[str, float]]:
    """Return how many facts and questions a bank has, and the seconds of each step of its build."""
    read, bank = timed(lambda: read_bank(folder))
    made, questions = timed(lambda: generate(bank))
    check = linter(bank)
    linted, _ = timed(lambda: [check(question) for question in questions])
    audited, _ = timed(lambda: audit(bank, questions))
    return len(bank.facts), len(questions), {"read": read, "generate": made, "lint": linted, "audit": audited}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--copies", type=int, nargs="+", default=COPIES, help="how many times the shipped bank")
    copies = parser.parse_args().copies
    build(SHIPPED)
    seconds = min(timed(lambda: build(SHIPPED))[0] for _ in range(3))
    print(f"The shipped bank: {seconds:.2f} s, the best of three builds (goal: less than 2 s).\n")
    print("Milliseconds for each fact, and how many times those of the first row:\n")
    print(
        f"{'facts':>7} {'questions':>9}  {'read':>6} {'generate':>8} {'lint':>6} {'audit':>6}  {'all':>6} {'ratio':>6}"
    )
    shipped = read_bank(SHIPPED)
    first = 0.0
    for times in copies:
        with tempfile.TemporaryDirectory() as folder:
            write(shipped, times, Path(folder))
            facts, questions, steps = measure(Path(folder))
        each = {name: 1000 * spent / facts for name, spent in steps.items()}
        total = sum(each.values())
        first = first or total
        print(
            f"{facts:>7} {questions:>9}  {each['read']:>6.2f} {each['generate']:>8.2f} {each['lint']:>6.2f} "
            f"{each['audit']:>6.2f}  {total:>6.2f} {total / first:>6.2f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
