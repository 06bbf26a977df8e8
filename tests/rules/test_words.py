"""Every message of the server is in the Chinese catalogue, whole, and reaches people through HTTP in their language."""

from __future__ import annotations

import ast
import re
from collections import Counter
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.utils import translation
from django.utils.translation import trans_real
from source import HOUSE, modules, write

CATALOGUE = HOUSE / "entry/site/locale/zh_Hans/LC_MESSAGES/django.po"
# Which argument is the message id, as babel's extractor wants it. None of the house's messages has a context.
PLAIN = ("_", "gettext", "gettext_lazy", "gettext_noop")
COUNTED = ("ngettext", "ngettext_lazy")
KEYWORDS = dict.fromkeys(PLAIN) | dict.fromkeys(COUNTED, (1, 2))
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def messages(root: Path = HOUSE) -> dict[str, str]:
    """Message id -> the first place where the source says it. A plural is known by its singular."""
    found: dict[str, str] = {}
    for name, line, ids, _comments, _context in extract_from_dir(
        root, method_map=[("**.py", "python")], keywords=KEYWORDS
    ):
        found.setdefault(ids if isinstance(ids, str) else ids[0], f"{name}:{line}")
    return found


def catalogue(text: bytes) -> dict[str, str]:
    """Message id -> Chinese; a fuzzy entry counts for nothing, as for the compiler. Chinese has one plural form."""
    read = read_po(BytesIO(text), locale="zh_Hans", domain="django")
    return {
        one.id if isinstance(one.id, str) else one.id[0]: ""
        if one.fuzzy
        else (one.string if isinstance(one.string, str) else one.string[0])
        for one in read
        if one.id
    }


def faults(said: dict[str, str], translated: dict[str, str]):
    """What of the source has no Chinese, loses a placeholder or gains one; and what nobody says any more."""
    for message, where in said.items():
        chinese = translated.get(message, "")
        if not CHINESE.search(chinese):
            yield f"{where}: no Chinese for {message!r}: add it to {CATALOGUE.name}"
        elif Counter(PLACEHOLDER.findall(message)) != Counter(PLACEHOLDER.findall(chinese)):
            yield f"{where}: the Chinese of {message!r} has other placeholders: {chinese!r}"
    yield from (f"nobody says {message!r}: take it out" for message in translated if message not in said)


def unreadable(root: Path = HOUSE):
    """Calls that a collector of messages can't read: an f-string or a name, where a literal is needed.

    A name is fine where the literals are marked by ``gettext_noop`` in the same module.
    """
    for name, tree in modules(root):
        calls = [
            n
            for n in ast.walk(tree)
            if isinstance(n, ast.Call) and isinstance(n.func, ast.Name) and n.func.id in PLAIN + COUNTED
        ]
        marked = any(c.func.id == "gettext_noop" for c in calls)
        for call in calls:
            first = call.args[0] if call.args else None
            literal = isinstance(first, ast.Constant) and isinstance(first.value, str)
            if not literal and (isinstance(first, ast.JoinedStr | ast.BinOp) or not marked):
                yield f"{name}:{call.lineno}: {ast.unparse(call)}: a message id is a literal"


def test_every_message_has_its_chinese():
    said = messages()
    assert len(said) > 200, "the extractor found next to nothing"
    assert list(faults(said, catalogue(CATALOGUE.read_bytes()))) == []


def test_every_message_can_be_collected():
    assert list(unreadable()) == []


def test_the_rules_see_what_is_missing_wrong_or_left_over(tmp_path):
    source = (
        "from django.utils.translation import gettext as _, ngettext\n"
        "a = _('Said well: %(what)s.')\n"
        "b = _('Not in the catalogue.')\n"
        "c = _('Empty there.')\n"
        "d = _('Loses %(what)s.')\n"
        "e = _('Only '\n      'guessed.')\n"
        "f = ngettext('%(n)d door', '%(n)d doors', 2)\n"
        "g = _(f'Built of {a}.')\n"
        "h = _(a)\n"
    )
    write(tmp_path, "work/cases/actions.py", source)
    po = (
        'msgid "Said well: %(what)s."\nmsgstr "说得好：%(what)s。"\n\n'
        'msgid "Empty there."\nmsgstr ""\n\n'
        'msgid "Loses %(what)s."\nmsgstr "丢了 %(that)s。"\n\n'
        '#, fuzzy\nmsgid "Only guessed."\nmsgstr "猜的。"\n\n'
        'msgid "%(n)d door"\nmsgid_plural "%(n)d doors"\nmsgstr[0] "%(n)d 扇门"\n\n'
        'msgid "Of old."\nmsgstr "从前的。"\n'
    )
    found = "\n".join(faults(messages(tmp_path), catalogue(po.encode())))
    assert len(found.splitlines()) == 5, found
    assert all(
        word in found for word in ("Not in the catalogue", "Empty there", "Loses", "Only guessed", "Of old")
    )
    assert [line.split(": ")[0] for line in unreadable(tmp_path)] == [
        "work/cases/actions.py:9", "work/cases/actions.py:10"
    ]  # fmt: skip


def test_the_catalogue_says_nothing_that_changes_by_itself():
    header = CATALOGUE.read_text(encoding="utf-8").split("\n\n", 1)[0]
    assert "Date" not in header
    assert "@" not in header
    assert "\n#: " not in CATALOGUE.read_text(encoding="utf-8")


def forget():
    """Django keeps what it read of catalogues, for every language and for the thread."""
    trans_real._translations.clear()
    trans_real._default = None
    translation.deactivate()


@pytest.fixture
def compiled(tmp_path, settings):
    """The catalogue as it is in the source, compiled into a folder of its own: ``.mo`` files aren't committed."""
    folder = tmp_path / "locale/zh_Hans/LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "django.mo").open("wb") as target:
        write_mo(target, read_po(BytesIO(CATALOGUE.read_bytes()), locale="zh_Hans", domain="django"))
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    forget()
    yield folder / "django.mo"
    forget()


def test_the_compiled_catalogue_holds_every_message(compiled):
    with compiled.open("rb") as file:
        held = GNUTranslations(file)
    assert [message for message in messages() if not CHINESE.search(held.gettext(message))] == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "language, message",
    [
        ("zh-hans", "没有门牌 P-404。"),
        ("zh-CN,zh;q=0.9", "没有门牌 P-404。"),
        ("en", "There is no plate P-404."),
    ],
)
def test_a_refusal_comes_in_the_readers_language(compiled, client, user_with, language, message):
    from wangge.platform.access.models import User

    uid, _actor = user_with("planner", ("planner",))
    client.force_login(User.objects.get(uid=uid), backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get("/api/areas/plates/P-404", headers={"Accept-Language": language})
    assert answer.status_code == 404, answer.content.decode()
    assert (answer.json()["code"], answer.json()["message"]) == ("no_such_plate", message)
