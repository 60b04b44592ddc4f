"""Marks piled on one letter: refused before anything looks at a text.

Bringing a text into normal form takes time that grows with the square of such a pile, seconds for 30,000 marks, and
stops everybody else meanwhile. No language needs more than a few:
https://www.unicode.org/reports/tr15/#Stream_Safe_Text_Format
"""

from unicodedata import combining

from flask import Flask, abort, request

MOST = 30


def register(app: Flask) -> None:
    """Look at everything typed before every view."""
    app.before_request(refuse)


def refuse() -> None:
    """Refuse a request with a text that no person writes."""
    given = [request.args] if request.query_string else []
    if request.content_length:
        given.append(request.form)
    if any(is_piled(text) for fields in given for texts in fields.listvalues() for text in texts):
        abort(400)


def is_piled(text: str) -> bool:
    """Say whether more than thirty marks follow each other."""
    if text.isascii() or len(text) <= MOST:
        return False
    pile = 0
    for sign in text:
        pile = pile + 1 if combining(sign) else 0
        if pile > MOST:
            return True
    return False
