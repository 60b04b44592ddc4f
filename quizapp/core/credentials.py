"""What makes a user name and a password acceptable, in words for whoever chooses one."""

import unicodedata
from typing import Literal

Role = Literal["guest", "student", "teacher", "administrator"]

USERNAME_LENGTHS = (2, 40)
NICKNAME_LENGTH = 40
PASSWORD_LENGTH = 128
LEAST_PASSWORD_LENGTHS = {"student": 8, "teacher": 15, "administrator": 15}
FEWEST_DIFFERENT_CHARACTERS = 4
PUNCTUATION = frozenset(" .-_'’")
BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters and marks that show nothing, as variation selectors do; two names must not differ by them alone."""
WRITTEN_TOGETHER = (frozenset({"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"}), frozenset({"CJK", "HANGUL"}))

# Signs that are taken for each other at a glance; of Cyrillic and Greek letters those that look like a Latin one, be it
# small or capital: https://www.unicode.org/reports/tr39/
MISTAKEN = str.maketrans(
    "01iıłđø5" + "авекмнорстухіјѕԁԛԝһӏү" + "αβεζηικμνορτυχϲ",
    "olllldos" + "abekmhopctyxljsdqwhly" + "abezhlkmnoptyxc",
)

# Common passwords that are long enough for a student, and phrases of the keyboard long enough for a teacher.
COMMON = """
password1 password12 password123 password1234 passw0rd p@ssw0rd p@ssword password passwort 12345678 123456789
1234567890 12345678910 123456789012345 1234567890123456 0123456789 87654321 987654321 0987654321 abcd1234 abc12345
abcdefgh abcdefghijklmno abcdefghijklmnop qwertyui qwertyuiop qwerty12 qwerty123 qwerty1234 qwertyuiopasdfg
qwertyuiopasdfgh qwertyuiopasdfghjkl qwertzuiop qwertzui asdfghjk asdfghjkl azertyui azertyuiop 1q2w3e4r 1q2w3e4r5t
1qaz2wsx 1qaz2wsx3edc 1qaz2wsx3edc4rfv zaq12wsx q1w2e3r4 iloveyou iloveyou1 sunshine princess football football1
baseball baseball1 basketball superman trustno1 whatever starwars computer internet jennifer michelle samantha
hello123 welcome1 welcome123 changeme changeme123 letmein1 letmein123 letmeinletmein1 passwordpassword
passwordpassword1 passwordpassword123 administrator administrator1 administrator123 teacherteacher teacherteacher1
student1 student123 teacher1 teacher123 correcthorsebatterystaple thequickbrownfox thequickbrownfoxjumps dateline1
dateline123 geopolitics geopolitics1 geopolitics123 school123 schoolschool123
"""
COMMON_PASSWORDS = frozenset(COMMON.split()) | {"correct horse battery staple", "the quick brown fox"}


class BadCredentials(Exception):
    """A user name or password cannot be taken; ``field`` names the one, the message says what to choose instead."""

    def __init__(self, field: Literal["username", "password"], message: str) -> None:
        """Keep the field beside the message."""
        super().__init__(message)
        self.field = field


def username_key(username: str) -> str:
    """Return the form by which user names are compared: "Ana  K" and "ana k" are one name."""
    return " ".join(unicodedata.normalize("NFKC", username).casefold().split())


def likeness(username: str) -> str:
    """Return what a name looks like at a glance: "Ms Vučić", "ms.vucic" and "Ms Vuc1c" look the same.

    Accents, case, spaces and punctuation are left out, and letters that are easily taken for each other are one, those
    of other alphabets too: "Мѕ Расе" in Cyrillic letters is "Ms Pace".
    """
    plain = unicodedata.normalize("NFKD", username_key(username))
    letters = "".join(character for character in plain if unicodedata.category(character)[0] in "LN")
    return letters.translate(MISTAKEN)


def check_username(username: str) -> str:
    """Return a user name as it will be shown, or raise `BadCredentials` with what to choose instead."""
    cleaned = " ".join(part for part in unicodedata.normalize("NFC", username).split(" ") if part)
    least, most = USERNAME_LENGTHS
    if len(cleaned) < least or max(len(cleaned), len(username_key(cleaned))) > most:
        raise BadCredentials("username", f"Choose a user name of {least} to {most} characters.")
    if not all(_is_letter_or_digit(character) or character in PUNCTUATION for character in cleaned):
        raise BadCredentials("username", "Use only letters, digits, spaces and . - _ ' in the user name.")
    if not any(unicodedata.category(character)[0] in "LN" for character in cleaned):
        raise BadCredentials("username", "Use at least one letter or digit in the user name.")
    if not _is_one_script(cleaned):
        raise BadCredentials("username", "Write the user name in one alphabet: look-alike letters can deceive.")
    return cleaned


def check_password(password: str, *, role: str, username: str) -> str:
    """Return a password as it will be hashed (NFC), or raise `BadCredentials`; any characters are welcome."""
    chosen = unicodedata.normalize("NFC", password)
    least = LEAST_PASSWORD_LENGTHS[role]
    if len(chosen) < least:
        raise BadCredentials(
            "password", f"Choose a password of at least {least} characters; a few words in a row will do."
        )
    if len(chosen) > PASSWORD_LENGTH:
        raise BadCredentials("password", f"Choose a password of at most {PASSWORD_LENGTH} characters.")
    folded = chosen.casefold()
    is_common = folded in COMMON_PASSWORDS or len(set(folded)) < FEWEST_DIFFERENT_CHARACTERS
    if is_common or username_key(folded) == username_key(username):
        raise BadCredentials(
            "password", "That password is among the first that others would guess. Choose another one."
        )
    return chosen


def clean_nickname(nickname: str) -> str:
    """Return what a guest wants to be called, without control characters and cut to its length; it may be empty."""
    shown = "".join(
        " " if unicodedata.category(character) in {"Cc", "Zl", "Zp"} else character
        for character in unicodedata.normalize("NFC", nickname)
        if unicodedata.category(character) not in {"Cf", "Cs", "Co", "Cn"}
    )
    return " ".join(shown.split())[:NICKNAME_LENGTH].strip()


def _is_letter_or_digit(character: str) -> bool:
    """Say whether a character is a letter, a mark on one, or a digit, and can be seen."""
    is_blank = character in BLANK or "VARIATION SELECTOR" in unicodedata.name(character, "")
    return unicodedata.category(character)[0] in "LMN" and not is_blank


def _is_one_script(text: str) -> bool:
    """Say whether all letters are of one script, told by their Unicode names; Japanese and Korean mix theirs."""
    scripts = {
        unicodedata.name(character, "UNKNOWN").split()[0]
        for character in unicodedata.normalize("NFKC", text)
        if unicodedata.category(character)[0] == "L" and unicodedata.category(character) != "Lm"
    }
    return len(scripts) <= 1 or any(scripts <= together for together in WRITTEN_TOGETHER)
