"""A character typed twice inside a word of ours, two of its names in one, and a figure that was named by mistake: 执委委, 执委会委员, 新增支委15人，打错，是执委."""

from __future__ import annotations

import re
from typing import Final

_TWICE: Final = re.compile(
    "(?<=执委)委(?![员会派托])|(?<=报告)告|(?<![弄搞办做改选开忙])完(?=完成)|(?<=完成)成(?=[了啦嘞]|$|[,。;!\\s新])|(?<=区域化)化(?=完|已|建|工|了|都|也|$|[,。;!:\\s])"
)
_MEMBERS: Final = re.compile(
    "执(?:行委员|委)会的?委员(?!会)|(?<=新增)执委委?员(?!会)|(?<=新[增选])[执值职直只][委位]会(?=[0-9一二三四五六七八九十]+[名人位])"
)
_TOWN: Final = re.compile("乡[阵震振朕](?=执委|妇联)")
_FINE: Final = re.compile(
    "(?<=[名个人位了好仨俩哈]),\\s*(?:中不中?|要得不(?:要得)?)(?=[啊呀嘞哈嘛]*[。!?~]*$)"
)
"""…，中不; …，要得不嘛: so much for politeness, in Henan and Sichuan."""
_UNITS: Final = re.compile("(?<=[村区])(?:[哦啊哎呃噢]+不是?)(?=[\u4e00-\u9fff]{2,4}(?:村|社区))")
"""石屯村哦不松源村, said in one breath."""
_N: Final = "[0-9零一二两三四五六七八九十百]+[名个人位]"
_AND: Final = re.compile(
    "(?<=十)有(?=[一二三四五六七][名个人位](?:新?执委)?(?=[哈啊哦了]*(?:$|[,。;!\\s])))"
)
"""二十有三名, and not 二十有三名党员."""
_BY_MISTAKE: Final = re.compile(
    f"新增(?!执委)(?P<wrong>[\u4e00-\u9fff]{{2,4}}?)(?P<n>{_N})[,。\\s]*(?:[哎哦啊噢呀]+[,\\s]*)?(?:刚才|字|又|我)?(?:打|写|说|报|按|发|输)错了?(?:字|了)?[,。\\s]*(?:应该?|其实|就)?(?:是|为)?(?:新增)?的?执委(?=[哈啊哦]*(?:$|[。!~]))"
)


_AGAIN: Final = re.compile(
    r"(?<!不是)(?<![0-9零一二两三四五六七八九十百])(?P<n>[0-9零一二两三四五六七八九十百]+)(?P<by>[名个位])人?(?P<said>[啊哦哈呢嘛呀]*)(?P=n)(?P=by)人?(?=[啊哦哈呢嘛呀]*(?:$|[,。!~]|没有?错|听|别|不要|我们|你|您|主席|谢))"
)
"""九个人九个哦, 十二名啊十二名: the number said twice."""


def single(text: str) -> str:
    """The text with each such word once, and as it is meant."""
    text = _MEMBERS.sub("执委", text) if "委" in text else text
    text = (
        _TWICE.sub("", text)
        if "委委" in text or "成" in text or "化化" in text or "告告" in text
        else text
    )
    text = _TOWN.sub("乡镇", text) if "乡" in text else text
    text = _AND.sub("", text) if "十有" in text else text
    text = _FINE.sub("", text) if "中不" in text or "得不" in text else text
    text = _AGAIN.sub(_once, text)
    text = _UNITS.sub(r",\g<0>,", text) if "不" in text else text
    return _BY_MISTAKE.sub(lambda m: f"新增执委{m['n']}", text) if "错" in text else text


def _once(found: re.Match[str]) -> str:
    return found[0][: found.start("said") - found.start()]
