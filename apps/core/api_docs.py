"""The API's description as a page: made from the same schema, without scripts of other hosts."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator

from apps.core.ui.formats import language


@dataclass(frozen=True, slots=True)
class Operation:
    """What one address does by one method, and what it takes."""

    method: str
    path: str
    summary: str
    parameters: tuple[tuple[str, str, str], ...]


@require_safe
def api_docs(request: HttpRequest) -> HttpResponse:
    """Every address of the API with its parameters."""
    return render(request, "api_docs.html", {"operations": operations(language())})


@lru_cache(maxsize=4)
def operations(_language: str) -> list[Operation]:
    """Read out of the schema in the active language, once a process and language."""
    generator: Any = SchemaGenerator
    schema: dict[str, Any] = generator().get_schema(request=None, public=True)
    return [
        Operation(
            method.upper(),
            path,
            operation.get("description", ""),
            parameters(operation) + body(operation, schema),
        )
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    ]


def parameters(operation: dict[str, Any]) -> tuple[tuple[str, str, str], ...]:
    """(name, kind, meaning) of each query parameter."""
    found = [one for one in operation.get("parameters", []) if one["in"] == "query"]
    return tuple((one["name"], kind_of(one["schema"]), meaning(one)) for one in found)


def body(operation: dict[str, Any], schema: dict[str, Any]) -> tuple[tuple[str, str, str], ...]:
    """(name, kind, meaning) of each field of what is sent."""
    if "requestBody" not in operation:
        return ()
    name = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].split("/")[-1]
    fields: dict[str, Any] = schema["components"]["schemas"][name]["properties"]
    return tuple((name, kind_of(field), meaning(field)) for name, field in fields.items())


def meaning(parameter: dict[str, Any]) -> str:
    """What a parameter is for; the list of its values is said by its kind already."""
    text = str(parameter.get("description", ""))
    return "" if text.startswith("*") else text.partition("\n\n*")[0]


def kind_of(schema: dict[str, Any]) -> str:
    """The type of a parameter or field in a few words."""
    if schema.get("type") == "array":
        return kind_of(schema["items"])
    if "enum" in schema:
        return " | ".join(str(value) for value in schema["enum"])
    return str(schema.get("format") or schema.get("type", ""))
