"""From risk to a list people can work with: rules, allocation, reasons, workbook, cards, release."""

#: Stands on every surface that shows a risk (DESIGN, head).
NOTICE_ZH = "评分是走访的理由，不是决定；不得据此拒绝、取消或停止帮扶。"
NOTICE_EN = "A score is a reason to visit, not a decision; it never refuses, removes or ends help."
