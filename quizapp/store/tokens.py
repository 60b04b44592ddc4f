"""Tokens that browsers and links show: random for them, a digest for us."""

import hashlib
import secrets

BYTES = 32


def new_token() -> str:
    """Return 256 random bits, fit for a cookie and an address."""
    return secrets.token_urlsafe(BYTES)


def token_hash(token: str) -> str:
    """Return what the database keeps of a token: its SHA-256, which cannot be shown in its place."""
    return hashlib.sha256(token.encode()).hexdigest()
