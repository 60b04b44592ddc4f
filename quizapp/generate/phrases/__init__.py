"""What can be asked of each type of fact, in which words."""

from quizapp.generate.phrases import events, names, numbers, people, words

ASKS = {**events.ASKS, **numbers.ASKS, **people.ASKS, **names.ASKS, **words.ASKS}
SETS = {**events.SETS, **numbers.SETS, **people.SETS}
CLAIMS = {**events.CLAIMS, **numbers.CLAIMS, **people.CLAIMS, **names.CLAIMS, **words.CLAIMS}
MATCHES = (*events.MATCHES, *numbers.MATCHES, *people.MATCHES, *names.MATCHES, *words.MATCHES)
