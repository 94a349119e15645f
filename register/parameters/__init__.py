"""What every typed section is made of: the model, its words, and its refusals."""

from register.parameters.section import Season, Section, parameter

__all__ = ["Season", "Section", "parameter"]
