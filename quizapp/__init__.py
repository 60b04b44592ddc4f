"""Dateline: quizzes on geopolitics in which every answer cites its source."""
