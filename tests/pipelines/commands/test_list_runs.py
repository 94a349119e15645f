"""`huitou runs`: what was tried, with figures and their denominators, who promoted it."""

import sys

import pytest

from tests.pipelines.trained import trained


@pytest.fixture(autouse=True)
def no_mlflow(monkeypatch):
    monkeypatch.setitem(sys.modules, "mlflow", None)


def lines(capsys):
    return capsys.readouterr().out.splitlines()


def test_without_a_run_the_list_says_how_to_make_one(office, huitou, capsys):
    assert huitou("runs") == 0
    assert lines(capsys) == ["没有训练记录。No run yet: huitou retrain SEASON, or huitou run."]


def test_every_run_is_shown_with_its_figures_and_who_decided_what(office, huitou, capsys):
    first = trained()
    huitou("promote", first.name, "--by", "Li", "--why", "first of all")
    second = trained(season="2026Q1", skill=3.0, ap=None)
    huitou("promote", second.name, "--by", "Wu", "--why", "newer", "--sign-off", "groups: none")
    huitou("demote", second.name, "--by", "Li", "--why", "too early")
    capsys.readouterr()
    assert huitou("runs") == 0
    told = lines(capsys)
    one, two = told[:4], told[4:]
    assert one[0].split("  ")[:2] == [first.name, "champion"]
    assert one[1:3] == [
        (
            "  simulator, label months=12 reading=window resources_months=12 settle_months=3; model "
            f"{first.model_digest[:8]}, register {first.record['register_sha256'][:8]}; trained on 5 dates, "
            "2018-12-31 to 2024-06-30"
        ),
        (
            "  AUC 0.800, average precision 0.200, precision at 10 % 0.150, relative bias 0.050, Brier "
            "skill n/a, slope 1.050 on 400 household-seasons, 80 fell; judged 2024Q1, 2024Q2"
        ),
    ]
    assert one[3].startswith("  promoted by Li on 20")
    assert one[3].endswith(": first of all")
    assert two[0].split("  ")[:2] == [second.name, "challenger"]
    assert two[2].startswith("  AUC 0.800, average precision n/a, ")
    assert [line.split()[0] for line in two[3:]] == ["promoted", "demoted"]


def test_a_damaged_run_is_shown_as_such_and_the_exit_code_says_so(office, huitou, capsys):
    whole, damaged = trained(), trained(skill=1.0)
    (damaged.folder / "model" / "member_0.txt").unlink()
    assert huitou("runs") == 6
    said = capsys.readouterr()
    assert said.out.splitlines()[0].startswith(whole.name)
    assert said.out.splitlines()[-1] == f"{damaged.name}  损坏 damaged"
    assert said.err == (
        f"huitou: {damaged.folder}/model/member_0.txt: missing or changed since the run was recorded; remove "
        f"{damaged.folder}, then train that season again (huitou retrain SEASON), which makes the same run\n"
    )
