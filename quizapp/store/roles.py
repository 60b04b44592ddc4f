"""Who may do what on this server: giving and taking roles."""

from sqlalchemy import delete
from sqlalchemy.orm import Session

from quizapp.core.credentials import LEAST_PASSWORD_LENGTHS, Role
from quizapp.store.locks import held
from quizapp.store.logins import end_logins
from quizapp.store.tables import OneTimeLink, Person


class LastAdministrator(Exception):
    """The only administrator would be gone, and with them the way to make another."""

    def __init__(self) -> None:
        """Say what to do first."""
        super().__init__("This is the only administrator. Make somebody else an administrator first.")


class Gone(Exception):
    """The account was deleted meanwhile."""


def set_role(session: Session, person: Person, role: Role) -> None:
    """Give an account another role, sign every browser of the person out and end the links that wait for them.

    Where the new role asks for longer passwords the old one opens nothing any more; a reset link sets the next.
    Raise `LastAdministrator`, also when two administrators are demoted at once; raise `Gone`.
    """
    now_held = hold(session, person.id, is_leaving=role != "administrator")
    if now_held is None:
        raise Gone
    if LEAST_PASSWORD_LENGTHS[role] > LEAST_PASSWORD_LENGTHS[now_held.role]:
        now_held.password_hash = None
    now_held.role = role
    session.flush()
    end_logins(session, now_held)
    session.execute(delete(OneTimeLink).where(OneTimeLink.person_id == now_held.id))


def hold(session: Session, person_id: int, *, is_leaving: bool) -> Person | None:
    """Return a person whom nobody else changes until the commit, ``None`` once deleted.

    Raise `LastAdministrator` when this is the only one and ``is_leaving``; nobody else can stop being one meanwhile.
    """
    person, administrators = held(session, person_id)
    if is_leaving and administrators == {person_id}:
        raise LastAdministrator
    return person
