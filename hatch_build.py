"""What a wheel holds beside the code, so that an installed Dateline finds its tables and its questions."""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):
    """Put migrations and bank into the package; an editable installation finds them in the checkout."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name the folders and where they go."""
        if version == "standard":
            build_data["force_include"] |= {
                "migrations": "quizapp/migrations",
                "question_bank": "quizapp/question_bank",
            }
