"""Every act that a room records has its word in both languages: people read trails, not codes.

To mend: add the verb to `platform/audit/words.yaml`, in both languages.
"""

import ast
import re

from source import modules

from wangge.platform.access.labels import Labels
from wangge.work.cases import states as case_states
from wangge.work.services import states as service_states

WORDS = Labels("wangge.platform.audit")


def literal_verbs():
    for name, tree in modules():
        for call in ast.walk(tree):
            if isinstance(call, ast.Call):
                for one in call.keywords:
                    said = (
                        one.value.value if one.arg == "verb" and isinstance(one.value, ast.Constant) else ""
                    )
                    if re.fullmatch(r"[a-z]+\.[a-z_]+", str(said)):
                        yield name, str(said)


def test_every_act_has_its_word():
    """An act without a word would stand in a trail as its code: add it to `wangge/platform/audit/words.yaml`."""
    known = WORDS.codes("verbs")
    found = set(literal_verbs())
    assert len(found) > 60
    assert sorted({f"{name}: {verb}" for name, verb in found if verb not in known}) == []
    assert {f"cases.{line.verb}" for line in case_states.TABLE} <= known
    assert {f"services.{verb}" for verb in service_states.VERBS} <= known
    assert "hub.nobody_wrote" not in known
