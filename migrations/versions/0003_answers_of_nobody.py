"""answers of nobody: attempts outlive their person, ids are never given again, sign-ins leave a date and no name."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

OWNER = "fk_attempt_person_id_person"


def upgrade() -> None:
    """Apply it."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    with op.batch_alter_table(
        "person", recreate="always" if is_sqlite else "never", table_kwargs={"sqlite_autoincrement": True}
    ) as batch_op:
        batch_op.add_column(sa.Column("last_login_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(
        "UPDATE person SET last_login_at = (SELECT max(login.created_at) FROM login WHERE login.person_id = person.id) "
        "WHERE role <> 'guest'"
    )
    with op.batch_alter_table("attempt") as batch_op:
        batch_op.drop_constraint(op.f(OWNER), type_="foreignkey")
        batch_op.alter_column("person_id", existing_type=sa.Integer(), nullable=True)
        batch_op.create_foreign_key(op.f(OWNER), "person", ["person_id"], ["id"], ondelete="SET NULL")
    op.execute("DELETE FROM sign_in_failures")
    with op.batch_alter_table("sign_in_failures") as batch_op:
        batch_op.alter_column("username_key", new_column_name="name_hash", existing_type=sa.String(length=64))


def downgrade() -> None:
    """Take it back; what belongs to nobody cannot be kept."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    op.execute("DELETE FROM sign_in_failures")
    with op.batch_alter_table("sign_in_failures") as batch_op:
        batch_op.alter_column("name_hash", new_column_name="username_key", existing_type=sa.String(length=64))
    for table in ("answer", "attempt_question"):
        op.execute(f"DELETE FROM {table} WHERE attempt_id IN (SELECT id FROM attempt WHERE person_id IS NULL)")  # noqa: S608
    op.execute("DELETE FROM attempt WHERE person_id IS NULL")
    with op.batch_alter_table("attempt") as batch_op:
        batch_op.drop_constraint(op.f(OWNER), type_="foreignkey")
        batch_op.alter_column("person_id", existing_type=sa.Integer(), nullable=False)
        batch_op.create_foreign_key(op.f(OWNER), "person", ["person_id"], ["id"], ondelete="CASCADE")
    with op.batch_alter_table(
        "person", recreate="always" if is_sqlite else "never", table_kwargs={"sqlite_autoincrement": False}
    ) as batch_op:
        batch_op.drop_column("last_login_at")
