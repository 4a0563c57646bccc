"""Refuses what API Gateway does not import from an OpenAPI document, or drops with a warning. The rules are those of
"Amazon API Gateway important notes for REST APIs", and of the warnings that its import is known to give."""

import re
import sys
from pathlib import Path

from samcli.yamlhelper import yaml_parse

KEYWORDS = {"default", "deprecated", "discriminator", "example", "examples", "exclusiveMaximum", "exclusiveMinimum"}
KEYWORDS |= {"nullable", "readOnly", "writeOnly", "oneOf", "anyOf", "allOf", "not"}
FORMATS = {"int32", "int64", "decimal"}
# Objects whose keys are names that the document's author chose.
NAMED = {"properties", "parameters", "schemas", "responses", "headers", "paths"}
METHODS = {"get", "put", "post", "delete", "options", "head", "patch"}
SEGMENT = r"[A-Za-z0-9_.,:-]*|\{[A-Za-z0-9_.,:-]+\+?\}"


def keywords(node, at="", named=False):
    """Unsupported keywords, formats and references anywhere below a node."""
    if isinstance(node, list):
        for index, item in enumerate(node):
            yield from keywords(item, f"{at}/{index}")
    elif isinstance(node, dict):
        for key, value in node.items():
            where = f"{at}/{key}"
            if str(key).startswith("x-"):
                continue
            if not named and key in KEYWORDS:
                yield f"{where}: this keyword is not supported"
            if not named and key == "format" and value in FORMATS:
                yield f"{where}: the format {value} is not supported"
            if not named and key == "$ref" and not str(value).startswith("#/"):
                yield f"{where}: other files can't be referred to"
            yield from keywords(value, where, not named and key in NAMED)


def responses(document):
    for path, methods in document.get("paths", {}).items():
        for method, operation in methods.items():
            if method in METHODS:
                for status, response in operation.get("responses", {}).items():
                    yield f"/paths{path}/{method}/responses/{status}", str(status), response


def problems(document):
    yield from keywords(document)
    for at, status, response in responses(document):
        if not re.fullmatch("[1-5][0-9][0-9]", status):
            yield f"{at}: only single status codes are supported"
        if "$ref" in response:
            yield f"{at}: a referenced response is dropped"
        for media_type, content in response.get("content", {}).items():
            schema = content.get("schema", {})
            if "$ref" not in schema and schema.get("type") != "object":
                yield f"{at}/{media_type}: its schema must be an object or a reference"
    for path in document.get("paths", {}):
        if not all(re.fullmatch(SEGMENT, segment) for segment in path.split("/")):
            yield f"/paths{path}: a segment has characters that are not supported, or is not a parameter as a whole"
    components = document.get("components", {})
    for name in components.get("schemas", {}):
        if not re.fullmatch("[A-Za-z0-9]+", name):
            yield f"/components/schemas/{name}: names of models are alphanumeric"
    for name, scheme in components.get("securitySchemes", {}).items():
        if scheme.get("type") != "apiKey":
            yield f"/components/securitySchemes/{name}: its type must be apiKey"
    if "security" in document:
        yield "/security: only operations can have it"


# Each rule must refuse its example, or the check would pass for nothing.
BROKEN = [f"components: {{schemas: {{A: {{{keyword}: x}}}}}}" for keyword in sorted(KEYWORDS)]
BROKEN += [f"components: {{schemas: {{A: {{properties: {{default: {{format: {name}}}}}}}}}}}" for name in sorted(FORMATS)]
BROKEN += [
    "components: {schemas: {A: {$ref: other.yaml#/A}}}",
    "components: {schemas: {A_1: {type: object}}}",
    "components: {securitySchemes: {a: {type: http}}}",
    "security: []",
    "paths: {'/a{id}': {get: {}}}",
    "paths: {/a: {get: {responses: {default: {description: x}}}}}",
    "paths: {/a: {get: {responses: {4XX: {description: x}}}}}",
    "paths: {/a: {get: {responses: {'500': {$ref: '#/components/responses/Problem'}}}}}",
    "paths: {/a: {get: {responses: {'200': {content: {application/json: {schema: {type: array}}}}}}}}",
    "paths: {/a: {get: {parameters: [{name: a, in: query, schema: {type: boolean, default: false}}]}}}",
    "paths: {/a: {post: {requestBody: {content: {application/json: {example: {}}}}}}}",
]


def check(file):
    for snippet in BROKEN:
        if len(list(problems(yaml_parse(snippet)))) != 1:
            sys.exit(f"The check is broken: it should find one problem in {snippet}")
    document = yaml_parse(Path(file).read_text())
    found = list(problems(document))
    if found:
        sys.exit("API Gateway would not import all of " + file + ":\n" + "\n".join(found))
    print(f"OpenAPI: API Gateway imports {len(list(responses(document)))} responses without warnings")


check("functions/api.yaml")
