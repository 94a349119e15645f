"""What errors say in Chinese, one file a room; `pipelines.workspace.error_words` reads them.

Nothing imports this package, so no stage is made of it: a better word trains no model anew.
"""
