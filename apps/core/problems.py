"""What the API refuses: one shape for all of it, problem details as of RFC 9457."""

from http import HTTPStatus
from typing import Any

from rest_framework.exceptions import ValidationError
from rest_framework.response import Response
from rest_framework.settings import api_settings
from rest_framework.views import exception_handler

MEDIA_TYPE = "application/problem+json"
SENTENCES = {"type": "object", "additionalProperties": {}, "description": "Sentences by field."}
SCHEMA = {
    "type": "object",
    "description": "Fields with their sentences stand beside these members too.",
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string", "description": "The status in words."},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "A sentence: what, who may, why not now."},
        "errors": SENTENCES,
    },
    "required": ["type", "title", "status", "detail"],
}


def answer(error: Exception, context: dict[str, Any]) -> Response | None:
    """The exception handler of every view; None for what is nobody's refusal."""
    response = exception_handler(error, context)
    if response is None:
        return None
    data = response.data
    told = data if isinstance(data, dict) else {api_settings.NON_FIELD_ERRORS_KEY: data}
    is_invalid = isinstance(error, ValidationError)
    problem = {
        "type": "about:blank",
        "title": HTTPStatus(response.status_code).phrase,
        "status": response.status_code,
        "detail": first_sentence(told) if is_invalid else str(told.get("detail", "")),
    }
    response.data = {**told, **problem, **({"errors": told} if is_invalid else {})}
    renderer = getattr(context["request"], "accepted_renderer", None)
    if renderer is None or renderer.format == "json":
        response.content_type = MEDIA_TYPE
    return response


def first_sentence(told: Any) -> str:
    """The first of nested sentences."""
    while isinstance(told, dict | list):
        told = next(iter(told.values() if isinstance(told, dict) else told), "")
    return str(told)


def describe(result: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
    """A hook of the schema: every operation may be refused in this shape."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    refused = "Refused: 400 at its fields, 403 who may or why not now, 404 nothing of yours."
    result["components"]["schemas"]["Problem"] = SCHEMA
    result["components"]["responses"] = {"Problem": {"description": refused, "content": content}}
    for methods in result["paths"].values():
        for operation in methods.values():
            operation["responses"]["4XX"] = {"$ref": "#/components/responses/Problem"}
    return result
