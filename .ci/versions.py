"""Transforms the template as CloudFormation does, for releases that infra-tests/streamkeep deploy prepares: a changed
parameter makes a new version of every function that reads it, an unchanged release makes none, and a gradual rollout
returns every function to its last version when an alarm goes off."""

import logging
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import tomlkit
from samcli.lib.cfn_language_extensions.sam_integration import expand_language_extensions
from samcli.yamlhelper import yaml_parse
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator

TEMPLATE = Path("template.yaml")
CONFIG = tomlkit.parse(Path("samconfig.toml").read_text())
# Other values of parameters whose type does not tell one.
OTHER = {"Stage": "test", "AlarmEmail": "operations@example.com", "OutboundTypes": "order.placed"}


def released(changes=None):
    """The parameters that sam deploy gets, with changes of samconfig.toml, after its own were replaced."""
    with tempfile.TemporaryDirectory() as folder:
        sam = Path(folder, "sam")
        sam.write_text('#!/bin/sh\nprintf "%s\\n" "$@" >"$RECEIVED"\n')
        sam.chmod(0o755)
        config = tomlkit.parse(tomlkit.dumps(CONFIG))
        parameters = config["default"]["deploy"]["parameters"]
        overrides = dict(each.split("=", 1) for each in parameters["parameter_overrides"]) | (changes or {})
        parameters["parameter_overrides"] = [f"{name}={value}" for name, value in overrides.items()]
        file = Path(folder, "samconfig.toml")
        file.write_text(tomlkit.dumps(config))
        received = Path(folder, "received")
        path = os.pathsep.join([folder, os.environ["PATH"]])
        subprocess.run(
            ["infra-tests/streamkeep", "deploy", "--config-file", file],
            env=os.environ | {"PATH": path, "RECEIVED": str(received)},
            check=True,
        )
        arguments = received.read_text().splitlines()
        values = arguments[arguments.index("--parameter-overrides") + 1 :]
        return {name: value.strip('"') for name, value in (each.split("=", 1) for each in values)}


def template():
    """The template with its loops expanded and the API included, as the SAM transform gets it."""
    source = yaml_parse(TEMPLATE.read_text())
    parameters = source.pop("Parameters")  # with them, SAM CLI would resolve references to them
    expanded = expand_language_extensions(source, enabled=True).expanded_template | {"Parameters": parameters}
    for resource in expanded["Resources"].values():
        properties = resource.get("Properties", {})
        if "DefinitionBody" in properties:
            properties["DefinitionBody"] = yaml_parse(Path("functions/api.yaml").read_text())
        if "CodeUri" in properties:
            properties["CodeUri"] = "s3://bucket/" + properties["CodeUri"]
    return expanded


def transformed(parameters):
    """The resources after SAM's transform, by type and logical id."""
    resources = {}
    for logical_id, resource in Translator({}, Parser()).translate(template(), parameters)["Resources"].items():
        resources.setdefault(resource["Type"], {})[logical_id] = resource
    return resources


def versions(parameters):
    """The logical ids of the published versions by function: a version is published when its id is new."""
    return {
        version["Properties"]["FunctionName"]["Ref"]: logical_id
        for logical_id, version in transformed(parameters)["AWS::Lambda::Version"].items()
    }


def references(node):
    """The names in all Refs and Subs below a node."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from [value] if key == "Ref" else references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)
    elif isinstance(node, str):
        yield from (part.split("}")[0] for part in node.split("${")[1:])


def readers(name, source):
    """The functions with a parameter in their properties or in Globals."""
    in_all = name in references(source["Globals"]["Function"])
    return {
        function
        for function, resource in source["Resources"].items()
        if resource["Type"] == "AWS::Serverless::Function" and (in_all or name in references(resource))
    }


def other(name, parameter, value):
    """Another value than the present one."""
    if "AllowedValues" in parameter:
        return next(str(each) for each in parameter["AllowedValues"] if str(each) != str(value))
    return str(int(value) + 1) if parameter["Type"] == "Number" else OTHER[name]


def check_rollouts():
    for value in template()["Parameters"]["Rollout"]["AllowedValues"]:
        resources = transformed(released({"Rollout": value}))
        groups = resources.get("AWS::CodeDeploy::DeploymentGroup", {})
        for name, alias in resources["AWS::Lambda::Alias"].items():
            update = alias.get("UpdatePolicy", {}).get("CodeDeployLambdaAliasUpdate")
            if (update is None) != (value == "AllAtOnce"):
                sys.exit(f"Rollout={value} does not decide how {name} changes")
            group = groups[update["DeploymentGroupName"]["Ref"]]["Properties"] if update else None
            if group and not (
                group.get("AlarmConfiguration", {}).get("Enabled")
                and group["AlarmConfiguration"]["Alarms"]
                and "DEPLOYMENT_STOP_ON_ALARM" in group["AutoRollbackConfiguration"]["Events"]
                and value in str(group["DeploymentConfigName"])
            ):
                sys.exit(f"Rollout={value} does not return {name} to its last version on an alarm")
    print("Rollouts: gradual ones return to the last version on an alarm; AllAtOnce creates nothing for them")


def check_versions():
    before = released()
    published = versions(before)
    source = template()
    if versions(released()) != published:
        sys.exit("An unchanged release publishes new versions")
    for name, function in transformed(before)["AWS::Lambda::Function"].items():
        if before["ReleaseId"] not in str(function["Properties"].get("Description")):
            sys.exit(f"{name} is the same in each release, and Lambda publishes no version of an unchanged function")
    read = 0
    for name, parameter in source["Parameters"].items():
        if name == "ReleaseId":
            continue
        value = other(name, parameter, before.get(name, parameter.get("Default")))
        after = versions(released({name: value}))
        unchanged = sorted(function for function in readers(name, source) if after[function] == published[function])
        if unchanged:
            sys.exit(f"{name}={value} makes no new version of {', '.join(unchanged)}")
        read += len(readers(name, source))
    if read < len(published):
        sys.exit("No function reads a parameter: this checks nothing")
    print(f"Versions: an unchanged release makes none, and each changed parameter one of each of its {read} readers")


logging.disable(logging.WARNING)  # of the transform
os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")
check_versions()
check_rollouts()
