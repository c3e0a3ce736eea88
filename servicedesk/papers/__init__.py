"""What the papers for customers say, in their language: composed here, because they show several apps.

`inspections.paper` sets them and knows no word of it. Reads only, but for `making`.
"""

from servicedesk.papers.analysis import analysis_paper
from servicedesk.papers.inspection import report_paper
from servicedesk.papers.making import make_analysis, make_asked, make_report

__all__ = ["analysis_paper", "make_analysis", "make_asked", "make_report", "report_paper"]
