"""The `huitou` command."""

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from pipelines.workspace.stage import one_line
from pipelines.workspace.terminal import refuse_unsaid, speak_to_any_terminal
from register.keys.passwords import refuse_secrets
from watchlists.language import Language


class Format(StrEnum):
    """How an explanation is written."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"


class WholeLines(TyperGroup):
    """Lists every command with its whole line, which would be cut at the edge of the screen."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - types of the click inside typer
        """Write the list of commands."""
        commands = {name: self.get_command(ctx, name) for name in self.list_commands(ctx)}
        with formatter.section("Commands"):
            formatter.write_dl(
                [(name, one.get_short_help_str(limit=1000)) for name, one in commands.items() if one]
            )


application = typer.Typer(
    cls=WholeLines,
    help="Find households about to fall back into poverty, by cause. 防止返贫监测：找出风险户，说明原因。"
    " A score is a reason to visit, never a decision. 评分只是走访理由，不是决定。",
    invoke_without_command=True,
    rich_markup_mode=None,  # plain help needs no renderer, which takes longer to load than all else
    pretty_exceptions_enable=False,
)


@application.callback()
def alone(context: typer.Context) -> None:
    """Show where to begin, where no command is named."""
    if context.invoked_subcommand is None:
        from pipelines.commands.journeys import journeys
        from pipelines.workspace.error_words import language

        sys.stdout.write(journeys(language(os.environ)))


def _completed(incomplete: str) -> list[str]:
    from pipelines.workspace.parameters.reference import completed

    return completed(incomplete)


ForThisRun = Annotated[
    list[str] | None,
    typer.Option("--set", help="name=value, for this run only; may be repeated", autocompletion=_completed),
]
AsTheRun = Annotated[
    list[str] | None,
    typer.Option(
        "--set", help="name=value, as the run was given; may be repeated", autocompletion=_completed
    ),
]


@application.command()
def run(
    assignments: ForThisRun = None,
    model: Annotated[
        Path | None,
        typer.Option("--with-model", help="list with a model of another place, untested here: its folder"),
    ] = None,
) -> None:
    """运行到发布，只算有变化的部分。Run the pipeline to a release; only what changed is computed."""
    from pipelines.commands.run import run_pipeline

    run_pipeline([*(assignments or []), *([f"model.of_another_place={model}"] if model else [])])


@application.command()
def retrain(
    season: Annotated[str, typer.Argument(help="season to train for, with all that was known at its end")],
    assignments: ForThisRun = None,
) -> None:
    """用全部已知结果的季度重新训练，不出名单。Train the challenger of a season; nothing is listed."""
    from pipelines.commands.retrain import retrain as train_challenger

    train_challenger(season, assignments or [])


@application.command()
def runs() -> None:
    """列出各次训练、指标和批准情况。List every training: figures, alias, who promoted it and why."""
    from pipelines.commands.list_runs import list_runs

    list_runs()


By = Annotated[str, typer.Option("--by", help="who decides; kept, and named in the releases it delivers")]
Why = Annotated[str, typer.Option("--why", help="the reason; kept likewise")]


@application.command()
def promote(
    run_name: Annotated[str, typer.Argument(metavar="RUN", help="as huitou runs shows it")],
    by: By,
    why: Why,
    sign_offs: Annotated[
        list[str] | None,
        typer.Option("--sign-off", help='"gate: reason" for the gates groups and leak; may be repeated'),
    ] = None,
) -> None:
    """通过各道关后成为在用模型。Make a run the champion, if it passes every gate; no release changes."""
    from pipelines.commands.promote import promote as make_champion

    make_champion(run_name, by, why, sign_offs or [])


@application.command()
def demote(
    run_name: Annotated[str, typer.Argument(metavar="RUN", help="the champion that steps down")],
    by: By,
    why: Why,
) -> None:
    """退回到上一个在用模型。Step back to the champion before; no release changes."""
    from pipelines.commands.promote import demote as step_back

    step_back(run_name, by, why)


@application.command()
def shadow(
    season: Annotated[str, typer.Argument(help="a released season whose outcomes nobody knows yet")],
) -> None:
    """结果未知时封存停用条件，到期后评判。Seal what would stop the use of a model; judged once known."""
    from pipelines.commands.shadow import write_shadow

    write_shadow(season)


