"""Every message of the server is in the Chinese catalogue, whole, and reaches people through HTTP in their language.

To mend: put the sentence into `_()` (in cores, and wherever a file is read, into `said()`) and its Chinese into
`entry/site/locale/zh_Hans/LC_MESSAGES/django.po`.
"""

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
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from django.utils.translation import trans_real
from source import HOUSE, modules, write

from wangge.cores.messages.said import packed, said, unpacked
from wangge.cores.tables.errors import RowError
from wangge.platform.access.errors import Refusal
from wangge.platform.access.saying import in_row

CATALOGUE = HOUSE / "entry/site/locale/zh_Hans/LC_MESSAGES/django.po"
# Which argument is the message id, as babel's extractor wants it. None of the house's messages has a context.
PLAIN = ("_", "gettext", "gettext_lazy", "gettext_noop", "said")
COUNTED = ("ngettext", "ngettext_lazy")
KEYWORDS = dict.fromkeys(PLAIN) | dict.fromkeys(COUNTED, (1, 2))
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]")
# What carries words to people, in any room: refusals, rows in error, rules that can't be read. Words in their arguments
# are something said, or translated already; codes and names of columns are no words.
REFUSALS = {one.__name__ for one in (Refusal, *Refusal.__subclasses__())}
SPEAKERS = REFUSALS | {
    "Unreadable", "RowError", "refusal", "error", "fault", "_error", "_refuse", "_take", "_next", "ConditionError", "RuleProblem"
}  # fmt: skip
FOR_OPERATORS = {"log", "parser", "logging"}
SHOWN_AS_IT_IS = {"bbox=111.28,30.69,111.31,30.71"}  # an example to copy
CODE = re.compile(r"[a-z0-9_.:-]*")
LETTERS = re.compile(r"[^\W\d_]{2}")
CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")  # some messages are signs only


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


def speaks(call: ast.AST) -> bool:
    """Whether a call hands words to people."""
    if not isinstance(call, ast.Call):
        return False
    if isinstance(call.func, ast.Name):
        return call.func.id in SPEAKERS
    return (
        isinstance(call.func, ast.Attribute)
        and call.func.attr in SPEAKERS
        and not (isinstance(call.func.value, ast.Name) and call.func.value.id in FOR_OPERATORS)
    )


def bare_words(node: ast.AST):
    """Words in an expression that no translator sees: text outside ``said(…)`` and ``_(…)``."""
    if isinstance(node, ast.Call):
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name in PLAIN + COUNTED:
            return
        for part in (*node.args, *(k.value for k in node.keywords)):
            yield from bare_words(part)
    elif isinstance(node, ast.Subscript):
        yield from bare_words(node.value)  # a key is no word
    elif isinstance(node, ast.JoinedStr):
        for part in node.values:
            inner = part.value if isinstance(part, ast.FormattedValue) else part
            if isinstance(inner, ast.Constant):
                if LETTERS.search(str(inner.value)):
                    yield str(inner.value)
            else:
                yield from bare_words(inner)
    elif isinstance(node, ast.Constant):
        if isinstance(node.value, str) and LETTERS.search(node.value) and not CODE.fullmatch(node.value):
            yield node.value
    elif not isinstance(node, ast.Compare):
        for part in ast.iter_child_nodes(node):
            yield from bare_words(part)


def untranslated(root: Path = HOUSE):
    """Words that a room hands to people without a translation, also by way of a name that holds them."""
    for name, tree in modules(root):
        named: dict[str, ast.AST] = {
            target.id: node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
            and isinstance(node.value, ast.Constant | ast.JoinedStr | ast.IfExp)
        }
        for call in filter(speaks, ast.walk(tree)):
            for part in (*call.args, *(k.value for k in call.keywords)):
                if isinstance(part, ast.Constant) and part.value in SHOWN_AS_IT_IS:
                    continue
                held = named.get(part.id) if isinstance(part, ast.Name) else None
                for words in bare_words(held or part):
                    yield f"{name}:{call.lineno}: {words!r} is said to people in one language: say said(…) or _(…)"


def test_every_message_has_its_chinese():
    said = messages()
    assert len(said) > 200, "the extractor found next to nothing"
    assert list(faults(said, catalogue(CATALOGUE.read_bytes()))) == []


