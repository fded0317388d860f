"""Put this source tree into the running Python's environment: on its path, by name and version, with its command.

What an editable installation does, without a build: nothing has to be fetched to build with, and it takes no time.
Run by `./run` and `./test` with the environment's own Python.
"""

from __future__ import annotations

import shutil
import sys
import sysconfig
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COMMAND = """#!/bin/sh
'''exec' "{python}" "$0" "$@"
' '''
import sys
from {module} import {function}
if __name__ == "__main__":
    sys.exit({function}())
"""  # the guard keeps processes that a command starts from starting it again


def main() -> None:
    """Write the path file, the record of the distribution and one script for each command."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    packages, scripts = Path(sysconfig.get_path("purelib")), Path(sysconfig.get_path("scripts"))
    for old in (*packages.glob("sanyan-*.dist-info"), *packages.glob("__editable__.sanyan-*")):
        shutil.rmtree(old) if old.is_dir() else old.unlink()
    (packages / "sanyan-source.pth").write_text(f"{ROOT / 'src'}\n", encoding="utf-8")
    record = packages / f"{project['name']}-{project['version']}.dist-info"
    record.mkdir()
    fields = {"Metadata-Version": "2.1", "Name": project["name"], "Version": project["version"]}
    metadata = "".join(f"{field}: {value}\n" for field, value in fields.items())
    (record / "METADATA").write_text(metadata, encoding="utf-8")
    (record / "INSTALLER").write_text("tools/install_source.py\n", encoding="utf-8")
    for name, target in project["scripts"].items():
        module, _, function = target.partition(":")
        path = scripts / name
        path.write_text(COMMAND.format(python=sys.executable, module=module, function=function), encoding="utf-8")
        path.chmod(0o755)


if __name__ == "__main__":
    main()
