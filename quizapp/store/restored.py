"""What a database of yesterday must not bring back when it is put in the place of today's."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from quizapp.store.tables import Login, OneTimeLink, Person


def end_what_may_have_ended(session: Session) -> None:
    """End the logins of accounts, which may have been signed out since, and void links that may have been used.

    Guests keep their logins: they have no other way to what they have answered.
    """
    accounts = select(Person.id).where(Person.role != "guest")
    session.execute(delete(Login).where(Login.person_id.in_(accounts)).execution_options(synchronize_session=False))
    session.execute(delete(OneTimeLink))