def test_every_message_can_be_collected():
    assert list(unreadable()) == []


def test_whatever_a_room_says_to_people_is_translated():
    assert len({name for name, tree in modules() if any(map(speaks, ast.walk(tree)))}) > 40
    assert list(untranslated()) == []


def test_the_rule_sees_words_in_one_language(tmp_path):
    source = (
        "advice = 'Send it again.'\n"
        "fine = said('Send it again.')\n"
        "def act(table, row, why, log):\n"
        "    log.error('for operators only')\n"
        "    table.error(row, 'no_date', said('a date'), fine)\n"
        "    raise Invalid('bad_box', _('No box: %(why)s.') % {'why': why}, advice=f'{why}: {row}')\n"
        "def act_badly(table, row, why):\n"
        "    table.error(row, 'no_date', 'a date', fine)\n"
        "    table.error(row, 'no_date', said('a date'), advice)\n"
        "    raise Forbidden('no_grant', f'Not yours: {why}')\n"
        "def act_worse(file, near):\n"
        "    raise refusal(file, 'no_sheet', said('a sheet'), f\"{near or '(whole city)'}\")\n"
    )
    write(tmp_path, "cores/tables/reading.py", source)
    assert [line.split(": ")[0] for line in untranslated(tmp_path)] == [
        f"cores/tables/reading.py:{line}" for line in (8, 9, 10, 12)
    ]


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


@pytest.mark.django_db
def test_what_cores_say_of_a_file_comes_in_the_readers_language(compiled, client, user_with):
    from wangge.platform.access.models import User

    uid, _actor = user_with("admin", ("administrator",))
    client.force_login(User.objects.get(uid=uid), backend="django.contrib.auth.backends.ModelBackend")
    rows = "种类,大类代码,大类名称,小类代码,小类名称,立案条件,结案条件,处置时限,需要照片\n部件,x1,公用,01,井盖,缺失,恢复,4 斤,是\n"
    told = {}
    for language in ("zh-hans", "en"):
        file = SimpleUploadedFile("类别.csv", rows.encode(), "text/csv")
        answer = client.post("/api/cases/classes", {"file": file}, headers={"Accept-Language": language})
        assert answer.status_code == 422, answer.content.decode()
        told[language] = answer.json()
    zh, en = told["zh-hans"], told["en"]
    assert zh["message"].startswith(
        "类别.csv 有 2 处错误：\n类别.csv，第 2 行，“大类代码”列：现为“x1”，应为：形如 01 的两位代码。请填写类别代码。"
    )
    assert zh["faults"][1]["expected"] == "形如“4 工作时”“2 紧急工作时”的时限"
    assert "“4 斤”里的单位“斤”不认识" in zh["faults"][1]["advice"]
    assert not CHINESE.search(re.sub("类别|大类代码|处置时限|斤|[自紧急工作然日时]|时限", "", en["message"]))
    assert en["message"].startswith("2 errors in 类别.csv:\n类别.csv, row 2, column '大类代码': found 'x1'")


@pytest.mark.django_db
def test_what_the_api_itself_refuses_comes_in_chinese(compiled, client):
    nobody = client.get("/api/access/users", headers={"Accept-Language": "zh-hans"})
    assert (nobody.status_code, nobody.json()["message"]) == (401, "还没有登录。")
    wrong = client.get("/api/city/days?year=x", headers={"Accept-Language": "zh-hans"})
    assert [fault["message"] for fault in wrong.json()["faults"]] == ["应为整数。"]


def test_a_fault_that_was_put_away_is_said_in_the_language_of_whoever_reads_it(compiled):
    expected, advice = (
        packed(said("a date between %(first)s and today", first="1900-01-01"), 200),
        packed(said("Correct the date."), 300),
    )
    error = RowError(
        "f.xlsx", None, 7, "出生日期", "2126-01-01", "date_out_of_range", unpacked(expected), unpacked(advice)
    )
    with translation.override("zh-hans"):
        assert (
            in_row(error)
            == "第 7 行“出生日期”：现为“2126-01-01”，应为：1900-01-01 到今天之间的日期。请改正日期。"
        )
    with translation.override("en"):
        assert (
            in_row(error)
            == "row 7, '出生日期': found '2126-01-01', expected a date between 1900-01-01 and today. Correct the date."
        )
