"""Marks piled on one letter, and names that no field has: refused before anything looks at a text.

Bringing a text into normal form takes time that grows with the square of such a pile, seconds for 30,000 marks, and
stops everybody else meanwhile. No language needs more than a few:
https://www.unicode.org/reports/tr15/#Stream_Safe_Text_Format
"""

from unicodedata import combining

from flask import Flask, abort, request

MOST = 30
LONGEST_NAME = 100


def register(app: Flask) -> None:
    """Look at everything typed before every view."""
    app.before_request(refuse)


def refuse() -> None:
    """Refuse a request with a text that no person writes, or a field that no form has.

    Of `options-²-text` and `options-` with thousands of digits WTForms makes a number, which fails.
    """
    given = [request.args] if request.query_string else []
    if request.content_length:
        given.append(request.form)
    if any(len(name) > LONGEST_NAME or not name.isascii() for fields in given for name in fields):
        abort(400)
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
