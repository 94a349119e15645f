"""The same register from SQLite and from a real PostgreSQL as from files."""

import gc
from datetime import date
from decimal import Decimal
from uuid import uuid4

import polars as pl
import pytest
import sqlalchemy as sa

from register.errors import ContractError, ParamsError, SourceError
from register.intake.casting import cast
from register.intake.ingest import Settings, ingest
from register.sources.cells import text_of
from register.sources.open import open_source
from register.store import Register
from register.tables import TABLES
from tests.households import household, lines_of, village_tables
from tests.parameters import source_section
from tests.register import exports
from tests.register.postgres import postgres

OPEN = Settings("sql", 0.5, None)


@pytest.fixture(scope="module")
def server():
    with postgres() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path):
    """An empty database: a file, or one on the server."""
    if request.param == "sqlite":
        (tmp_path / "register.db").touch()
        yield f"sqlite:///{tmp_path}/register.db"
        return
    server, name = sa.make_url(request.getfixturevalue("server")), f"huitou_{uuid4().hex}"
    administer(server, f"CREATE DATABASE {name}")
    yield server.set(database=name).render_as_string(hide_password=False)
    gc.collect()  # closes the connections of the test's sources
    administer(server, f"DROP DATABASE {name} WITH (FORCE)")


def administer(server, statement):
    engine = sa.create_engine(server.set(drivername="postgresql+psycopg"), poolclass=sa.NullPool)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(statement)


def connected(url):
    psycopg = url.replace("postgresql://", "postgresql+psycopg://")
    return sa.create_engine(psycopg, poolclass=sa.NullPool).begin()


def kept(tmp_path, url):
    """The file that holds the URL."""
    place = tmp_path / "database.url"
    place.write_text(url + "\n")
    place.chmod(0o600)
    return place


def opened(tmp_path, url, **more):
    return open_source(source_section(kind="sql", path=kept(tmp_path, url), **more))


TYPES = {
    pl.String: sa.Text,
    pl.Date: sa.Date,
    pl.Float64: sa.Numeric,
    pl.Int64: sa.Integer,
    pl.Boolean: sa.Boolean,
}


def fill(url, tables):
    """Create typed tables, as a department's database has them."""
    metadata = sa.MetaData()
    with connected(url) as connection:
        for name, frame in tables.items():
            columns = [sa.Column(column, TYPES[kind.base_type()]) for column, kind in frame.schema.items()]
            table = sa.Table(name, metadata, *columns)
            table.create(connection)
            rows = [{key: exact(value) for key, value in row.items()} for row in frame.to_dicts()]
            connection.execute(table.insert(), rows)


def exact(value):
    return Decimal(str(value)) if isinstance(value, float) else value


def two_counties():
    """The Wang family of two in county C1, Li in C2; Zhao is registered in a village nobody knows."""
    here = village_tables(household("wang", members=2, income=200))
    there = village_tables(
        household("li", income=90, state={"village_id": "V2"}),
        villages=[{"village_id": "V2", "county_id": "C2"}],
    )
    stray = village_tables(household("zhao", income=50, state={"village_id": "V9"}))
    parts = [here, there, {name: stray[name] for name in ("households", "members", "income")}]
    return {name: pl.concat([part[name] for part in parts if name in part]) for name in here}


def taken(source, root):
    source.lines = lines_of
    return ingest(source, root, OPEN), Register(root)


def test_a_database_gives_the_same_register_as_files(tmp_path, url):
    fill(url, two_counties())
    _, register = taken(opened(tmp_path, url), tmp_path / "register")
    assert register.counties == ["C1", "C2"]
    wang = register.shard("C1").tables
    assert wang["income"].select("household_id", "amount").unique().row(0) == ("wang", 200.0)
    assert wang["income"]["occurred_on"].min() == date(2023, 1, 31)
    assert len(register.shard("C2").tables["income"]) == 36


def test_rows_that_reach_no_county_are_quarantined_not_forgotten(tmp_path, url):
    tables = two_counties()
    fill(url, tables)
    ledger, _ = taken(opened(tmp_path, url), tmp_path / "register")
    assert ledger["rows_in"].sum() == sum(len(frame) for frame in tables.values())
    listed = pl.read_parquet(tmp_path / "register/quarantine.parquet")
    assert set(listed["file"]) == {f"C1/{name} (database)" for name in ("households", "members", "income")}
    assert len(listed) == 38


