"""Measures that fit: they serve a main cause, and somebody in the household may get them."""

from collections.abc import Iterable, Mapping

from register.reference import Measure

#: The feature that tells whether some member meets a need named in measures.yaml.
NEED_FEATURES = {
    "student": "n_students",
    "disabled": "n_disabled_members",
    "able_to_work": "n_able_to_work",
}


def fitting_measures(
    causes: Iterable[str], facts: Mapping[str, float | None], measures: Mapping[str, Measure]
) -> list[str]:
    """Name the groups of measures to think of, in official order.

    Parameters
    ----------
    causes : iterable of str
        Main causes of the household.
    facts : mapping of str to float or None
        Its features; a missing count meets no need.
    measures : mapping of str to Measure
        Reference data, in official order.

    Returns
    -------
    list of str
        Codes. A worker and a disabled member may be different people.
    """
    named = set(causes)
    return [
        code
        for code, measure in measures.items()
        if named & set(measure.serves)
        and all((facts.get(NEED_FEATURES[need]) or 0) > 0 for need in measure.needs)
    ]
