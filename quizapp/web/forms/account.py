"""Signing in and up, and choosing a password: a user name and a password, nothing else."""

from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired

from quizapp.web.forms.refusal import RefusableForm

NAME = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false", "maxlength": 64}
NEW_PASSWORD = {"autocomplete": "new-password", "maxlength": 128}
OLD_PASSWORD = {"autocomplete": "current-password", "maxlength": 128}


class SignInForm(RefusableForm):
    """An account that exists."""

    username = StringField("User name", [InputRequired("Type your user name.")], render_kw=NAME)
    password = PasswordField("Password", [InputRequired("Type your password.")], render_kw=OLD_PASSWORD)


class NewAccountForm(RefusableForm):
    """A new account; which names and passwords will do is decided where accounts are kept."""

    username = StringField("User name", [InputRequired("Choose a user name.")], render_kw=NAME)
    password = PasswordField("Password", [InputRequired("Choose a password.")], render_kw=NEW_PASSWORD)


class NewPasswordForm(RefusableForm):
    """A new password for an account that is known from a link."""

    password = PasswordField("New password", [InputRequired("Choose a password.")], render_kw=NEW_PASSWORD)
