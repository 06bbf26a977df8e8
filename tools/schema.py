"""Write the API's OpenAPI schema for the front end's typed client, or prove that the one in the checkout is today's.

schema.py          write frontend/openapi.json
schema.py --check  exit 1 where the server's schema is another
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "frontend" / "openapi.json"


def schema() -> str:
    """The schema as sorted JSON, one key a line, so that a change of the API reads as a diff."""
    import django

    django.setup()
    from wangge.entry.web.urls import api

    return (
        json.dumps(api.get_openapi_schema(), ensure_ascii=False, indent=1, sort_keys=True, default=str) + "\n"
    )


def main() -> int:
    """Entry point of ``./run schema``."""
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(WANGGE_HOME=home, DJANGO_SETTINGS_MODULE="wangge.entry.site.settings")
        found = schema()
    if "--check" in sys.argv[1:]:
        if TARGET.read_text(encoding="utf-8") != found:
            print("frontend/openapi.json isn't the server's schema. Run ./run schema and commit the result.")
            return 1
        print("frontend/openapi.json is the server's schema")
        return 0
    TARGET.write_text(found, encoding="utf-8")
    print(f"wrote {TARGET.name}: {len(found) // 1024} KB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