@application.command("simulate")
def simulate_prefecture(
    households: Annotated[
        int | None, typer.Option(min=1, help="of all counties; default simulator.yaml")
    ] = None,
    counties: Annotated[int | None, typer.Option(min=1, help="default simulator.yaml")] = None,
    seed: Annotated[int | None, typer.Option(min=0, help="default simulator.yaml")] = None,
    output: Annotated[Path, typer.Option(help="folder for simulated/ and truth/")] = Path("artifacts"),
    with_truth: Annotated[
        bool, typer.Option("--truth/--no-truth", help="work the truth out now, or whoever first judges by it")
    ] = True,
    assignments: Annotated[
        list[str] | None,
        typer.Option(
            "--set", help="name=value, for this prefecture only; may be repeated", autocompletion=_completed
        ),
    ] = None,
) -> None:
    """生成模拟数据。Make a simulated prefecture; without options the one the default run reads."""
    from pipelines.stages.simulate import changed, simulate
    from pipelines.workspace.settings import parameters
    from studies.oracle.truth_making import made_truth

    params = parameters(assignments or [])
    settings = changed(params.simulator, households, counties, seed)
    simulate(settings, params.compute, output / "simulated", output / "truth")
    if with_truth:
        made_truth(output / "truth", params.compute)


@application.command()
def calibration(
    counties: Annotated[int, typer.Option(min=1, help="simulated for the comparison")] = 2,
) -> None:
    """对照公布数字检验模拟。Compare the simulated prefecture with published figures."""
    from pipelines.commands.simulator_calibration import report

    sys.stdout.write(report(counties))


@application.command()
def oracle() -> None:
    """对照模拟真值检验模型。Compare the last run's models with the true risk of its simulated prefecture."""
    from studies.oracle.oracle import oracle as beside_the_truth

    sys.stdout.write(beside_the_truth())


@application.command()
def check(
    folder: Annotated[Path, typer.Argument(help="the delivery: one sub-folder a county, one file a table")],
    assignments: Annotated[
        list[str] | None,
        typer.Option(
            "--set", help="name=value, for this check only; may be repeated", autocompletion=_completed
        ),
    ] = None,
    output: Annotated[Path, typer.Option(help="folder for the lists, replaced whole")] = Path(
        "artifacts/check"
    ),
) -> None:
    """只检查一份交付数据，列出清理清单。Check a delivery and list what to clean; nothing is taken in."""
    from pipelines.commands.check import check_delivery

    check_delivery(folder, assignments or [], output)


@application.command()
def start(
    folder: Annotated[Path, typer.Argument(help="whatever was delivered: exports, lists, a survey's files")],
    write: Annotated[
        Path | None,
        typer.Option(help="folder for mapping.yaml, settings.yaml and lines.csv; nothing is overwritten"),
    ] = None,
) -> None:
    """看文件夹里有什么，提出列映射和设置。Look at a folder; propose a mapping, settings, next steps."""
    from pipelines.commands.start import start as propose

    propose(folder, write)


@application.command()
def template(
    folder: Annotated[Path, typer.Argument(help="where the delivery is to be put together")],
    county: Annotated[str, typer.Option(help="county id; names the sub-folder")] = "COUNTY",
) -> None:
    """写出各表的填报模板和说明。Write a workbook a table to fill in, and a guide to them."""
    from pipelines.commands.template import write_templates

    sys.stdout.writelines(f"{path}\n" for path in write_templates(folder, county))


Household = Annotated[
    str,
    typer.Argument(help="household_id as in the list, or its own number as in the export; listed or not"),
]


@application.command()
def explain(
    household: Household,
    season: Annotated[str, typer.Option(help="season of a release; the current one by default")] = "current",
    form: Annotated[Format, typer.Option("--format", help="text, json or html")] = Format.TEXT,
    output: Annotated[Path | None, typer.Option(help="file to write instead of the terminal")] = None,
) -> None:
    """说明一户的风险、归因、变化和帮扶。Explain a household: risk, causes, changes, fitting help."""
    from pipelines.commands.explain_household import explain_household

    sys.stdout.write(explain_household(household, season, form.value, output))


