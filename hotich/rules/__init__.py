"""What is asked of a record and of a book. The rules are data (`rules.toml`), each naming one check of this package."""

from hotich.rules.rulespec import RecordView, RuleContext, RuleSpec, load_rules
from hotich.rules.run import check_book_rows, check_record_view

__all__ = ["RecordView", "RuleContext", "RuleSpec", "check_book_rows", "check_record_view", "load_rules"]