def test_reading_twice_gives_the_same_bytes(tmp_path, url):
    fill(url, two_counties())
    first = taken(opened(tmp_path, url), tmp_path / "a")[1].digest
    assert taken(opened(tmp_path, url), tmp_path / "b")[1].digest == first


def test_tables_with_names_of_their_own_are_read_through_a_mapping(tmp_path, url):
    tables = two_counties()
    renamed = {f"表_{name}": frame.rename({"recorded_on": "录入"}) for name, frame in tables.items()}
    fill(url, {name: with_county(frame) for name, frame in renamed.items()})
    (tmp_path / "mapping.yaml").write_text(mapping_of(tables), encoding="utf-8")
    source = opened(tmp_path, url, mapping=str(tmp_path / "mapping.yaml"))
    ledger, register = taken(source, tmp_path / "register")
    assert register.counties == ["C1", "C2"]
    assert len(register.shard("C2").tables["income"]) == 36
    assert ledger["rows_in"].sum() == sum(len(frame) for frame in tables.values())
    assert "not read: 录入人" in (tmp_path / "register/delivery.md").read_text(encoding="utf-8")


def with_county(frame):
    owner = pl.col("household_id" if "household_id" in frame.columns else "village_id")
    county = pl.when(owner.is_in(["li", "V2"])).then(pl.lit("C2")).when(owner == "zhao").then(None)
    return frame.with_columns(county.otherwise(pl.lit("C1")).alias("县"), pl.lit("张").alias("录入人"))


def mapping_of(tables):
    lines = ["files:"]
    for name, frame in tables.items():
        columns = {column: column for column in frame.columns} | {"recorded_on": "录入"}
        lines += [f"- path: 表_{name}", "  county: 县", f"  records: [{{table: {name}, columns: {columns}}}]"]
    return "\n".join(lines)


def test_a_column_that_no_text_can_hold_and_unknown_columns_are_refused(tmp_path, url):
    tables = village_tables(household("wang", income=200))
    fill(url, tables)
    with connected(url) as connection:
        connection.execute(sa.text("ALTER TABLE villages ADD COLUMN photo INTEGER"))
    with pytest.raises(
        ContractError, match=r"table villages: missing columns \[\], unknown columns \['photo'\];"
    ):
        opened(tmp_path, url)


def test_a_database_without_the_tables_is_refused(tmp_path, url):
    with pytest.raises(ContractError) as refusal:
        opened(tmp_path, url)
    assert str(refusal.value) == (
        f"{tmp_path}/database.url: the database lacks tables ['villages', 'households', 'members', "
        "'income'], found are []; create them as views, or set source.mapping"
    )


def test_a_server_that_does_not_answer_is_refused_without_telling_its_password(tmp_path):
    with pytest.raises(SourceError) as refusal:
        opened(tmp_path, "postgresql://huitou:geheim@127.0.0.1:1/register")
    assert str(refusal.value) == (
        f"{tmp_path}/database.url: the database did not give its tables (OperationalError); "
        "check the URL, the rights and that it is running"
    )
    assert "geheim" not in repr(refusal.value.__cause__)


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("not a url", "holds no URL such as postgresql://user:password@host/name; write one line of it"),
        ("sqlite:////nowhere/a.db", "the SQLite file it names does not exist; correct the URL"),
        ("nosuch://a/b", "no driver for nosuch is installed; pip install psycopg for PostgreSQL"),
    ],
)
def test_urls_that_lead_nowhere_are_refused(tmp_path, url, message):
    with pytest.raises(SourceError) as refusal:
        opened(tmp_path, url)
    assert str(refusal.value) == f"{tmp_path}/database.url: {message}"


def test_the_file_with_the_url_must_exist_and_be_the_owners_alone(tmp_path):
    with pytest.raises(
        SourceError, match=r"none: no such file; source\.path is a file that holds the database's"
    ):
        open_source(source_section(kind="sql", path=tmp_path / "none"))
    kept(tmp_path, "sqlite://").chmod(0o644)
    with pytest.raises(
        SourceError, match=r"database\.url: others may read the database's password; run chmod 600"
    ):
        open_source(source_section(kind="sql", path=tmp_path / "database.url"))


