"""The container files: what their linters say, and what no linter can know of this product.

To mend: do what the linter's rule says (its code stands in the message); one that can't be kept is ignored in the file itself, with the
reason in the line above.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from source import HOUSE

ROOT = HOUSE.parent
CONTAINERFILE, COMPOSE = ROOT / "deploy/Containerfile", ROOT / "deploy/compose.yaml"
COMMANDS = Path(sys.executable).parent


def linted(*command):
    """The exit status and the words of a linter."""
    done = subprocess.run([COMMANDS / command[0], *command[1:]], capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def hadolint(file):
    return linted("hadolint", "--no-color", str(file))


def compose_schema(file):
    return linted("check-jsonschema", "--builtin-schema", "vendor.compose-spec", str(file))


def instructions(name):
    """What stands behind an instruction of the Containerfile, its lines joined."""
    text = re.sub(r"\\\n", " ", CONTAINERFILE.read_text("utf-8"))
    return [line.split(" ", 1)[1].strip() for line in text.splitlines() if line.startswith(f"{name} ")]


def services():
    return yaml.safe_load(COMPOSE.read_text("utf-8"))["services"]


def test_the_linters_find_nothing():
    assert hadolint(CONTAINERFILE) == (0, "")
    assert compose_schema(COMPOSE)[0] == 0


@pytest.mark.parametrize(
    "old, new, code",
    [
        ("bookworm-slim AS built", "latest AS built", "DL3007"),
        ("--no-install-recommends ca-certificates", "ca-certificates", "DL3015"),
        ('CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]', "CMD wangge serve", "DL3025"),
        ("# hadolint ignore=DL3008\n", "", "DL3008"),
    ],
)
def test_the_linter_sees_a_fault_in_the_containerfile(tmp_path, old, new, code):
    text = CONTAINERFILE.read_text("utf-8")
    assert old in text
    (tmp_path / "Containerfile").write_text(text.replace(old, new, 1), "utf-8")
    status, said = hadolint(tmp_path / "Containerfile")
    assert status != 0
    assert code in said


def test_the_schema_sees_a_key_that_does_not_exist(tmp_path):
    (tmp_path / "compose.yaml").write_text(
        COMPOSE.read_text("utf-8").replace("depends_on:", "depends:"), "utf-8"
    )
    status, said = compose_schema(tmp_path / "compose.yaml")
    assert status != 0
    assert "depends" in said


def test_the_image_runs_as_nobody_in_particular_and_keeps_state_on_a_volume():
    (user,) = instructions("USER")
    assert user.split(":")[0].isdecimal()
    assert int(user.split(":")[0]) >= 10_000
    (volume,) = instructions("VOLUME")
    assert any(f"WANGGE_HOME={volume}" in one for one in instructions("ENV"))


def test_what_the_image_copies_is_all_that_the_engine_is_sent():
    allowed = {
        line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")
    }
    copied = {one.split()[0] for one in instructions("COPY") if not one.startswith("--from")}
    assert copied == allowed == {"dist/*.whl", "requirements/run.txt"}


def test_every_package_comes_by_its_hash():
    installs = [one for one in instructions("RUN") if "pip install" in one]
    assert [("--require-hashes" in one, "--no-index" in one) for one in installs] == [
        (True, False),
        (False, True),
    ]


def test_the_services_ask_the_image_for_its_health_as_it_does_itself():
    (itself,) = instructions("HEALTHCHECK")
    said = json.loads(itself[itself.index("CMD ") + 4 :])
    assert services()["server"]["healthcheck"]["test"] == ["CMD", *said]


def test_no_secret_stands_in_the_files_and_only_this_machine_is_listened_to():
    for name, service in services().items():
        for variable, value in service["environment"].items():
            if re.search(r"PASSWORD|SECRET|URL", variable):
                assert "${WANGGE_DATABASE_PASSWORD:?" in value, (name, variable)
        assert all(one.startswith("127.0.0.1:") for one in service.get("ports", ()))


def test_every_setting_of_the_services_is_described():
    described = (ROOT / "docs/settings.md").read_text("utf-8")
    named = {
        one for service in services().values() for one in service["environment"] if one.startswith("WANGGE_")
    }
    assert "WANGGE_HOSTS" in named
    assert [one for one in sorted(named) if f"`{one}`" not in described] == []
