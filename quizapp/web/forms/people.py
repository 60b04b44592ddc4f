"""Looking for accounts, and making one for a teacher."""

from wtforms import Form, IntegerField, StringField
from wtforms.validators import AnyOf, InputRequired

from quizapp.web.forms.refusal import RefusableForm

ROLES = [("teacher", "Teacher"), ("administrator", "Teacher and administrator")]


class PeopleSearch(Form):
    """A part of a user name."""

    q = StringField("User name", render_kw={"autocapitalize": "none", "spellcheck": "false"})
    page = IntegerField()


class TeacherForm(RefusableForm):
    """A new account that may teach; its owner chooses the password."""

    username = StringField(
        "User name",
        [InputRequired("Choose a user name.")],
        render_kw={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false", "maxlength": 64},
    )
    role = StringField("Role", [AnyOf([value for value, _ in ROLES], "Choose one of the roles.")], default="teacher")
    roles = ROLES
