"""The evaluation as published: report, model card, information sheet."""