@application.command()
def find(
    household: Annotated[
        str, typer.Argument(metavar="NAME|ID", help="id of the list, own number, or the householder's name")
    ],
    season: Annotated[str, typer.Option(help="season of a release; the current one by default")] = "current",
    with_names: Annotated[
        bool, typer.Option("--with-names", help="show own number, head's name, phone, address from the vault")
    ] = False,
) -> None:
    """查一户：在不在名单、为什么、走访情况。Find a household: listed or not, why, monitored, visited."""
    from pipelines.commands.find import find as find_household

    sys.stdout.write(find_household(household, season, with_names=with_names))


@application.command()
def missed(
    season: Annotated[str, typer.Argument(help="a season that the last run judged, such as 2024Q1")],
    output: Annotated[
        Path | None, typer.Option(help="a new folder for missed.csv, with whole ids; outside releases/")
    ] = None,
) -> None:
    """列出某季跌破而不在名单上的户。List who fell in a judged season without being on its list."""
    from pipelines.commands.missed import list_missed

    sys.stdout.write(list_missed(season, output))


@application.command("explain-feature")
def explain_feature_command(
    name: Annotated[str, typer.Argument(help="a feature of docs/data_dictionary.md")],
    household: Household,
    day: Annotated[str, typer.Argument(help="month end, such as 2025-12-31")],
) -> None:
    """查看一项特征由哪些记录得出。Show the records, as known at a date, that made a feature's value."""
    from pipelines.commands.explain_feature import explain_feature

    sys.stdout.write(explain_feature(name, household, day))


@application.command("feature-report")
def feature_report(assignments: AsTheRun = None) -> None:
    """报告各特征的覆盖、漂移、冗余和价值。Report coverage, drift, redundancy and worth of every feature."""
    from pipelines.commands.feature_report import main as write_report

    sys.stdout.write(f"{write_report(assignments or [])}\n")


@application.command("protocol")
def protocol_command(
    assignments: AsTheRun = None,
    docs: Annotated[Path | None, typer.Option(help="where the page is written too, to be kept")] = None,
) -> None:
    """换划分、学习器、校准再评判（数分钟）。Judge the last run by other splits and learners."""
    from studies.protocol.protocol import judge_by_protocol

    sys.stdout.write(f"{judge_by_protocol(assignments or [], docs)}\n")


@application.command("tune")
def tune_command(
    assignments: AsTheRun = None,
) -> None:
    """在往季内试参数，只建议不采用。Try parameters inside the past; propose, never apply."""
    from studies.tuning.tune import tune

    sys.stdout.write(tune(assignments or []))


NewFolder = Annotated[Path, typer.Argument(help="a new folder for your eyes only, outside releases/")]
OfRelease = Annotated[str, typer.Option("--season", help="season of a release; the current one by default")]
WithNames = Annotated[
    bool, typer.Option("--with-names", help="add own number, head's name, phone, address from the vault")
]
County = Annotated[str | None, typer.Option(help="of this county alone")]
Township = Annotated[str | None, typer.Option(help="of this township alone")]
Village = Annotated[str | None, typer.Option(help="of this village alone")]
To = Annotated[
    str | None, typer.Option("--to", help="who gets it; kept with the hash of every file (huitou handouts)")
]
Lock = Annotated[
    bool, typer.Option("--password", help="lock the files with a password, asked for unseen, twice")
]
LockFile = Annotated[
    Path | None, typer.Option("--password-file", help="a file of yours alone with that password, one line")
]
Tongue = Annotated[
    Language | None, typer.Option("--language", help="zh, en or both; watchlist.language by default")
]


@application.command("print")
def print_pages(
    season: OfRelease = "current",
    output: Annotated[Path, typer.Option(help="folder for the PDF files")] = Path("artifacts/print"),
    county: County = None,
    township: Township = None,
) -> None:
    """把走访卡和督战板印成 PDF（需 Chromium）。Print cards and boards to PDF, where Chromium is installed."""
    from pipelines.commands.places import Places
    from pipelines.commands.print import print_release

    sys.stdout.write(f"{len(print_release(season, output, Places(county, township)))} PDF: {output}\n")


