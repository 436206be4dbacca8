"""Official prose beside figures told in full: what bears on them is asked about there as anywhere."""

from __future__ import annotations

import pytest

from bot.core.report.plain import formal
from tests.core.test_report_around import read
from tests.core.test_report_beside import clauses

FRAMES = (
    "现将我村有关情况报告如下：会改联已全面完成，新增执委12名，{}。特此报告。",
    "我村妇女工作扎实开展，{}，会改联已全面完成，新增执委12名。特此报告，请予备案。",
)


@pytest.mark.parametrize("frame", FRAMES)
def test_what_could_bear_on_the_figures_is_asked_about_in_a_letter(frame: str) -> None:
    some = [one for one in clauses("bearing", "bearing_behind") if formal.background(one)]
    assert not [one for one in some if read(frame.format(one)).clear]


@pytest.mark.parametrize("said", ["群众反响热烈", "会场秩序井然", "妇女之家同步揭牌"])
@pytest.mark.parametrize("frame", FRAMES)
def test_what_does_not_is_passed_over(frame: str, said: str) -> None:
    assert read(frame.format(said)).clear
