"""Writes sandbox/protocol/constraints.json: the lengths, ranges, patterns and enumerations of every member that the sandbox's operations take.

The SDK for JavaScript leaves these out of its model; botocore (Apache License 2.0) has them. Run with a Python that has botocore, after an
operation is added to docs/sandbox.md: python3 scripts/read-constraints.py
"""
import json
import pathlib
import re

import botocore.loaders

root = pathlib.Path(__file__).parent.parent
target = root / 'sandbox/protocol/constraints.json'
kinds = ('min', 'max', 'pattern', 'enum')


def documented():
    """The operations that the guide's table names, by service."""
    for line in (root / 'docs/sandbox.md').read_text().splitlines():
        row = re.match(r'\| `([a-z-]+)` +\| (\w+(?:, \w+)*) +\|$', line)
        if row and row[1] not in ('dynamodb', 'sqs'):  # A table of its own refuses what SQS does not take, in SQS's words.
            yield row[1], row[2].split(', ')


def constraint(shapes, name):
    """What holds for a value, and for what it holds where that has no name of its own in the SDK's model."""
    shape = shapes[name]
    own = {kind: shape[kind] for kind in kinds if kind in shape}
    for part in ('member', 'key', 'value'):
        if shape['type'] in ('list', 'map') and part in shape:
            inner = constraint(shapes, shape[part]['shape'])
            own.update({part: inner} if inner else {})
    return own


def constraints(shapes, names):
    found = {}
    walked = set()

    def walk(name):
        if name in walked:
            return
        walked.add(name)
        shape = shapes[name]
        for member, reference in shape.get('members', {}).items():
            own = constraint(shapes, reference['shape'])
            if own:
                found.setdefault(name, {})[member] = own
            walk(reference['shape'])
        for part in ('member', 'key', 'value'):
            if shape['type'] in ('list', 'map') and part in shape:
                walk(shape[part]['shape'])

    for name in names:
        found.setdefault(name, {})  # An operation without constraints is told too, so that a test can tell it from one that nobody read.
        walk(name)
    return found


loader = botocore.loaders.Loader()
services = {}
for service, operations in documented():
    model = loader.load_service_model(service, 'service-2')
    inputs = [model['operations'][name]['input']['shape'] for name in operations if 'input' in model['operations'].get(name, {})]
    services[service] = constraints(model['shapes'], inputs)
lines = [
    f'  {json.dumps(service)}: {{\n' + ',\n'.join(f'    {json.dumps(shape)}: {json.dumps(members, ensure_ascii=False)}' for shape, members in found.items()) + '\n  }'
    for service, found in services.items()
    if found
]
target.write_text('{\n' + ',\n'.join(lines) + '\n}\n')
print(f'{target.relative_to(root)}: {sum(len(found) for found in services.values())} shapes')