@application.command()
def workbooks(
    folder: NewFolder,
    season: OfRelease = "current",
    county: County = None,
    township: Township = None,
    language: Tongue = None,
    with_names: WithNames = False,
    to: To = None,
    password: Lock = False,
    password_file: LockFile = None,
) -> None:
    """写出可填写的工作簿，可带姓名电话。Write workbooks to fill in; with names only on request."""
    from pipelines.commands.file_passwords import new_password
    from pipelines.commands.hand_out import Handout
    from pipelines.commands.places import Places
    from pipelines.commands.workbooks import write_workbooks

    lock = new_password(ask=password, kept_in=password_file)
    wanted = Handout(season, Places(county, township), language, with_names, to, lock)
    sys.stdout.write(write_workbooks(folder, wanted))


@application.command()
def cards(
    folder: NewFolder,
    season: OfRelease = "current",
    county: County = None,
    township: Township = None,
    village: Village = None,
    language: Tongue = None,
    with_names: WithNames = False,
    to: To = None,
) -> None:
    """写出走访卡，可带姓名电话。Write visit cards, of all places or one; with names only on request."""
    from pipelines.commands.cards import write_card_pages
    from pipelines.commands.hand_out import Handout
    from pipelines.commands.places import Places

    places = Places(county, township, village)
    sys.stdout.write(write_card_pages(folder, Handout(season, places, language, with_names, to)))


@application.command()
def handouts() -> None:
    """列出用 --to 发放过的文件、日期和收件人。List who was handed which file, when, by its hash."""
    from pipelines.commands.handouts import list_handouts

    sys.stdout.write(list_handouts())


@application.command()
def progress(
    folder: Annotated[
        Path | None, typer.Argument(help="a new folder for pages, workbooks and boards; for your eyes only")
    ] = None,
    season: OfRelease = "current",
    county: County = None,
    township: Township = None,
    village: Village = None,
    as_of: Annotated[str | None, typer.Option(help="day such as 2026-01-31; today by default")] = None,
    language: Tongue = None,
    with_names: WithNames = False,
) -> None:
    """查看走访台账：已访、逾期、属实、措施落实。Show how far visits are: overdue, confirmed, helped."""
    from pipelines.commands.places import Places
    from pipelines.commands.progress import Wanted, show_progress

    places = Places(county, township, village)
    sys.stdout.write(show_progress(Wanted(season, places, as_of, language, with_names), folder))


@application.command()
def monthly(
    month: Annotated[str, typer.Argument(help="year and month, such as 2026-01")],
    folder: Annotated[
        Path | None, typer.Argument(help="a new folder, for your eyes only; artifacts/monthly by default")
    ] = None,
    county: County = None,
    township: Township = None,
    village: Village = None,
    language: Tongue = None,
    with_names: WithNames = False,
) -> None:
    """写出月报：统计表、明细表、评议表、公示。Write a month's tables, meeting sheets and notices."""
    from pipelines.commands.monthly import Wanted, write_month
    from pipelines.commands.places import Places

    places = Places(county, township, village)
    sys.stdout.write(write_month(Wanted(month, places, language, with_names), folder))


@application.command()
def lookback(
    files: Annotated[list[Path], typer.Argument(help="filled workbooks: .xlsx, .ods, or their page as .csv")],
    password: Annotated[
        bool, typer.Option("--password", help="ask for the password of protected files, once for all")
    ] = False,
    password_file: Annotated[
        Path | None, typer.Option(help="a file of yours alone with their passwords, one a line")
    ] = None,
    returned: Annotated[
        Path | None,
        typer.Option(help="folder for the sheets of returned rows; artifacts/lookback/returned by default"),
    ] = None,
) -> None:
    """读回填好的“回头看”，写退回表。Read filled workbooks back; write sheets of the rows that are refused."""
    from pipelines.commands.file_passwords import file_passwords
    from pipelines.commands.lookback import read_back

    read_back(files, file_passwords(ask=password, kept_in=password_file), returned)


visits_application = typer.Typer(
    cls=WholeLines,
    rich_markup_mode=None,
    help="列出或撤销读回的走访。List the visits that were read back, or withdraw one.",
    no_args_is_help=True,
)
application.add_typer(visits_application, name="visits")


