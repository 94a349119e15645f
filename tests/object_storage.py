"""An S3 for tests: moto's stand-in server on this machine. It speaks the protocol; it is not S3."""

from contextlib import contextmanager
from urllib import request

import pytest
from fsspec.core import url_to_fs
from moto.server import ThreadedMotoServer

BUCKET, SECRET = "office", "not-to-be-told"


@contextmanager
def s3():
    """Start a server with an empty bucket, whose account stands in the environment, and give its address."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        patched.setenv("AWS_ACCESS_KEY_ID", "account")
        patched.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
        patched.setenv("AWS_DEFAULT_REGION", "us-east-1")
        request.urlopen(f"http://{host}:{port}/moto-api/reset", data=b"").close()  # servers share one memory
        url_to_fs("s3://", skip_instance_cache=True)[0].mkdir(BUCKET)
        try:
            yield f"s3://{BUCKET}/releases"
        finally:
            server.stop()
