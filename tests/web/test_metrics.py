"""Numbers for Prometheus: off by default, for this computer or a token, of all processes together."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from quizapp.config import RUN_FOLDER
from quizapp.web.meter import Meter

Make = Callable[..., Any]
TOKEN = "a token for the monitoring"  # noqa: S105


@pytest.fixture
def counted(make_app: Make) -> FlaskClient:
    """Return a browser of an app that counts."""
    client: FlaskClient = make_app(METRICS=True, METRICS_TOKEN=TOKEN).test_client()
    return client


def test_nothing_is_told_by_default(client: FlaskClient) -> None:
    assert client.get("/metrics").status_code == 404


def test_requests_are_counted_by_endpoint_and_class_of_status(counted: FlaskClient) -> None:
    counted.get("/about")
    counted.get("/about")
    counted.get("/no/such/page")

    lines = counted.get("/metrics").text.splitlines()

    assert 'dateline_requests_total{endpoint="about.show",status="2xx"} 2' in lines
    assert 'dateline_requests_total{endpoint="none",status="4xx"} 1' in lines
    assert 'dateline_request_seconds_bucket{endpoint="about.show",le="+Inf"} 2' in lines
    assert 'dateline_request_seconds_count{endpoint="about.show"} 2' in lines


def test_probes_and_scrapes_are_not_counted(counted: FlaskClient) -> None:
    counted.get("/healthz")
    counted.get("/metrics")

    assert "health" not in counted.get("/metrics").text
    assert "metrics.show" not in counted.get("/metrics").text


def test_the_database_is_counted(counted: FlaskClient) -> None:
    counted.get("/")

    lines = dict(line.split(" ") for line in counted.get("/metrics").text.splitlines() if line[0] != "#")

    assert int(lines["dateline_database_seconds_count"]) > 0
    assert float(lines["dateline_database_seconds_sum"]) > 0


@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        ("203.0.113.9", {}, 404),
        ("203.0.113.9", {"Authorization": f"Bearer {TOKEN}"}, 200),
        ("203.0.113.9", {"Authorization": "Bearer another"}, 404),
        ("127.0.0.1", {"X-Forwarded-For": "203.0.113.9"}, 404),
        ("::1", {}, 200),
    ],
)
def test_only_this_computer_and_the_token_are_told(
    counted: FlaskClient, address: str, headers: dict[str, str], status: int
) -> None:
    answer = counted.get("/metrics", headers=headers, environ_base={"REMOTE_ADDR": address})

    assert answer.status_code == status


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:8000", "10.0.0.11:8000"])
def test_a_node_is_asked_by_its_own_address_and_not_by_the_name_of_the_site(make_app: Make, host: str) -> None:
    client = make_app(METRICS=True, TRUSTED_HOSTS=["quiz.school.example"]).test_client()

    assert client.get("/metrics", base_url=f"http://{host}/").status_code == 200


def test_no_token_is_not_an_empty_token(make_app: Make) -> None:
    client = make_app(METRICS=True).test_client()

    answer = client.get("/metrics", headers={"Authorization": "Bearer "}, environ_base={"REMOTE_ADDR": "203.0.113.9"})

    assert answer.status_code == 404


def test_all_processes_of_a_server_are_added_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    meters = []
    for pid in (1, 2):
        monkeypatch.setattr("os.getpid", lambda pid=pid: pid)
        meters.append(Meter(["about.show"], str(tmp_path)))
    for meter in meters:
        meter.count_request("about.show", 200, 0.02)
        meter.add("answers")

    assert meters[0].sums() == meters[1].sums()
    assert meters[0].sums()[1] == 2
    assert meters[0].sums()[meters[0].totals] == 2


def test_an_answer_is_counted_when_it_is_acknowledged(
    make_app: Make, publish: Make, make_question: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(RUN_FOLDER, raising=False)
    publish(make_question())
    client = make_app(METRICS=True).test_client()
    client.post("/today", data={"choice": "nothing"})
    key = make_question().options[0].text

    refused = client.get("/metrics").text
    client.post("/today", data={"choice": choice_of(client, key)})

    assert "dateline_answers_total 0" in refused
    assert "dateline_answers_total 1" in client.get("/metrics").text


def choice_of(client: FlaskClient, text: str) -> str:
    """Return what the form posts for an option."""
    page = client.get("/").text
    return page[: page.index(text)].rpartition('value="')[2].partition('"')[0]
