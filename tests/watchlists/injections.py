"""Texts that programs have taken for something else."""

INJECTIONS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    '=HYPERLINK("http://x")',
    "{=1}",
    "http://example.org",
    "<script>alert(1)</script>",
    "{{ 7 * 7 }}",
    "\x00=1",
    " =1",
    "a\x01b",
    "&L&P",
)
