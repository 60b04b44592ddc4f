"""The list of addresses tells of each whom it is for."""

import csv
import json
from collections.abc import Callable

import pytest
from click.testing import Result
from flask import Flask

from quizapp.web.audience import AUDIENCES, routes

Run = Callable[..., Result]


def test_every_method_of_every_address_has_one_aligned_line(run: Run, app: Flask) -> None:
    header, *lines = run("routes", "--audience").stdout.splitlines()

    assert header.split() == ["method", "address", "endpoint", "audience"]
    assert {line.rfind(" ") + 1 for line in [header, *lines]} == {header.index("audience")}
    assert len(lines) == sum(len(route.methods) for route in routes(app))


def test_the_audience_is_that_of_the_table(run: Run) -> None:
    rows = json.loads(run("routes", "--audience", "--format", "json").stdout)

    assert {row["endpoint"]: row["audience"] for row in rows} == AUDIENCES


@pytest.mark.parametrize("option", [[], ["--audience"]])
def test_csv_holds_the_same_rows_as_json(run: Run, option: list[str]) -> None:
    as_json = json.loads(run("routes", *option, "--format", "json").stdout)
    as_csv = list(csv.DictReader(run("routes", *option, "--format", "csv").stdout.splitlines()))

    assert as_csv == as_json
