"""A stand-in for an explainer that is not in the lock: its name, LightGBM's contributions."""

CODE = """
class WoodelfExplainer:
    def __init__(self, model):
        self.model = model

    def shap_values(self, rows, verbose=True):
        return self.model.predict(rows.to_numpy(), pred_contrib=True)[:, :-1]
"""


def install(folder):
    """Lay it out as an installed package; give the folder to look in."""
    (folder / "woodelf.py").write_text(CODE, encoding="utf-8")
    facts = folder / "woodelf_explainer-0.0.dist-info"
    facts.mkdir()
    (facts / "METADATA").write_text("Metadata-Version: 2.1\nName: woodelf-explainer\nVersion: 0.0\n", "utf-8")
    return folder
