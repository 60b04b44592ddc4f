"""What the shell offers: one file per group of commands."""
