"""The limits of a shadow, in section ``hindsight`` of the parameters."""

from register.parameters import Section, parameter


class ShadowParameters(Section):
    """What would stop the use of a model, written by huitou shadow before outcomes are known."""

    relative_bias: float = parameter(
        "mean risk over the share that fell, less one, either way",
        unit="share",
        source="DESIGN 6",
        gt=0,
        le=1,
    )
    over_alerts: float = parameter(
        "share of the list that fell, less that of the same visits by department alerts, at least",
        unit="share",
        ge=-1,
        le=1,
    )
    causes_confirmed: float = parameter(
        "confirmed visits whose causes hold the named one, at least", unit="share", ge=0, le=1
    )
