"""Refuses parameters in samconfig.toml that the template does not have, which SAM CLI silently drops, and a release id
that CloudFormation would take from a plain sam deploy."""

import re
import sys
from pathlib import Path

import tomlkit
from samcli.yamlhelper import yaml_parse

known = yaml_parse(Path("template.yaml").read_text()).get("Parameters", {})
for environment, commands in tomlkit.parse(Path("samconfig.toml").read_text()).items():
    if environment == "version":
        continue
    values = dict(each.split("=", 1) for each in commands["deploy"]["parameters"]["parameter_overrides"])
    for name in values:
        if name not in known:
            sys.exit(f"samconfig.toml, {environment}: the template has no parameter {name}")
    if re.fullmatch(known["ReleaseId"]["AllowedPattern"], values.get("ReleaseId", "0" * 64)):
        sys.exit(f"samconfig.toml, {environment}: a plain sam deploy would be accepted with this or the last ReleaseId")
