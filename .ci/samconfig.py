"""Refuses parameters in samconfig.toml that the template does not have; SAM CLI silently drops them."""

import sys
from pathlib import Path

import tomlkit
from samcli.yamlhelper import yaml_parse

known = yaml_parse(Path("template.yaml").read_text()).get("Parameters", {})
for environment, commands in tomlkit.parse(Path("samconfig.toml").read_text()).items():
    if environment == "version":
        continue
    for override in commands["deploy"]["parameters"]["parameter_overrides"]:
        name = override.split("=")[0]
        if name not in known:
            sys.exit(f"samconfig.toml, {environment}: the template has no parameter {name}")
