"""What people can send: one form per page, with a label and a limit for every field."""
