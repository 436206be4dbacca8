"""The words by which people take back a number and put it right, and those that stand beside them."""

from __future__ import annotations

import re
from typing import Final

MARKS: Final = frozenset(
    str.split(
        """
    报高了 报低了 写高了 写低了 说高了 说低了 填高了 填低了 一数 瞎了 看走眼 嘴快 迷糊 糊涂 忘减 忘加 忘算 忘写 忘记 忘了 没算 不不 不不不 不确 改口
    嘴瓢 打字快了 滑了 舌头打结 打结 别用 不用刚才 错 不对劲 漏计 少计 多计 error Error 重打 修改 误 笔误 口误 失误 记岔 说岔 讲岔 岔了 反了
    混了 串了 颠倒 倒了 拿倒了 差了 拐了 打快了 说快了 写快了 快了一步 重复了 重了 写了两遍 数了两遍 算了两遍 记了两遍 报了两遍 漏了 漏打 漏写 漏报 漏数
    漏算 漏掉 漏记 少写 少报 少数 少算 少记 少打 少了 多写 多点 少点 多报 多数 多算 多记 多打 多了 掉了 更正 更 订正 改正 纠正 修正 勘误 补正 校正
    改 换成 换为 变更为 调整为 作废 废止 取消 撤销 撤回 划掉 划去 删掉 删 删除 抹掉 忽略 不算 不作数 不要 不对 不对头 不准 不准确 不实 不应 不是的
    才对 才是 才是对的 正确 准确 应作 应为 应是 应该是 应该为 应读 应当 当为 实为 实则 别记 别登 别看 别管 没打完 没写完 没说完 没打全 没写全 听成 看成
    写成 打成 说成 记成 报成 填成 搞成 弄成 算成 数成 念成 认成 看花眼 看花了 眼花 手滑 手抖 手快 输入法 转错 no NO No 哦不 啊不 噢不 呸 对的数
    对的是 核对为 经核 核对后 核实后 校对后 复核后 重数了 重新数了 重算 ✗
    """
    )
)
FILL: Final = frozenset(
    str.split(
        """
    本本 本子 还漏 其实 糟糕 天哪 嗐 嗯 两个数 自己 核过 复核 重新核 加主席 算主席 加 手指头 打字 减 重复的 重名 那条 这条 键 键盘 数据 计 慢 用
    合计 总共 一共 共 哎 哎哟喂 哎妈 妈呀 哟 啊 哦 噢 喔 呃 唉 欸 诶 呀 哇 嗨 咦 嘿 那个 这个 那 这 我 俺 咱 我们 的 了 是 就 才 应 该 实
    为 系 有 在 经 刚 方才 前面 上面 前 上 上一条 上条 后面 第一个 第二个 数 数字 人数 名单 名字 名 写 报 打 填 说 讲 记 算 输 录 看 听 弄 搞
    整 发 点 按 念 抄 请 以 帮 给 麻烦 不好意思 对不起 抱歉 致歉 见谅 一个 有个 一位 一名 一个人 有个人 下 一下 过 得 太 快 急 又 也 都 再 先
    后 统计 手 眼 拼音 语音 的锅 识别 翻页 翻 仔细 重新 一看 一查 一遍 两遍 核对 核实 清点 校对 查 确认 细 原 原来 本来 成 作 乃 谨 现 兹 哈 啦
    吧 呢 嘞 咯 哒 喽 滴 把 被 让 由 并 故 特 因 由于 打的时候 老眼 自家 一时 一下子 脑子 记性 不行 当 准 登 扣 去 去掉 加回 最后 最终 到底 漏
    和 执委 新执委 等哈 等一哈 等会儿 不是
    """
    )
)

REST: Final = MARKS | FILL

OF_BEFORE: Final = frozenset(
    str.split(
        """
    各位好 领导好 您好 你好 老师 重填 所报 今早 早上 上午 下午 昨天 昨晚 主席 重报 重发 帮忙 之前 此前 早前 已 报告 各位 领导 口快 唔啱 冇啱 唔系
    拍谢 个 表 名册 等一下 等等 等下 慢着 且慢 没办 没完成 没改 未完成 没弄 完成 选 选项 重复 多按 少按 非 谢谢 辛苦了 谢了 收到 对不住 真 笨 词 字
    位数 转 句 消息 信息 内容 前一条 前条 收回 话 晕 差脱 岔劈 瞎打 数重 下边 上边 头先 咗 嘅
    """
    )
)
"""The words that stand beside these where it is said of an earlier message."""

_D: Final = "(?:[0-9]+|[零一二两三四五六七八九十俩仨]+)"
BY: Final = re.compile(
    f"[多少漏重减忘][^,0-9]{{0,3}}?(?P<a>{_D})[个名位](?![0-9零数字])|(?P<b>{_D})[个名位][^,]{{0,3}}(?:重|多|漏|少|写了两|数了两|算了两|记了两|报了两)"
)
"""漏了两个, 有一个重了: by how many a number was wrong."""


def as_one(part: str) -> str:
    """漏了两个 as 漏了一个, so that its words are known."""
    by = BY.search(part)
    key = by and ("a" if by["a"] else "b")
    return f"{part[: by.start(key)]}一{part[by.end(key) :]}" if by and key else part


SORRY: Final = frozenset(
    str.split(
        "哦对不起 哎呀对不起 哦 哦哦 噢 哎呀 不好意思 对不起 抱歉 天哪 嗐 哈哦 哦是 抱歉是 不好意思是"
    )
)


def wrong(part: str) -> bool:
    """Whether a clause of such words says that a number is wrong."""
    return any(mark in part for mark in MARKS) or BY.search(part) is not None


def marked(part: str) -> bool:
    """Whether it says so, or exclaims: 哦."""
    return part in SORRY or wrong(part)