def test_a_mapping_that_needs_the_day_of_export_asks_for_it(tmp_path, url):
    fill(url, {"行政村信息": pl.DataFrame({key: [str(value)] for key, value in exports.VILLAGE.items()})})
    text = (
        "files:\n- {path: 行政村信息, county: 县, records: [{table: villages, columns: {village_id: 行政村, "
        "township_id: 乡, county_id: 县, region_id: {constant: R1}, valid_from: {given: exported_on}, "
        "recorded_on: {given: exported_on}}}]}\n"
    )
    (tmp_path / "mapping.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ParamsError) as refusal:
        opened(tmp_path, url, mapping=str(tmp_path / "mapping.yaml"))
    assert str(refusal.value) == (
        "行政村信息: nothing gives ['exported_on']; set source.exported_on to the day the delivery "
        "was exported"
    )
    source = opened(tmp_path, url, mapping=str(tmp_path / "mapping.yaml"), exported_on=date(2025, 10, 31))
    (villages,) = source.tables("元谋县")
    assert villages.frame["recorded_on"].to_list() == ["2025-10-31"]


def test_the_database_is_never_written(tmp_path, url):
    fill(url, village_tables(household("wang", income=200)))
    source = opened(tmp_path, url)
    with pytest.raises(sa.exc.DBAPIError):
        source._database._connection.execute(sa.text("DELETE FROM income"))


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_typed_columns_of_a_server_are_asked_as_typed_cells_are(tmp_path, url):
    """The Wangs' wages are truth values, their days instants, of which one begins the day in China."""
    tables = village_tables(household("wang", income=200, first="2024-01", last="2024-02"))
    fill(url, tables)
    with connected(url) as connection:
        connection.execute(sa.text("ALTER TABLE income ALTER occurred_on TYPE timestamptz"))
        connection.execute(
            sa.text("UPDATE income SET occurred_on = '2024-01-13T16:00:00Z' WHERE recorded_on < '2024-02-01'")
        )
        connection.execute(
            sa.text("UPDATE income SET occurred_on = '2024-01-14T00:00:00Z' WHERE recorded_on > '2024-02-01'")
        )
        connection.execute(sa.text("ALTER TABLE income ALTER amount TYPE boolean USING amount > 0"))
    raw = {raw.name: raw for raw in opened(tmp_path, url).tables("C1")}["income"]
    done = cast(raw, TABLES["income"])
    assert done.frame["occurred_on"].to_list() == [date(2024, 1, 14), None]
    assert done.reasons.group_by("column").len().sort("column").rows() == [("amount", 2), ("occurred_on", 1)]
    assert done.reasons["reason"].str.contains("a truth value in a column|zone .* no midnight in China").all()


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_a_date_that_no_calendar_has_is_refused_with_what_to_do(tmp_path, url):
    """PostgreSQL keeps open ends as infinity."""
    fill(url, village_tables(household("wang", income=200)))
    with connected(url) as connection:
        connection.execute(sa.text("UPDATE households SET valid_to = 'infinity'"))
    with pytest.raises(ContractError) as refusal:
        list(opened(tmp_path, url).tables("C1"))
    assert str(refusal.value) == (
        f"households in {tmp_path}/database.url: holds a date that no calendar has, such as infinity; "
        "give it as missing in a view"
    )


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_text_that_is_no_utf8_costs_its_row_and_not_the_database(tmp_path, url):
    """SQLite keeps whatever bytes a program in GBK wrote."""
    fill(url, village_tables(household("wang", income=200)))
    with connected(url) as connection:
        connection.execute(sa.text("UPDATE villages SET name = CAST(X'B4E5' AS TEXT)"))
    raw = next(opened(tmp_path, url).tables("C1"))
    reasons = cast(raw, TABLES["villages"]).reasons
    assert reasons["reason"].unique().to_list() == [
        "字符已损坏（�、控制字符） / a damaged character (�, a control character)"
    ]


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_table_whose_columns_are_in_capital_letters_says_so(tmp_path, url):
    fill(url, village_tables(household("wang", income=200)))
    with connected(url) as connection:
        columns = ", ".join(f"{name} AS {name.upper()}" for name in TABLES["income"].by_name)
        connection.execute(sa.text(f"CREATE TABLE kept AS SELECT {columns} FROM income"))
        connection.execute(sa.text("DROP TABLE income"))
        connection.execute(sa.text("ALTER TABLE kept RENAME TO income"))
    with pytest.raises(ContractError) as refusal:
        opened(tmp_path, url)
    assert "differ from the expected ones in capital letters" in str(refusal.value)


@pytest.mark.parametrize("value", [float("nan"), Decimal("NaN"), Decimal("sNaN")])
def test_a_number_that_is_none_is_no_value(value):
    assert text_of(value) is None
