"""A PostgreSQL server of the tests' own: in a temporary folder, on a socket, as an ordinary user."""

import os
import pwd
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

#: URL of a server to use instead; its user must be allowed to create schemas.
GIVEN = "HUITOU_TEST_POSTGRES"
#: PostgreSQL refuses to run as root.
ORDINARY_USER = "nobody"


@contextmanager
def postgres():
    """Give the URL of a running server; start one where none is given, fail where none can be."""
    url = os.environ.get(GIVEN)
    if url:
        yield url
        return
    with tempfile.TemporaryDirectory(prefix="huitou-pg-", dir="/tmp") as folder:
        home = Path(folder)
        if os.geteuid() == 0:
            nobody = pwd.getpwnam(ORDINARY_USER)
            os.chown(home, nobody.pw_uid, nobody.pw_gid)
        run("initdb", "--pgdata", home / "data", "--username", "huitou", "--auth", "trust", "--no-sync")
        options = f"-k {home} -c listen_addresses='' -c fsync=off"
        control = ("pg_ctl", "--pgdata", home / "data", "--wait", "--silent", "--log", home / "log")
        run(*control, "--options", options, "start")
        try:
            yield f"postgresql://huitou@/postgres?host={home}"
        finally:
            run(*control, "--mode", "immediate", "stop")


def run(program, *arguments):
    command = [path_of(program), *map(str, arguments)]
    if os.geteuid() == 0:
        command = ["setpriv", f"--reuid={ORDINARY_USER}", "--regid=nogroup", "--clear-groups", *command]
    # The server keeps what it inherits: through a pipe one would wait for its end.
    with tempfile.TemporaryFile() as output:
        done = subprocess.run(command, stdout=output, stderr=output, cwd="/", check=False)
        output.seek(0)
        assert done.returncode == 0, output.read().decode()


def path_of(program):
    """Find a server program, which Debian keeps off the path."""
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"))
    place = str(installed[-1]) if installed else shutil.which(program)
    assert place, (
        f"{program} not found: these tests need PostgreSQL's server programs (apt-get install postgresql), "
        f"or the URL of a server in {GIVEN}"
    )
    return place
