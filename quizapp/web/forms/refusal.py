"""A form that can be told, after its own checks, what else is wrong with a field."""

from typing import Any

from wtforms import Form

# A text that is too long stays too long, whatever its spaces and signs become in normal form.
TIMES = 4


class RefusableForm(Form):
    """A form whose fields are judged by the rooms below as well."""

    def process(self, *arguments: Any, **values: Any) -> None:
        """Read what was sent; of what is far longer than its field says, no more than is needed to refuse it."""
        super().process(*arguments, **values)
        for field in self:
            longest = (field.render_kw or {}).get("maxlength")
            if longest and isinstance(field.data, str):
                field.data = field.data[: TIMES * longest]

    def refuse(self, name: str, message: str) -> None:
        """Put a message under a field, after those that stand there."""
        field = self[name]
        field.errors = [*field.errors, message]
