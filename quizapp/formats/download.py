"""The name and the headers of a file that somebody downloads."""

import datetime
import re
import unicodedata
from urllib.parse import quote

CSV_TYPE = "text/csv; charset=utf-8"


def file_name(*parts: str, now: datetime.datetime, suffix: str = "csv") -> str:
    """Join the parts and a UTC time stamp: ``all-topics_scores_20250903T081500Z.csv``."""
    words = [re.sub(r"[^\w]+", "-", part).strip("-") for part in parts]
    stamp = now.astimezone(datetime.UTC).strftime("%Y%m%dT%H%M%SZ")
    return f"{'_'.join([word for word in words if word] + [stamp])}.{suffix}"


def content_disposition(name: str) -> str:
    """Name a download for every browser: an ASCII ``filename`` and the true one (RFC 6266, RFC 5987)."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^\w.\- ]+", "-", plain)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
