"""The Flask extensions, made once and bound to the app in `create_app`."""

from flask_login import LoginManager
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf.csrf import CSRFProtect

from quizapp.store.schema import MIGRATIONS
from quizapp.store.tables import Base

db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})
migrate = Migrate(directory=str(MIGRATIONS), render_as_batch=True, compare_type=True)
login_manager = LoginManager()
csrf = CSRFProtect()
