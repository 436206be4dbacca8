"""A message made of nothing but words of no change, 数据沿用上周, 不用动，照旧, or of nobody new among the 执委, put as one would say it plainly."""

from __future__ import annotations

import re
from typing import Final

from bot.core.report.plain import nobody_new
from bot.core.report.plain.made_of import wholly

_PARTED: Final = re.compile(r"[\s,。;:!~=/-]+")
_WORDS: Final = frozenset(
    str.split(
        """如 仍为 数据 数字 数 人数 数量 数目 各项 所有 所有的 全部 全部的 各 项目 指标 情况 信息 报表 内容 任何 什么 哪项 哪一项 项项 样样 都 也 均 全 还 还是 就 就是 仍 仍旧 仍然 依然 依旧 继续 完全
        一律 一切 统统 的 了 哈 啊 呢 啦 嘞 哦 呀 咯 是 为 有 再 请 来 按 照 按照 沿用 延用 照用 套用 续用 维持 保持 参照 参考 用 采用 照搬 照抄 同 与 跟 和 比 相比 比起 相较 较 对比 比较 自 自从 从 以来 至今 之后 后 以后 到 到现在 到目前 现在 到今天
        以 为准 可以 就可以 行 就行 即可 那些 看了下 看了一下 看过了 核对了 核对过了 核对过 查了下 查过了 查了 问了 问过了 问了一圈 统计了 摸排了 经核实 经核对 经统计
        报完 上周 上一周 上个周 上星期 上个星期 上礼拜 上个礼拜 上期 上一期 上次 前一周 上周末 报送 上报 填报 申报 报 报的 报过 报过的 填 填的 写的 那个 那组 那份 原来 原来的 原样 原数 原 老 老样子 照旧 照样 照常 一样 一致 相同 相等 持平 等同 一模一样 无异 无二
        没变 未变 不变 没变化 没有变化 无变化 未变化 没变动 没有变动 无变动 未变动 没动 不动 不用改 不用动 不用变 不必改 无需改 不需要改 没更新 无更新 没有更新 变动 没调整 无调整 没有调整 丝毫 一点 半点 毫 毫无 无 没有 变化 异动 没异动 无异动 没有异动 未作 未做 不作 没作 没做 没有做 改变 改动 出入 增减 波动 修改 调整 计 记 算 登记 记录 处理 两周 这两周 前后两周 两个星期 两次 两期 没改 无增无减 不增不减 原状 现状 状态 这块 这一块 这方面 方面 上 嘛 什么 啥 没什么 没有什么 没啥 要报 要上报 需要报 可报 可以报 数据上 情况上 0 零 否 沿袭 承接 对照 跟着 那样 同期
        本周 这周 这一周 本期 这期 这次 本次 这个礼拜 这个星期 这礼拜 今天 目前 这边 这里 村里 我村 本村 我们村 俺村 咱村 村上 社区 社区里 本社区 我社区 我们社区 镇里 镇上 乡里 乡上 我镇 我乡 本镇 本乡 我们 俺们 咱们 俺 咱 我 妇联 汇报 报告 回"""
    )
)
_LAST_WEEK: Final = re.compile(
    "上一?个?(?:周|期|次|星期|礼拜)|前一周|报完|(?:前后|这)?两(?:周|期|次|个星期)(?=(?:数据?|数字|情况|都|完全|是|的)*(?:一样|一致|相同|持平|没))"
)
_AS_IT: Final = re.compile(
    "一样|一致|相同|相等|持平|等同|一模一样|无[异二]|沿用|延用|照用|套用|续用|维持|保持|照搬|照抄|[同按照用如为=]"
    "|(?:还是|仍是|仍为|就是)(?:报)?上(?:一?周|次|期)(?:报|填)?的?(?:(?:那些|那个|那组)?(?:数据?|数字|人数|情况)|那些|(?<=的))[哈啊呢哦了]*$"
    "|(?:数据?|数字|人数)(?:还|就|仍)是上(?:一?周|次|期)(?:报|填)?的?那[个些组]|上(?:一?周|次|期)报?的?(?:那个|那些)?(?:数据?|数字|人数)就(?:行|可以|好)"
)
_UNCHANGED: Final = re.compile(
    "[没未不](?:有)?[变动](?!员)|[没无未不](?:有|作|做)*(?:任何|什么|啥)?(?:变化|变动|更新|调整|异动|改动|改变|修改|增减|波动|出入)|变(?:化|动)(?:情况|这一?块|方面|上|嘛|的话)*\\s*[:=-]?\\s*(?:[无0零]|没有)|(?:维持|保持)[原现]状|无增无减|不增不减|一样的数|不用[改动变]|(?:无|不)需要?改|照旧|老样子|照常"
)
_DOUBT: Final = re.compile(
    "[?吗吧]|(?<!没什)(?<!没有什)么|全[镇乡村县社]|上上|除|有没有|是否|还没|还未|^上[周期次](?:数据|情况)?[没无未不]"
    "|[没无未](?:有)?(?:[按照跟和同与用以如参采套续沿延]|维持|保持|报)|报表.*(?:可以|行)|(?:一样|一致|相同|不变).*(?:行|可以|好|即可)|(?:项目|内容|信息|报表)(?:还|就|仍)是上|^(?:项目|内容|信息|报表)"
)
_NEW: Final = "(?:新增|新选|新当选|新进|新产生|新推选|新添|新加|增补|增选|增加|添|新)"
_WHO: Final = "(?:人|人员|姐妹|妇女|女同志)"
_WE: Final = "(?:本周|这周|这次|目前|我村|本村|村里|我们村|社区|本社区|我社区|镇里|镇上|乡里|我镇|我乡|本镇|本乡|镇|乡|妇联|[,\\s])*"
_NOBODY: Final = re.compile(
    rf"^(?P<we>{_WE})(?:暂时?)?(?:没有?|无|未|没得|冇得?)(?:任何|什么)?(?:新?{_WHO})?{_NEW}?(?:的|到|过)?{_WHO}?(?:当选?|担任|为|进|加入)?(?:了)?{_NEW}?(?:的)?(?:妇联)?执委(?:人员|的)?(?=[。!✓\s]*$)"
)
_LISTED: Final = re.compile(
    r"(?<=新增执委)(?:名单|情况)?\s*[:=]\s*(?:无|没有|空)(?=[。!✓\s]*$)|(?<=执委)(?:无|没有)(?:增补|新增|新选|增加)(?=[。!✓\s]*$)"
)
_ALL: Final = re.compile(
    rf"^(?P<we>{_WE})(?:(?:所有|各项|全部|一切)?的?新增(?:项目?|事项|情况|数据?|数字|的)?(?:全部|全|都|均|也)*(?:\s*[:=]\s*|是|为)?(?:没有|无|零)|(?:未见|不存在)新增(?:情况|事项|人员)?|没?有?什么新的?(?:要|可)报(?:的)?|没有?啥新的?(?:要|可)?报(?:的)?)(?=[。!✓\s]*$)"
)


