from watchlists.reasons.ending_help_words import NEVER, ending_help


def document(*trials):
    return {"risk": {"value": 0.1}, "ending_help": list(trials)}


def trial(standing="told", risk=0.2):
    return {"zh": "健康帮扶", "en": "health help", "standing": standing, "n_without": 60, "risk": risk}


def test_every_trial_is_told_as_no_reason_to_end_help():
    sentences = ending_help(document(trial()))
    assert "20.0% instead of 10.0%" in sentences[0][1]
    assert sentences[-1] == NEVER


def test_what_contradicts_has_no_figure():
    ((_, en), _) = ending_help(document(trial("contradicts", None)))
    assert en == "Health help: cannot be read off this register."


def test_nothing_is_said_without_help():
    assert ending_help(document()) == []
