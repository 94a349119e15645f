"""The counties that newcomers come with, as their offices would deliver them (docs/simulator.md)."""

from pipelines.stages.simulate import changed, simulate
from tests.parameters import parameters

#: Another province's line, and its incomes with it.
GUIZHOU = {"simulator.office.region": "520000", "simulator.office.amounts_over_yuan": 0.9}
#: One household in twenty-five has lived in a dangerous house ever since.
DANGEROUS = {"simulator.dangerous_share": 0.04}
#: 400 households and one annual export: nothing that could be learned from.
YOUNG = {**GUIZHOU, **DANGEROUS, "simulator.office.years": 1, "simulator.office.exports_yearly": True}
#: 1,600 households and four annual exports, in which every dangerous house is written anew.
RESTATED = {**YOUNG, "simulator.office.years": 4, "simulator.office.restates": True}


def deliver(folder, settings, households):
    """Write one county's delivery into a folder, and give the folder for source.kind folder."""
    params = parameters(settings)
    county = changed(params.simulator, households, 1, None).model_copy(update={"risk_seasons": ()})
    simulate(county, params.compute, folder / "simulated", folder / "truth")
    return folder / "simulated"
