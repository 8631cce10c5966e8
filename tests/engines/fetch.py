"""Fetches the engines into `.engines/`: python -m tests.engines.fetch [prism flink spark].

Everything is pinned: packages by `requirements.lock`, jars by `*/jars.sha256`, the Go module by
its sum. An engine whose tools are not on this machine is named and left out.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

HERE = Path(__file__).parent
FOLDER = HERE.parents[1] / ".engines"
PINS = tomllib.loads((HERE / "engines.toml").read_text(encoding="utf-8"))
NEEDS = {"prism": ("go",), "flink": ("java", "mvn"), "spark": ("java", "mvn")}
#: Signatures of single jars and what stands in each jar once.
LEFT_OUT = re.compile(r"META-INF/(MANIFEST\.MF|[^/]+\.(SF|RSA|DSA|EC))|(.*/)?module-info\.class")


def missing_tools(engine):
    return [tool for tool in NEEDS[engine] if shutil.which(tool) is None]


def sha256(path):
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def fetch_prism():
    pin, target = PINS["prism"], FOLDER / "bin/prism"
    if not target.exists():
        name = f"{pin['module']}/{pin['command']}@{pin['version']}"
        home = {"GOBIN": str(target.parent), "GOPATH": str(FOLDER / "go"), "GOFLAGS": "-modcacherw"}
        subprocess.run(["go", "install", name], check=True, env=os.environ | home)
        shutil.rmtree(FOLDER / "go")
    said = subprocess.run(
        ["go", "version", "-m", target], capture_output=True, text=True, check=True
    )
    found = re.search(
        rf"^\s*mod\s+{re.escape(pin['module'])}\s+(\S+)\s+(\S+)", said.stdout, re.MULTILINE
    )
    if not found or found.groups() != (pin["version"], pin["sum"]):
        raise SystemExit(f"prism: built from another module than the one pinned: {found}")


def fetch_package(engine):
    """The engine's own jars, out of its source package."""
    pin, target = PINS[engine], FOLDER / engine
    if target.exists():
        return
    cache, wanted = FOLDER / "downloads", FOLDER / f"{engine}.lock"
    FOLDER.mkdir(exist_ok=True)
    lines = (HERE / "requirements.lock").read_text(encoding="utf-8").splitlines()
    wanted.write_text("\n".join(line for line in lines if line.startswith(pin["package"])))
    subprocess.run(
        [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-build-isolation",
         "--require-hashes", "--no-binary", ":all:", "--dest", cache, "--requirement", wanted],
        check=True,
    )  # fmt: skip
    (packed,) = cache.glob(f"{pin['package']}-{pin['version']}.tar.gz")
    with tarfile.open(packed) as tar:
        inside = [one for one in tar.getmembers() if re.match(r"[^/]+/deps/(lib|jars)/", one.name)]
        tar.extractall(FOLDER / f"{engine}.part", inside, filter="data")
    (jars,) = (FOLDER / f"{engine}.part").glob("*/deps/*")
    jars.rename(target)
    shutil.rmtree(FOLDER / f"{engine}.part")
    packed.unlink()
    wanted.unlink()


def fetch_job_server(engine):
    """Beam's job server: its jars by Maven, checked one by one, packed into one."""
    target = FOLDER / f"{engine}-job-server.jar"
    if target.exists():
        return
    parts = FOLDER / f"{engine}-parts"
    subprocess.run(
        ["mvn", "--quiet", "--batch-mode", "--file", HERE / engine / "pom.xml",
         "dependency:copy-dependencies", "-DincludeScope=runtime", f"-DoutputDirectory={parts}"],
        check=True,
    )  # fmt: skip
    pinned = (HERE / engine / "jars.sha256").read_text(encoding="utf-8").splitlines()
    found = [f"{sha256(path)}  {path.name}" for path in sorted(parts.glob("*.jar"))]
    if wrong := set(found) ^ set(pinned):
        names = sorted({line.split()[1] for line in wrong})
        raise SystemExit(f"{engine}: not the jars that are pinned: {', '.join(names)}")
    pack(sorted(parts.glob("*.jar")), target, PINS[engine]["main"])
    shutil.rmtree(parts)


def pack(jars, target, main):
    """Many jars as one that starts with `java -jar`; lists of services are put together."""
    services, seen, draft = {}, set(), target.with_suffix(".part")
    with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out:
        head = f"Manifest-Version: 1.0\r\nMain-Class: {main}\r\nMulti-Release: true\r\n\r\n"
        out.writestr(zipfile.ZipInfo("META-INF/MANIFEST.MF"), head)
        for path in jars:
            with zipfile.ZipFile(path) as jar:
                for name in sorted(set(jar.namelist()) - seen):
                    if name.endswith("/") or LEFT_OUT.fullmatch(name):
                        continue
                    if name.startswith("META-INF/services/"):
                        services.setdefault(name, []).append(jar.read(name).decode().strip("\n"))
                        continue
                    seen.add(name)
                    out.writestr(zipfile.ZipInfo(name), jar.read(name), zipfile.ZIP_DEFLATED)
        for name, lists in sorted(services.items()):
            out.writestr(zipfile.ZipInfo(name), "\n".join(lists) + "\n")
    draft.rename(target)


def fetch(engine):
    if engine == "prism":
        fetch_prism()
        return
    fetch_package(engine)
    fetch_job_server(engine)


def main(chosen):
    for engine in chosen or PINS:
        if lacking := missing_tools(engine):
            print(f"{engine}: NOT FETCHED, there is no {' and no '.join(lacking)} on this machine")
            continue
        fetch(engine)
        print(f"{engine}: ready in {FOLDER.name}/")


if __name__ == "__main__":
    main(sys.argv[1:])
