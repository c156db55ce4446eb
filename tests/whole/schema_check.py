"""Validates YAML files against a JSON Schema with an implementation that is not ours (python3-jsonschema).

usage: schema_check.py SCHEMA FILE...
YAML is read as uptake reads it: version 1.2's core types, so that `yes` is a text and a date is no object.
Exit codes: 0 all valid; 1 a file is not, or the schema itself is not; 77 the modules are not installed.
"""

import json
import re
import sys

try:
    import jsonschema
    import yaml
except ImportError as missing:
    print("skipped:", missing)
    sys.exit(77)


class Core(yaml.SafeLoader):
    pass


Core.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("bool", r"true|false", "tf"),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("int", r"-?(0|[1-9][0-9]*)", "-0123456789"),
    ("float", r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?", "-0123456789"),
):
    Core.add_implicit_resolver("tag:yaml.org,2002:" + tag, re.compile("^(?:%s)$" % pattern), list(first))

schema = json.load(open(sys.argv[1], encoding="utf-8"))
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
bad = 0
for path in sys.argv[2:]:
    with open(path, encoding="utf-8") as file:
        model = yaml.load(file, Loader=Core)
    errors = sorted(validator.iter_errors(model), key=lambda e: list(map(str, e.absolute_path)))
    for error in errors[:3]:
        print("%s: %s: %s" % (path, "/".join(map(str, error.absolute_path)), error.message[:200]))
    bad += bool(errors)
print("%d files, %d invalid" % (len(sys.argv) - 2, bad))
sys.exit(bad > 0)
