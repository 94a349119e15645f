"""What every typed section is made of: the model, its words, and its refusals."""

from register.parameters.one_of import OneOf
from register.parameters.section import Rise, Season, Section, parameter

__all__ = ["OneOf", "Rise", "Season", "Section", "parameter"]
