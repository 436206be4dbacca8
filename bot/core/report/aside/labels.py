"""Lines of a form that tell nothing of a figure: 审核意见：同意, 数据来源：村妇联, 所在村：东峰村, 是否按期：是.

A label wholly made of words of labels, with a value wholly made of harmless ones, is blanked out in a sheet of several lines. A value that says
otherwise (不同意, 未通过, 计划数, another village) stays, and is judged as it was.
"""

from __future__ import annotations

import re
from typing import Final

from bot.core.reading import Lexicon
from bot.core.report.plain import blank
from bot.core.report.plain.made_of import wholly

_LABELS: Final = frozenset(
    str.split(
        "填报 上报 报送 报告 汇报 填表 制表 呈报 发送 提交 单位 村 社区 村居 行政村 名称 全称 村名 村别 所在 所属 归属 乡镇 街道 镇 乡 县 市 区 县市 县市区 区划 级别 类别 / 、 或"
        " 盖章 签章 公章 签字 落款 来源 数据 性质 口径 范围 统计 类型 报表 批次 主题 事由 标题 方式 产生 选举 表决 投票 会议 地点 形式 程序 结果 情况 审批 审核 审查 批准 备案 党支部 妇联 镇妇联 乡妇联 党委 镇党委 村两委 意见 机关 部门"
        " 指导 监督 联系 主管 是否 按期 按时 符合 规定 合法 合规 属实 公示 挂牌 归档 有无 有 无 异议 投诉 举报 信访 期 期间 当选 到会 参会 工作 其他 备注 说明 的 与 和 及 报 人 岗位 身份 职务 责任 负责 分管 包村 驻村 领导 干部 经办 经手 主持 记录 见证 亮点 特色 问题 困难 建议 需求 特殊"
    )
)
_VALUES: Final = frozenset(
    str.split(
        "\x00 村 社区 本村 本社区 我村 全村 妇联 村妇联 妇女联合会 镇 乡 县 市 镇妇联 乡妇联 县妇联 党支部 村党支部 镇党委 乡党委 党委 村两委 村委会 村部 会议室 村书记 书记 支书 村支书 主席 妇联主席 副主席 文书 会计 主任 干事 包村干部 驻村干部"
        " 同意 已同意 通过 已通过 全票通过 一致通过 合格 属实 真实 有效 合法 合规 规范 符合 符合规定 正常 顺利 良好 圆满 是 已 已完成公示 已公示 已备案 已挂牌 已归档 已审核 已批复 已批准 已签 已盖 选举产生 民主选举 无记名投票 举手表决 差额选举 等额选举 直接选举 全部当选 符合法定人数 实际数 实数 准确数"
        " 周报 月报 日报 会改联 上报 数据 情况 微信 公众号 网上 现场 现场会议 线下 线上 的 、 和 无异议 均无异议 全体 妇女代表 大会 上报数据 报数"
    )
)
_NONE: Final = re.compile("(?:暂)?(?:无|没有)|否")
_BAD: Final = re.compile("异议|投诉|举报|信访|问题|困难|建议|需求|特殊|其他|备注|说明|亮点|特色")
_ABOVE: Final = re.compile("(?:[\u4e00-\u9fff]{1,3}(?:镇|乡|县|市|区|街道))+(?:妇联|党委)?")
_PLACE: Final = re.compile("乡镇|街道|县|市|区划|指导|监督|批准|审批|主管|机关")
_LINE: Final = re.compile(
    r"(?:^|(?<=[\n;]))[ ]*(?P<label>[^:;,。\n]{2,12}):[ ]*(?P<value>[^:;,。\n]{1,14}?)[ ]*(?=[\n;。]|$)"
)
_NUMBERED: Final = re.compile(
    r"(?:^|(?<=[\n;]))[ ]*(?:序号|编号|期号|文号|批次):[ ]*[^:;,。\n]{1,10}?(?=[\n;]|$)"
)
_FORM: Final = re.compile("(?:会改联|执委|改联|区域化)[^,;。:\n]{0,6}:")


def without(text: str, lexicon: Lexicon) -> str:
    """The text without such lines, as long as before."""
    if "\n" not in text or _FORM.search(text) is None:
        return text
    text = _NUMBERED.sub(blank.match, text)
    for found in _LINE.finditer(text):
        label = found["label"].replace("(", "").replace(")", "")
        value = found["value"]
        for mention in reversed(lexicon.names.find(value)):
            if all(place.key == lexicon.own.key for place in mention.places):
                value = f"{value[: mention.start]}\x00{value[mention.end :]}"
        if wholly(label, _LABELS) and _harmless(label, value):
            text = blank.span(text, *found.span())
    return text


def _harmless(label: str, value: str) -> bool:
    if _NONE.fullmatch(value):
        return _BAD.search(label) is not None
    if _PLACE.search(label) and _ABOVE.fullmatch(value):
        return True
    return not (_BAD.search(label) and value in ("是", "已", "有")) and wholly(value, _VALUES)
