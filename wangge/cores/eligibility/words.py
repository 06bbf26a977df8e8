"""Room `cores.eligibility`: the words of the rule language, and one box of text cut into them."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal

from wangge.cores.eligibility.rules import Literal, Relative
from wangge.cores.messages.said import said

BIRTH_DATE = "birth_date"
"""The element that `age` is taken from unless another is named."""

PLAIN_WORD = r"""[^\s,，、()（）<>=!≥≤≠＞＜＝"“”'‘’;；]+"""
_TOKEN = re.compile(
    rf"""(?P<quoted>"(?:[^"]|"")*"|“[^”]*”|'[^']*'|‘[^’]*’)
    |(?P<sign>>=|<=|!=|<>|==|[=><≥≤≠＞＜＝])|(?P<comma>[,，、])|(?P<open>[(（])|(?P<close>[)）])
    |(?P<and>[;；\n])|(?P<word>{PLAIN_WORD})|(?P<blank>[^\S\n]+)|(?P<odd>.)""",
    re.VERBOSE,
)

SIGNS = {"=": "=", "==": "=", "＝": "=", "!=": "!=", "<>": "!=", "≠": "!=", ">": ">", "＞": ">", "<": "<", "＜": "<",
         ">=": ">=", "≥": ">=", "<=": "<=", "≤": "<="}  # fmt: skip
AND = frozenset({"and", "且", "并且"})
OR = frozenset({"or", "或", "或者"})
NOT = frozenset({"not", "非"})
IN = frozenset({"in", "属于"})
NOT_IN = frozenset({"不属于"})
KNOWN = frozenset({"known", "已知"})
UNKNOWN = frozenset({"unknown", "未知"})
YES = frozenset({"yes", "true", "是"})
NO = frozenset({"no", "false", "否"})
TODAY = frozenset({"today", "今天"})
THIS_YEAR = frozenset({"今年", "本年"})
RESERVED = AND | OR | NOT | IN | NOT_IN | KNOWN | UNKNOWN | {"age", "months", "starts", "within", "on", "is"}


@dataclass(frozen=True)
class Token:
    """A word, sign or quoted text of a rule and where it starts, counted from 0."""

    kind: str
    text: str
    offset: int

    @property
    def folded(self) -> str:
        """The word in small letters."""
        return self.text.casefold()


class ConditionError(ValueError):
    """A text that is no rule: where (`offset` from 0), what stands there, and what was expected."""

    def __init__(self, text: str, offset: int, found: str, expected: str) -> None:
        self.text, self.offset, self.found, self.expected = text, offset, found, expected
        what = f"'{found}'" if found else said("the end")
        self.message = said(
            "'%(text)s', character %(at)s: found %(what)s, expected %(expected)s",
            text=text,
            at=offset + 1,
            what=what,
            expected=expected,
        )
        super().__init__(self.message)


def tokens(text: str) -> list[Token]:
    """The words of a text. Raises ConditionError for a quote that is not closed and other odd signs."""
    found = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "odd"
        if kind == "odd":
            quote = match.group() in "\"“”'‘’"
            expected = said("a closing quote") if quote else said("a name, a sign or a value")
            raise ConditionError(text, match.start(), match.group(), expected)
        if kind == "quoted":
            inner = match.group()[1:-1]
            inner = inner.replace('""', '"') if match.group()[0] == '"' else inner
            found.append(Token(kind, inner, match.start()))
        elif kind != "blank":
            found.append(Token(kind, match.group(), match.start()))
    return found


def literal(word: str) -> Literal:
    """What an unquoted word means where nobody declared the element: yes/no, number, date, else text."""
    folded = word.casefold()
    if folded in YES | NO:
        return folded in YES
    if folded in TODAY:
        return Relative.TODAY
    if folded in THIS_YEAR:
        return Relative.THIS_YEAR
    if re.fullmatch(r"-?(0|[1-9]\d*)", word, re.ASCII):
        return int(word)
    if re.fullmatch(r"-?\d+\.\d+", word, re.ASCII):
        return Decimal(word)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", word, re.ASCII):
        try:
            return dt.date.fromisoformat(word)
        except ValueError:
            return word
    return word


def is_spoken_for(word: str) -> bool:
    """True for a word that would not be read back as the text that it is."""
    return not isinstance(literal(word), str) or word.casefold() in RESERVED | {"this", "year"}
