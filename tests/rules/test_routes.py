"""Every route names a permission of ``access/policy.py``; the policy names no role that nobody knows.

To mend: name the permission on the route (`@router.get(…, permission="cases.see")`); a new permission is one line of
`platform/access/policy.py`.
"""

from typing import get_args, get_type_hints

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from ninja import NinjaAPI, Router
from pydantic import BaseModel, create_model

from wangge.entry.web.routing import GuardedRouter
from wangge.platform.access import policy

# Pages and views outside the API that anybody may open, each with its reason.
OPEN = {
    "": "the front door: it leads to the portal and knows nothing",
    "phone/sw.js": "the phone's service worker: it holds what the phone's pages hold",
    "healthz": "says that the process answers, nothing else",
    **{
        f"{app}/{rest}": "the app's page: what stands on it, it asks the API for"
        for app in ("console", "phone", "portal")
        for rest in ("", "<path:rest>")
    },
}


def operations(api):
    for prefix, router in api._routers:
        for path, view in router.path_operations.items():
            for operation in view.operations:
                yield f"{prefix}{path}", operation.view_func


def routes_without_permission(api):
    return [
        path for path, view in operations(api) if getattr(view, "permission", None) not in policy.PERMISSIONS
    ]


def test_every_route_of_the_api_has_a_permission():
    from wangge.entry.web.urls import api

    assert list(operations(api))
    assert routes_without_permission(api) == []


def test_the_rule_sees_a_route_without_permission():
    api, router = NinjaAPI(urls_namespace="rule"), Router()

    @router.get("/open")
    def anybody(request):
        return {}

    api.add_router("/x", router)
    assert len(routes_without_permission(api)) == 1


def test_a_guarded_route_cannot_be_written_without_a_permission():
    with pytest.raises(TypeError):
        GuardedRouter().get("/open", response=None)
    with pytest.raises(KeyError):
        GuardedRouter().get("/open", permission="nobody.knows", response=None)


def patterns(resolver, prefix=""):
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from patterns(one, prefix + str(one.pattern))
        elif isinstance(one, URLPattern):
            yield prefix + str(one.pattern)


def test_every_view_outside_the_api_and_sign_in_is_listed():
    outside = [p for p in patterns(get_resolver()) if not p.startswith(("api/", "_allauth/"))]
    assert sorted(outside) == sorted(OPEN)


def test_the_policy_names_only_known_roles():
    known = policy.ROLES | {policy.ANYONE, policy.SIGNED_IN, policy.RESIDENT}
    for permission, who in policy.PERMISSIONS.items():
        assert ({who} if isinstance(who, str) else who) <= known, permission


def test_system_actors_hold_only_known_permissions():
    for name, may in policy.SYSTEM.items():
        assert may <= set(policy.PERMISSIONS), name


def schemas_of_one_name(api):
    """OpenAPI knows a schema by its name alone: of two classes with one name, one describes the other's answers."""
    found = {}
    for _path, view in operations(api):
        hints = get_type_hints(view, include_extras=False)
        for kind in hints.values():
            gather(kind, found)
    return sorted(name for name, kinds in found.items() if len(kinds) > 1)


def gather(kind, found):
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        if kind in found.setdefault(kind.__name__, set()):
            return
        found[kind.__name__].add(kind)
        for field in kind.model_fields.values():
            gather(field.annotation, found)
    for inner in get_args(kind):
        gather(inner, found)


def test_no_two_schemas_have_one_name():
    from wangge.entry.web.urls import api

    assert schemas_of_one_name(api) == []


def test_the_rule_sees_two_schemas_of_one_name():
    one, other = create_model("Loaded", rows=(int, ...)), create_model("Loaded", names=(list[str], ...))
    api, router = NinjaAPI(urls_namespace="names"), Router()

    def first(request):
        return None

    def second(request):
        return None

    first.__annotations__["return"], second.__annotations__["return"] = one, list[other]
    router.get("/a")(first)
    router.get("/b")(second)
    api.add_router("/x", router)
    assert schemas_of_one_name(api) == ["Loaded"]
