"""MNIST is fetched from where one says, checked, shown, and left when interrupted."""

import http.server
import threading
from pathlib import Path

import pytest
from conftest import only
from wire import until

pytestmark = only("attune")


class Server:
    """Answers every file with the given bytes; with None, begins to answer and never goes on."""

    def __init__(self, status, body):
        self.asked, self.released = [], threading.Event()
        server = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                server.asked.append(self.path)
                self.send_response(status)
                self.send_header("Content-Length", "1000" if body is None else str(len(body)))
                self.end_headers()
                if body is None:
                    server.released.wait()
                else:
                    self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.http.server_port}/digits"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def close(self):
        self.released.set()
        self.http.shutdown()
        self.http.server_close()


@pytest.fixture
def serve():
    servers = []

    def serve(status, body):
        servers.append(Server(status, body))
        return servers[-1]

    yield serve
    for server in servers:
        server.close()


def error(messages):
    return next(m for m in messages if m.type == "error").content


def kept(home):
    return sorted(path.name for path in Path(home).rglob("*") if path.is_file() and "mnist" in str(path))


def test_a_file_that_is_not_the_right_one_is_refused_and_not_kept(start, serve, tmp_path):
    server = serve(200, b"not an image at all")
    kernel = start(environment={"HOME": str(tmp_path)})
    reply, messages = kernel.execute(f'data mnist(url="{server.url}")')
    assert reply.content["status"] == "error"
    assert "train-images-idx3-ubyte.gz" in error(messages)["evalue"] and "SHA-256" in error(messages)["evalue"]
    assert server.asked == ["/digits/train-images-idx3-ubyte.gz"]
    assert kept(tmp_path) == []


def test_a_missing_file_says_where_it_was_looked_for_and_what_to_do(start, serve, tmp_path):
    server = serve(404, b"no")
    kernel = start(environment={"HOME": str(tmp_path), "ATTUNE_MNIST_URL": server.url + "/"})
    reply, messages = kernel.execute("data mnist")
    assert reply.content["status"] == "error"
    assert f"{server.url}/train-images-idx3-ubyte.gz" in error(messages)["evalue"]
    assert "404" in error(messages)["evalue"]
    assert "ATTUNE_MNIST_URL" in "\n".join(error(messages)["traceback"])
    assert kept(tmp_path) == []


def test_a_download_that_hangs_is_shown_and_can_be_interrupted(start, serve, tmp_path):
    server = serve(200, None)
    kernel = start(environment={"HOME": str(tmp_path)})
    code = f'data mnist(url="{server.url}")'
    identifier = kernel.send("shell", "execute_request", {"code": code}, metadata={"cellId": "a"})
    shown = kernel.receive("iopub")
    while "fetching train-images-idx3-ubyte.gz" not in str(shown.content):
        shown = kernel.receive("iopub")
    until(lambda: server.asked)
    kernel.request("control", "interrupt_request", {})
    assert kernel.reply("shell", identifier).content["ename"] == "KeyboardInterrupt"
    assert kernel.execute("1 + 1")[0].content["status"] == "ok"
    # The program that fetched is gone as well.
    tasks = Path(f"/proc/{kernel.process.pid}/task")
    until(lambda: not any(children.read_text().strip() for children in tasks.glob("*/children")))
