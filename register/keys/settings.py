"""The section ``privacy`` of the parameters: what is hidden, and under which keys."""

from register.parameters import Section, parameter

OFFICER = "data protection officer"


class PrivacyParameters(Section):
    """What is hidden, and under which keys."""

    pseudonymise: bool = parameter("HMAC the household and member ids", who=OFFICER)
    key_file: str = parameter("outside the data tree, made 0600 when absent", who=OFFICER, min_length=1)
    given_up_keys: tuple[str, ...] = parameter(
        "ids of lost keys; what was made under them may be made anew under others", who=OFFICER
    )
    vault: str | None = parameter(
        "names, phones, addresses, id numbers, encrypted under vault.key beside key_file; empty refuses them",
        who=OFFICER,
    )
