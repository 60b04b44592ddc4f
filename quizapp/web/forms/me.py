"""A visitor's own account: another password, and its end."""

from wtforms import BooleanField, PasswordField
from wtforms.validators import InputRequired

from quizapp.web.forms.account import NEW_PASSWORD, OLD_PASSWORD
from quizapp.web.forms.refusal import RefusableForm


class ChangePasswordForm(RefusableForm):
    """The password of now and the next one."""

    current = PasswordField("Your password now", [InputRequired("Type your password.")], render_kw=OLD_PASSWORD)
    password = PasswordField("New password", [InputRequired("Choose a password.")], render_kw=NEW_PASSWORD)


class DeleteAccountForm(RefusableForm):
    """The end of an account, which its password confirms."""

    current = PasswordField("Your password", [InputRequired("Type your password.")], render_kw=OLD_PASSWORD)


class DeleteGuestForm(RefusableForm):
    """The end of a guest, who has no password."""

    sure = BooleanField("Delete what I have answered here", [InputRequired("Tick the box to delete your data.")])