@visits_application.command("list")
def visits_list(
    county: County = None,
    township: Township = None,
    household: Annotated[
        str | None, typer.Option(help="id of the list, or the household's own number")
    ] = None,
    withdrawn: Annotated[bool, typer.Option("--withdrawn", help="those that were withdrawn")] = False,
    with_notes: Annotated[
        bool, typer.Option("--with-notes", help="with notes, which may name people")
    ] = False,
) -> None:
    """列出读回的走访。List the visits that hold, or those that were withdrawn."""
    from pipelines.commands.visits import list_visits

    wanted = {"county_id": county, "township_id": township}
    sys.stdout.write(list_visits(wanted, household, withdrawn=withdrawn, with_notes=with_notes))


@visits_application.command("withdraw")
def visits_withdraw(
    visit: Annotated[str, typer.Argument(help="as huitou visits list names it")],
    by: Annotated[str, typer.Option("--by", help="who withdraws it; kept, encrypted")],
    why: Annotated[str, typer.Option("--why", help="the reason; kept likewise")],
) -> None:
    """撤销一次读回的走访，记下谁和为什么。Withdraw a visit; all versions are kept, with who and why."""
    from pipelines.commands.visits import withdraw

    sys.stdout.write(withdraw(visit, by, why))


@application.command()
def releases() -> None:
    """列出各次发布并校验。List every release and verify it."""
    from pipelines.workspace.releases import list_releases

    list_releases()


@application.command()
def rollback(
    release: Annotated[str, typer.Argument(help="a season, or the name of a release (huitou releases)")],
) -> None:
    """退回到某次发布。Make an earlier release the current one again, after verifying it."""
    from pipelines.workspace.releases import roll_back

    roll_back(release)


Url = Annotated[str, typer.Argument(help="s3://bucket/folder, or another that fsspec knows; no password")]


@application.command()
def push(
    url: Url,
    season: Annotated[
        str, typer.Option(help="season or name of a release; the current one by default")
    ] = "current",
) -> None:
    """把一次发布存入对象存储。Copy a release to object storage; its manifest comes last."""
    from pipelines.commands.mirror import push_release

    sys.stdout.write(push_release(url, season))


@application.command()
def pull(
    url: Url,
    release: Annotated[str, typer.Argument(help="the name of a release, or a season that has one there")],
) -> None:
    """从对象存储取回一次发布并校验。Take a release out of object storage into the store, verified."""
    from pipelines.commands.mirror import pull_release

    sys.stdout.write(pull_release(url, release))


@application.command()
def prune(
    older: Annotated[str, typer.Argument(help="first season to keep; the release in use stays anyway")],
    by: By,
    why: Why,
) -> None:
    """删除到期的发布、训练和多余副本。Remove releases and runs of earlier seasons, and needless copies."""
    from pipelines.commands.prune import prune as prune_seasons

    sys.stdout.write(prune_seasons(older, by, why))


@application.command("export")
def export_holdings(
    wanted: Annotated[
        str, typer.Argument(metavar="HOUSEHOLD|PERSON", help="id of the list, or own number as delivered")
    ],
    folder: Annotated[
        Path | None, typer.Argument(help="a new folder for the data and a page to read; it names people")
    ] = None,
) -> None:
    """导出某户或某人的全部所存信息。Write all that is held of a household or person, for them to read."""
    from pipelines.commands.export import export

    sys.stdout.write(export(wanted, folder))


@application.command()
def events() -> None:
    """列出谁在何时做了什么。List who did what with what is known of households, and when."""
    from pipelines.commands.events import list_events

    sys.stdout.write(list_events())


@application.command()
def shard(
    stage: Annotated[str, typer.Argument(help="features or explain")],
    index: Annotated[int, typer.Option(min=0, help="which share of the counties, from 0")],
    of: Annotated[int | None, typer.Option("--of", min=1, help="shares; by default a county each")] = None,
    assignments: AsTheRun = None,
) -> None:
    """先算好一部分县，供下次运行取用。Make a share of a stage's counties beforehand, for the run to take."""
    from pipelines.commands.shard import make_shard

    make_shard(stage, index, of, assignments or [])


@application.command()
def doctor() -> None:
    """检查环境、密钥、存储、占用和磁盘。Check environment, keys, stores, lock, disk; nothing is changed."""
    from pipelines.commands.doctor import examine

    examine()


def main() -> None:
    """Run the command line; an expected failure is one line and a documented exit code."""
    speak_to_any_terminal()
    with one_line():
        refuse_secrets(sys.argv[1:])
        try:
            application()
        except SystemExit as done:
            if not done.code:
                refuse_unsaid()
            raise
