"""What speech input and hurried thumbs make of the campaign's words."""

from __future__ import annotations

import re
from typing import Final

# What speech input and hurried thumbs make of the campaign's words; each stands for the word it replaces.
_TURNED: Final = "(?<![没未不要拟将会得])(?:[妇富夫付]代会)?(?:已经?|都|也|全部?|刚|正式|成功|顺利|就)*(?:改|改建|改组|改制|改造|转|转制|变|更名|改名|升格)(?:成|为)了?[妇夫富]联(?:会|组织)?"
"""已经改成妇联了: the thing itself in place of its name."""
MISHEARD: Final = (
    ("会改联", f"(?:{_TURNED}|改会联|会联改|会联(?=已|完|搞|弄|办|都|也|全部?|均|:|✓)|[妇富夫付]代会(?:已经?|都|全部?|也)*改(?:建|组|制|造)?(?:村|成|为)?[妇夫富]联|[妇富夫付]代会(?=(?:还|都|也|暂)*(?:没有?|未|尚未)(?:改|转)(?:建|组|制)?(?:成|为)?[妇夫富]联)|[妇夫富]联(?:组织)?改[建制组造](?=完|工作|已|了|好|[弄搞办做]|还没|没|未|也|都|全)|(?<![要能可])改联(?!系|络|合|通|网|赛|手)|[会回惠慧汇灰绘飞费妇晦贿毁会辉挥徽] ?[改该盖概钙丐] ?[妇夫富付]?[联连莲朕聊恋链练脸廉良梁帘怜莉利])"),
    ("新增", "(?:新[增曾赠憎争征正珍]|[心欣辛][增曾赠])"),
    ("执委", "(?:执行委员(?!会)|执 ?委|(?<![控体编限强机抵])制委(?![员托派会])|[执职只直值织知致质指之植侄] ?[委位微尾伟维萎卫]|执为)"),
    ("建设", "(?:建设|健身(?![房操舞队器活])|建社|建射|见设|坚设|检测(?=已|都|也|全|完))"),
    ("妇代会改妇联", "[妇富夫付]代会(?:已经?|都|也|全部?|刚|正式|成功|顺利|就)*[改该盖概](?:成|为|建|建成)?了?[妇夫富]联"),
    ("区域化", "(?:区化域|域区化|域化(?=建设|已|完)|区化(?=建设|已|完)|区域(?=建设|已完|完成(?!情|率|度))|[区去趋曲]域[化话画花华滑哗]|[区去趋曲]域划(?![分定成为到])|[区去趋曲][与预遇御玉欲育宇雨][化话画花])"),
)  # fmt: skip


def pattern_of(alias: str) -> str:
    """A pattern for an alias and for what is often written in its place."""
    said = re.escape(alias)
    for word, often in MISHEARD:
        said = said.replace(word, often)
    return said
