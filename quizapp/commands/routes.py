"""The addresses of the app from the shell: method, address, endpoint and for whom each is."""

import csv
import io
import json
from typing import Literal

import click
from flask import current_app
from flask.cli import with_appcontext

from quizapp.web import audience

Format = Literal["text", "csv", "json"]


@click.command("routes", epilog="Example: quizapp routes --audience\n\nExample: quizapp routes --audience --format csv")
@click.option("--audience", "tells_audience", is_flag=True, help="Say for each address whom it is for.")
@click.option(
    "--format", "form", type=click.Choice(["text", "csv", "json"]), default="text", show_default=True, help="How."
)
@with_appcontext
def routes(form: Format, *, tells_audience: bool) -> None:
    """List every address, one line per method; an audience is the least role that may ask for it."""
    columns = ("method", "address", "endpoint", *(("audience",) if tells_audience else ()))
    rows = [
        dict(zip(columns, (method, route.rule, route.endpoint, route.audience or "nobody"), strict=False))
        for route in audience.routes(current_app)
        for method in route.methods
    ]
    match form:
        case "json":
            click.echo(json.dumps(rows, indent=1))
        case "csv":
            file = io.StringIO()
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            writer.writerows(rows)
            click.echo(file.getvalue(), nl=False)
        case "text":
            table = [dict(zip(columns, columns, strict=True)), *rows]
            widths = [max(len(row[column]) for row in table) for column in columns]
            for row in table:
                line = "  ".join(row[column].ljust(width) for column, width in zip(columns, widths, strict=True))
                click.echo(line.rstrip())
