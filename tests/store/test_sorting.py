"""Rows are sorted by their place, however many they are."""

import random
import sys
import tracemalloc
from collections.abc import Iterator

import pytest

from quizapp.store.sorting import NoRoom, Place, in_order

if sys.platform != "win32":
    import resource


def placed(number: int) -> tuple[Place, bytes]:
    return ("", "", number, "", ""), b"%d" % number


def test_text_goes_by_code_points_and_numbers_by_their_size() -> None:
    places: list[Place] = [
        ("", "", 0, "", ""),
        ("a", "A", 2, "2025-01-01", "x"),
        ("a", "A", 10, "2025-01-01", "x"),
        ("a", "a", 1, "2025-01-01", "-"),
        ("a", "a", 1, "2025-01-01", "_"),
        ("a", "a", 1, "2025-01-02", "-"),
        ("a\0", "a\0", 1, "", ""),
        ("ss", "ß", 1, "", ""),
        ("z", "Z", 1, "", ""),
        ("\ufb01", "\ufb01", 1, "", ""),
        ("\U00010428", "\U00010400", 1, "", ""),
    ]
    shuffled = random.Random(1).sample(places, len(places))

    sorted_again = list(in_order((place, str(places.index(place)).encode()) for place in shuffled))

    assert sorted_again == [str(number).encode() for number in range(len(places))]


def test_memory_does_not_grow_with_the_number_of_rows() -> None:
    def peak(count: int) -> int:
        tracemalloc.start()
        assert sum(1 for _ in in_order(placed(number) for number in range(count))) == count
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return highest

    peak(10)

    assert peak(50_000) < peak(500) + 100_000


def test_what_fails_while_the_rows_are_read_is_raised_as_it_is() -> None:
    def broken() -> Iterator[tuple[Place, bytes]]:
        yield placed(1)
        raise LookupError

    with pytest.raises(LookupError):
        list(in_order(broken()))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no limit on the size of files")
def test_a_full_disk_is_told() -> None:
    """A limit on the size of files stands for the end of the disk."""
    before, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, most))
    try:
        with pytest.raises(NoRoom):
            list(in_order((placed(number)[0], b"x" * 1000) for number in range(10_000)))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (before, most))
