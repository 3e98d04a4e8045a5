"""What `dument check` found, for machines: SARIF 2.1.0 and JUnit XML, always in the same order."""

from __future__ import annotations

from dument.reports.checked import Checked
from dument.reports.junit import junit_xml
from dument.reports.sarif import sarif_log

__all__ = ["Checked", "junit_xml", "sarif_log"]
