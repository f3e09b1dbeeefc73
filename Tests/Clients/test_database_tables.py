"""Tables that come from a PostgreSQL server, beside the same rows in a CSV file that the server wrote."""

import contextlib
import csv
import os

import postgres
import pytest
from conftest import ATTUNE
from wire import Kernel, until

pytestmark = pytest.mark.skipif(
    postgres.programs() is None, reason="NO POSTGRESQL SERVER IS INSTALLED (apt-get install postgresql): NOT TESTED")
KERNEL = [ATTUNE, "kernel", "{connection_file}"]
TABLE = """
    CREATE TABLE orders AS SELECT i AS id, (i * 37 % 101) / 4.0 AS price,
      CASE WHEN i % 9 = 0 THEN NULL ELSE (ARRAY['Kiel', 'Bonn', 'Ulm, "Süd"'])[i % 3 + 1] END AS town,
      i % 2 = 0 AS paid, DATE '2024-01-01' + i % 300 AS sold, TIMESTAMPTZ '2024-01-01 10:30:00+00' + i * INTERVAL '1 hour' AS at,
      CASE WHEN i % 11 = 0 THEN NULL ELSE i % 7 END AS rooms, CASE WHEN i * 37 % 101 > 50 THEN 'yes' ELSE 'no' END AS returned
    FROM generate_series(1, 400) AS i"""


@pytest.fixture(scope="module")
def server():
    with postgres.Server() as server:
        server.sql(TABLE)
        yield server


@contextlib.contextmanager
def session(folder, **environment):
    kernel = Kernel(KERNEL, environment={"ATTUNE_LOG": "", **environment})
    try:
        yield kernel
    finally:
        kernel.stop()


def run(kernel, cell):
    reply, published = kernel.execute(cell, timeout=300)
    assert reply.content["status"] == "ok", reply.content
    return "".join(
        message.content.get("text") or message.content.get("data", {}).get("text/plain", "") for message in published)


def refused(kernel, cell):
    reply, _ = kernel.execute(cell, timeout=300)
    assert reply.content["status"] == "error", reply.content
    assert kernel.execute("1 + 1")[0].content["status"] == "ok"
    return reply.content["evalue"]


def columns(kernel):
    reply, _ = kernel.execute("", silent=True, user_expressions={"value": "data.columns"})
    return reply.content["user_expressions"]["value"]["data"]["application/json"]


def test_a_query_gives_what_the_servers_own_csv_gives(server, tmp_path):
    exported = server._run(
        "psql", "-h", server.folder, "-p", server.port, "-U", "postgres", "-X", "-d", "studies", "-c",
        "COPY orders TO STDOUT WITH (FORMAT csv, HEADER)")
    (tmp_path / "orders.csv").write_text(exported)
    source = f'postgresql("{server.url}", query="select * from orders"'
    with session(tmp_path) as kernel:
        run(kernel, f'data {source}, target=returned)\ntrain epochs=2 name="a"')
        found = columns(kernel)
        run(kernel, f'predict {source}) keep=[id] to="{tmp_path}/a.csv"')
        measured = run(kernel, f"evaluate {source})")
        run(kernel, f'data csv("{tmp_path}/orders.csv", target=returned)\ntrain epochs=2 name="b"')
        assert found == columns(kernel)
        run(kernel, f'predict csv("{tmp_path}/orders.csv") keep=[id] to="{tmp_path}/b.csv"')
        again = run(kernel, f'evaluate csv("{tmp_path}/orders.csv")')
        assert "400 rows" in again and again.splitlines()[1:] == measured.splitlines()[1:]
    by_name = {column["name"]: column for column in found}
    assert {name: column["kind"] for name, column in by_name.items()} == {
        "id": "identifier", "price": "number", "town": "category", "paid": "boolean", "sold": "date", "at": "date",
        "rooms": "number", "returned": "boolean"}
    assert by_name["town"]["missing"] == 44 and by_name["rooms"]["missing"] == 36
    assert (tmp_path / "a.csv").read_text() == (tmp_path / "b.csv").read_text()
    with open(tmp_path / "a.csv") as file:
        assert [row["id"] for row in csv.DictReader(file)] == [str(i) for i in range(1, 401)]


@pytest.mark.parametrize("query", [
    "delete from orders", "select 1; drop table orders", "insert into orders select * from orders returning *",
    "create table other as select 1", "select lo_create(1)", "selec 1", "", "select * from nowhere",
])
def test_what_is_not_a_reading_query_is_refused_and_changes_nothing(server, tmp_path, query):
    before = server.sql("select count(*), (select count(*) from pg_class) from orders")
    with session(tmp_path) as kernel:
        refused(kernel, f'data postgresql("{server.url}", query="{query}")')
    assert server.sql("select count(*), (select count(*) from pg_class) from orders") == before


def test_a_query_without_end_is_interrupted_and_ends_at_the_server(server, tmp_path):
    running = "select count(*) from pg_stat_activity where state = 'active' and query like '%pg_sleep%' and pid <> pg_backend_pid()"
    with session(tmp_path) as kernel:
        identifier = kernel.send("shell", "execute_request", {
            "code": f'data postgresql("{server.url}", query="select pg_sleep(3600)")'})
        until(lambda: server.sql(running) == "1")
        kernel.reply("control", kernel.send("control", "interrupt_request", {}))
        assert kernel.reply("shell", identifier).content["ename"] == "KeyboardInterrupt"
        until(lambda: server.sql(running) == "0")
        assert kernel.execute("1 + 1")[0].content["status"] == "ok"


def test_a_password_comes_from_its_file_and_is_not_shown(tmp_path):
    with postgres.Server(password="geheim-17") as server:
        server.sql("create table t as select i as a, i % 2 as y from generate_series(1, 60) as i")
        cell = f'data postgresql("{server.url}", query="select * from t", target=y)'
        secrets = tmp_path / "pgpass"
        secrets.write_text("127.0.0.1:*:*:postgres:geheim-17\n")
        secrets.chmod(0o600)
        with session(tmp_path, PGPASSFILE=os.devnull) as kernel:
            assert "PGPASSWORD" in refused(kernel, cell)
            assert "geheim-17" not in refused(kernel, cell.replace("postgres@", "postgres:geheim-17@"))
        with session(tmp_path, PGPASSFILE=str(secrets)) as kernel:
            assert "geheim-17" not in run(kernel, cell)
            server.stop("immediate")
            assert "the database" in refused(kernel, cell)
            server.start()