def plainly(text: str) -> str:
    """The text, or 跟上周一样, 没有新增执委, 没有新增 in its place, if that is all it says."""
    if len(text) > _LONGEST or _DOUBT.search(text):
        return text
    if _unchanged(text):
        return f"{nobody_new.whose(text)}跟上周一样"
    unit, rest = nobody_new.parted(text)
    whose = unit or nobody_new.whose(rest)
    if rest != text and not _DOUBT.search(rest) and _unchanged(rest):
        return f"{whose}跟上周一样"
    if (none := nobody_new.said(rest)) is not None:
        return f"{whose}{none}"
    if "执委" in text:
        found = _NOBODY.match(text)
        if found and (re.search(_NEW, found[0]) or "新" in found[0]):
            return f"{found['we']}没有新增执委"
        return _LISTED.sub(":无" if ":" in text or "=" in text else "无新增", text)
    if "新" in text and (found := _ALL.match(text)):
        return f"{found['we']}没有新增"
    return text


_LONGEST: Final = 24


def _unchanged(text: str) -> bool:
    if _UNCHANGED.search(text) is None and not (_LAST_WEEK.search(text) and _AS_IT.search(text)):
        return False
    return all(wholly(part, _WORDS) for part in _PARTED.split(text.strip("✓ 。!")) if part)
