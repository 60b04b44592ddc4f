"""A form that can be told, after its own checks, what else is wrong with a field."""

from wtforms import Form


class RefusableForm(Form):
    """A form whose fields are judged by the rooms below as well."""

    def refuse(self, name: str, message: str) -> None:
        """Put a message under a field, after those that stand there."""
        field = self[name]
        field.errors = [*field.errors, message]
