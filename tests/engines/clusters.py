"""Real clusters on loopback: each is several processes, and stops what it started, by its id."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.engines.fetch import FOLDER

HOST = "127.0.0.1"
WORKERS = 2
WAIT_SECONDS = 120
#: What Flink and Spark reach into on Java 17, as their own start scripts have it.
OPENED = ("java.lang", "java.lang.invoke", "java.lang.reflect", "java.io", "java.net", "java.nio",
          "java.text", "java.time", "java.util", "java.util.concurrent",
          "java.util.concurrent.atomic", "java.util.concurrent.locks", "sun.nio.ch", "sun.nio.cs",
          "sun.security.action", "sun.util.calendar")  # fmt: skip
JAVA = (
    "java",
    *(f"--add-opens=java.base/{name}=ALL-UNNAMED" for name in OPENED),
    "--add-exports=java.base/sun.net.util=ALL-UNNAMED",
    "-Djdk.reflect.useDirectMethodHandle=false",
)
FLINK_PROCESS = "org.apache.flink.runtime"
#: Sizes that a task manager started without Flink's scripts must be told, in megabytes.
TASK_MANAGER_MB = {
    "task.heap": 300, "framework.heap": 128, "task.off-heap": 0, "framework.off-heap": 128,
}  # fmt: skip


def free_port():
    with socket.socket() as listening:
        listening.bind((HOST, 0))
        return listening.getsockname()[1]


class Processes:
    """Started processes, with their logs in a folder; all of them end with the block."""

    def __init__(self, folder):
        self._folder = folder
        self._started = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for process in reversed(self._started):
            process.terminate()
        for process in self._started:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def start(self, name, *command, **environment):
        with (self._folder / f"{name}.log").open("w") as log:
            process = subprocess.Popen(
                list(map(str, command)), stdout=log, stderr=log, stdin=subprocess.DEVNULL,
                cwd=self._folder, env=os.environ | environment,
            )  # fmt: skip
        self._started.append(process)
        return process

    def wait(self, is_ready, what):
        until = time.monotonic() + WAIT_SECONDS
        while not is_ready():
            if any(process.poll() is not None for process in self._started):
                raise SystemExit(f"{what}: a process ended; its log is in {self._folder}")
            if time.monotonic() > until:
                raise SystemExit(f"{what}: not ready after {WAIT_SECONDS} s; see {self._folder}")
            time.sleep(0.5)


def _page(url):
    try:
        with urllib.request.urlopen(url, timeout=5) as page:  # noqa: S310  # loopback only
            return page.read().decode()
    except OSError:
        return ""


def _listens(port):
    with socket.socket() as asking:
        return asking.connect_ex((HOST, port)) == 0


@contextmanager
def prism(folder):
    del folder  # Beam starts and stops it
    yield [f"--prism_location={FOLDER / 'bin/prism'}"]


@contextmanager
def flink(folder):
    """One job manager and two task managers; gives the options that a run needs."""
    rest, rpc = free_port(), free_port()
    (folder / "config.yaml").write_text(
        f"jobmanager.rpc.address: {HOST}\njobmanager.rpc.port: {rpc}\n"
        f"jobmanager.bind-host: {HOST}\nrest.address: {HOST}\nrest.bind-address: {HOST}\n"
        f"rest.port: {rest}\ntaskmanager.host: {HOST}\ntaskmanager.bind-host: {HOST}\n"
        f"taskmanager.numberOfTaskSlots: 1\nio.tmp.dirs: {folder}\n"
        # A machine that tests share with others is slow; a slow answer is no dead process.
        "pekko.ask.timeout: 300 s\nclassloader.resolve-order: parent-first\nheartbeat.timeout: 300000\nweb.timeout: 300000\n"
    )
    # Beam lies beside Flink's own jars and is taken from there: where each job brings it along,
    # Flink lets go of workers after every stage, however long they are to be kept.
    jars = f"{FOLDER / 'flink'}/*:{FOLDER / 'flink-job-server.jar'}"
    sizes = [f"-Dtaskmanager.memory.{name}.size={size}m" for name, size in TASK_MANAGER_MB.items()]
    sizes += [
        "-Dtaskmanager.cpu.cores=1.0", "-Dtaskmanager.memory.managed.size=128m",
        "-Dtaskmanager.memory.network.min=256m", "-Dtaskmanager.memory.network.max=256m",
        "-Dtaskmanager.memory.jvm-metaspace.size=256m",
        "-Dtaskmanager.memory.jvm-overhead.min=192m", "-Dtaskmanager.memory.jvm-overhead.max=192m",
    ]  # fmt: skip
    with Processes(folder) as processes:
        processes.start(
            "job-manager", *JAVA, "-Xmx600m", "-cp", jars,
            f"{FLINK_PROCESS}.entrypoint.StandaloneSessionClusterEntrypoint", "--configDir", folder,
        )  # fmt: skip
        for number in range(WORKERS):
            processes.start(
                f"task-manager-{number}", *JAVA, "-Xmx428m", "-XX:MaxDirectMemorySize=512m", "-cp",
                jars, f"{FLINK_PROCESS}.taskexecutor.TaskManagerRunner", "--configDir", folder,
                *sizes,
            )  # fmt: skip
        overview = f"http://{HOST}:{rest}/overview"
        processes.wait(lambda: f'"taskmanagers":{WORKERS}' in _page(overview), "flink")
        yield [f"--flink_master={HOST}:{rest}",
               f"--flink_job_server_jar={FOLDER / 'flink-job-server.jar'}",
               f"--artifacts_dir={folder / 'artifacts'}"]  # fmt: skip


@contextmanager
def spark(folder):
    """One master, two workers, and the job server, which is Spark's driver."""
    port, web, jobs = free_port(), free_port(), free_port()
    jars, beam = f"{FOLDER / 'spark'}/*", FOLDER / "spark-job-server.jar"
    (folder / "jars").unlink(missing_ok=True)
    (folder / "jars").symlink_to(FOLDER / "spark")  # where workers look, below SPARK_HOME
    local = {"SPARK_LOCAL_IP": HOST, "SPARK_LOCAL_DIRS": str(folder), "SPARK_HOME": str(folder),
             "SPARK_SCALA_VERSION": "2.12"}  # fmt: skip
    deploy = "org.apache.spark.deploy"
    with ExitStack() as stack:
        processes = stack.enter_context(Processes(folder))
        processes.start(
            "master", *JAVA, "-Xmx400m", "-cp", jars, f"{deploy}.master.Master", "--host", HOST,
            "--port", port, "--webui-port", web, **local,
        )  # fmt: skip
        processes.wait(lambda: _listens(port), "spark")
        for number in range(WORKERS):
            processes.start(
                f"worker-{number}", *JAVA, "-Xmx300m", "-cp", jars, f"{deploy}.worker.Worker",
                f"spark://{HOST}:{port}", "--host", HOST, "--cores", 1, "--memory", "1g",
                "--webui-port", 0, "--work-dir", folder / f"work-{number}", **local,
            )  # fmt: skip
        processes.wait(
            lambda: _page(f"http://{HOST}:{web}/json").count('"ALIVE"') > WORKERS, "spark"
        )
        settings = {"executor.memory": "900m", "driver.host": HOST, "ui.enabled": "false",
                    "network.timeout": "600s", "executor.heartbeatInterval": "60s",
                    "executor.extraClassPath": f"{beam}:{jars}",
                    "executor.extraJavaOptions": " ".join(JAVA[1:])}  # fmt: skip
        processes.start(
            "job-server", *JAVA, *(f"-Dspark.{key}={text}" for key, text in settings.items()),
            "-Xmx700m", "-cp", f"{beam}:{jars}", "org.apache.beam.runners.spark.SparkJobServerDriver",
            f"--spark-master-url=spark://{HOST}:{port}", "--job-host", "localhost",
            "--job-port", jobs, "--artifact-port", 0, "--expansion-port", 0,
            "--artifacts-dir", folder / "artifacts", **local,
        )  # fmt: skip
        processes.wait(lambda: _listens(jobs), "spark")
        yield [f"--job_endpoint=localhost:{jobs}", f"--files_to_stage={beam}"]


CLUSTERS = {"prism": prism, "flink": flink, "spark": spark}
PYTHON = Path(sys.executable)
