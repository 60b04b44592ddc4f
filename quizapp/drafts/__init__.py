"""A teacher's own question: from the fields of a form to a question, and back."""
