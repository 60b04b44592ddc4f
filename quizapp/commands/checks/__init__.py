"""What the doctor looks at, one file per part of an installation."""
