"""The words of reports by what they do to a sentence; campaigns add their own (indicators, steps, names of units)."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from bot.core import report_deeds, report_harmless, report_more


class Kind(StrEnum):
    """What a token of a sentence is."""

    UNIT = "unit"  # a unit of her scope, or above it
    BEHALF = "behalf"  # 帮西山, where no 西山 is hers
    FOREIGN = "foreign"  # a unit that is not hers, or several that are not told apart
    OWN = "own"  # 我村
    INDICATOR = "indicator"
    STEP = "step"
    NUMBER = "number"
    APPROXIMATE = "approximate"
    ODD = "odd"  # digits with no single value: 12.5, -3, l2
    PERCENT = "percent"
    RATIO = "ratio"  # 72/80
    EXPLAINED = "explained"  # a number that is no value: a date, a telephone
    THING = "thing"  # a number of other things: 3次, 500块
    PLACES = "places"  # a number of units: 8个村
    DONE = "done"
    NOT_DONE = "not_done"
    ZERO = "zero"  # 零报告, 没新增
    NONE = "none"  # 没有
    SAME = "same"
    CHANGED = "changed"
    ADD = "add"  # 新增, 选了
    TOTAL = "total"  # 累计: all so far
    STOCK = "stock"  # 现有: all there are, new or not
    AGAIN = "again"  # 又, 再
    EACH = "each"
    RESPECTIVELY = "respectively"
    EXCEPT = "except"  # 除 … 外 around units
    PART = "part"  # 其中
    LABEL = "label"  # a noun with numbers of its own: 党员
    PEOPLE = "people"  # a noun for those who are counted: 姐妹
    ROLE = "role"  # 主席, 副主席
    RISKY = "risky"  # words that make another thing of what is counted: 候选人
    CORRECTION = "correction"
    VOID = "void"  # 不是12: not this number
    HEDGE = "hedge"
    ASKING = "asking"
    CONFIRM = "confirm"  # 对吗: asks about what stands before
    ORDER = "order"  # 按上级要求: what follows may be the order
    PLAN = "plan"  # future, condition, order
    REPORTED = "reported"  # words of others
    QUOTED = "quoted"  # everything that follows is pasted
    EARLIER = "earlier"  # another period
    ELECTION = "election"
    EXPECTED = "expected"  # 应到
    PRESENT = "present"  # 实到
    ABSENT = "absent"  # 缺席
    MATTER = "matter"  # a word of the work around: harmless beside a named figure, not inside it
    UNSURE = "unsure"  # a hedge about all that was said
    BREAK = "break"
    FILLER = "filler"
    TEXT = "text"  # not known


WORDS: Final[dict[str, Kind]] = {}
"""Every word with its kind; the longest that fits is taken, a word of two kinds has the last."""


def _add(kind: Kind, words: str | Iterable[str]) -> None:
    WORDS.update(dict.fromkeys(words.split() if isinstance(words, str) else words, kind))


_add(Kind.FILLER, report_harmless.WORDS)
_add(Kind.FILLER, [*"的了是为有共在于由也都就和与跟及并且名人位女啊呀哦哈啦嗯呢嘛哟咯喽嘞哩咧哒咗咧呗哇诶哎唉嘿计好请该其即已以己巳现今我您你咱俺们这那来去到个系才得上里边吧新村把给帮替代又太很挺真便"])  # fmt: skip
_add(Kind.FILLER, """
    领导 大家 各位 您好 你好 谢谢 谢谢您 感谢 多谢 辛苦 辛苦了 辛苦啦 收到 早上好 上午好 中午好 下午好 晚上好 报告 汇报 向您汇报 上报 报送 填报 申报 报数 报个数 报 特此 特此报告 特此汇报 工作 基本情况 基本信息 大体情况 转交 情况 人数 数字 数量 数据 数 妇联
    夫联 妇连 妇女联合会 我们 咱们 俺们 咱 阮 本 本单位 我这边 我这 我们这边 这里 这边 这回 这次 此次 单位 今天 昨天 昨晚 前天 前晚 今晚 今早 昨日 今日 上午 下午 晚上 早上 中午 傍晚 夜里 凌晨 刚刚 刚 刚才 现在 目前 已经 早已 早 早就 终于 总算
    顺利 顺利地 圆满 成功 日前 最后 最终 结果 实际 其实 实际上 确实 一共 总共 共计 共 拢总 拢共 统共 全部 全 全都 均已 以及 并且 请查收 请审阅 请知悉 请登记 请记录  请指正 请放心 麻烦登记 麻烦记一下  帮忙登记 帮我记  记一下
    汇报如下 报告如下 情况如下 如下 具体如下 现汇报如下 现上报 现报 报一下 说一下 汇报一下 报个 补报  补上 停 停在 停留在 还停在 进到 走到 推进到 处于 卡在 我想 想报 我来 我 来报 报来 报上 这周 本周 本月 本期 本次 这礼拜 这个礼拜 这个星期 这星期
    这个月 当天 当场 当日 一次性 主要 关于 对于 经过 通过选举 经选举 依法 按程序 民主 全票 一致  附后 见附件 进度 数目 总 打扰了 打搅了 整 足 只 仅 仅有 只有 就是 就 就有 有的 分 还是 还 另外 然后 接着 再说 那个 那  呢  喂
       不急 不用急 先 先报 我先 没问题 无误 没错 不会错  没有错 准确 属实 真实 无异议   没有反对 无人反对  一个不少 没有异议 改成妇联 改为妇联 改建妇联 成立妇联  麻烦 不好意思 抱歉 对不起 见谅 莫怪
     迟报了  忘记了 都很  开心 高兴  同志们 村里 村上 我是 是我 我叫 本人 不会打字 她不会打字 他不会打字 她不会弄    代报 说句     都齐了 齐了 全齐了 齐 建设
    再报一遍 再报一次 补一个 报一个 报过了 报了 已报 已上报 上报了 候任 这步 这一步 一步 阶段 通过 随之 一致通过 上去 出来 出来了 下来 成 进 进了 班子里 能 了哦 了哈 了啊 了呢 了呀 了嘞 了咧 没别的 没其他 就这些 以上 没有困难 没困难 无困难 没啥困难
    没有问题 没啥问题 人 的人 开了 开过   名名 各名   各  咯  新的 新来 女的 村民 村委 村委会 村妇联 在 加油 祝 祝您 天天开心 节日快乐 三八节 三八节快乐 妇女节 姐妹们  尊敬的 主席您好 领导好 主席好 主席们 谢谢啦 谢啦 哈谢谢
    感谢领导 感谢组织   祝好 此致 敬礼 不客气 是 对 对的 是的 嗯嗯 好的 好嘞 要得 马上落实 坚决落实 收悉 填报人 填表人 报送人 联系人 联系方式 电话 日期 时间 地点 备注 序号 村名 姓名 单位名称 项目 指标名称 类别 标题 内容 单位 这两天
    近日 近期 最近 前几天 前两天 昨儿 今儿 上个周末 周末 一早 大早 一直 总体 总的 总体上 全面 提前 按时 按期 如期 及时 准时
    """)  # fmt: skip
_add(Kind.ADD, report_deeds.CHOSEN)
_add(Kind.ADD, """
    选完 选完了 选毕 挑了 挑出 挑出了 挑选 挑选出 挑选出了 推举 推举出 推举出了 推举了 评选出 票选 票选出 票选出了 投出 投出来 投出了 选任了 配了 配备 配备了 配齐 配齐了 凑了 凑齐 凑齐了 补进 补进了 扩充 扩充了 加进 加进来 加进了 选进来 添进 入了 入选了 新配 新配备 新充实 新吸收 新补 新补充 招进 招进来 选好了 选齐 选齐了 选足 选足了 选定了 敲定了 推上 推上来 推出 推出了 选举出 选举出了 改选 改选出 换届选出 换届选举产生 大会选举产生 会议选举产生 会上选出 现场选出 当场选出 共选 共选出 共选举 共选举产生 共产生 共新增 共新选 合计新增 一共新增 一共选出 总共选出 实际选出 最终选出 最后选出 顺利选出 成功选出 圆满选出
    """)  # fmt: skip
_add(Kind.MATTER, report_deeds.OTHERS)
_add(Kind.RISKY, report_deeds.DOUBTED)
_add(Kind.MATTER, """
    名单 名册 会议 任务 工作任务 建设任务 开会 开了会 开会了 开的会 召开 进行 公示 上墙 已上墙 已公示 已上墙公示 公布 宣布 鼓掌 表决 唱票 开票 会场 现场 家里 县里 乡里 镇里 村部 在村部 担任 当 做 搞 成为 队伍 程序
    环节 大姐 主任 书记 妇女主任 妇女主席 干事 姐 姐姐 阿姨 组织 各级 充实 壮大 能干  会 开完会 开过会 开了个会 开个会 散会 会开完了 会开了 会也开了 开会了 过来 起来 会上 会后 会前 会中 会期 大会 例会 动员会 座谈会 动员 方案 材料 手续 仪式 报到 资料 表格 文件 场地 牌子 牌匾 印章
    老人家 没报 还没报 未报 没有报 没有上报 未上报 还未报 公章 办公室 会议室 桌子 微信 微信群 群里人 前期 前期工作 准备工作 筹备工作 统计 登记 宣传 培训会 学习 布置 活动室 阵地
    """)  # fmt: skip
_add(Kind.PEOPLE, "大娘 大嫂 嫂子们 婶子们 伯母 阿婆 婆婆 大婶 大妈们 姑娘们 媳妇们 小媳妇 媳妇儿 闺女 后生 乡亲 乡亲们 父老乡亲 老百姓 村民们 群众们 妇女们 众人 众姐妹 姐妹 妇女 女同志 同志 妇女同志 媳妇 姑娘 大妈 嫂子 村民 群众妇女 女性 成员 人员 姐妹们 妇女姐妹 新成员 新同志 新面孔 女青年 青年妇女 老乡 人选")  # fmt: skip
_add(Kind.ROLE, "主席 副主席 妇联主席 妇联副主席 兼职副主席 专职副主席 主席副主席 正主席 常委 主任委员")  # fmt: skip
_add(Kind.LABEL, """
    其余 投票 选民 发票 发放 收回 回收 选票 有效票 参选 投票人数 年轻 年轻的 年轻人 新人 优秀 骨干 党员 预备党员 团员 群众 妇女群众 代表 女代表 妇女代表 村民代表 女能人 能人 致富带头人 带头人 教师 老师 女教师 大学生 返乡大学生 医生 女医生 网格员 小组长 妇女小组长 组长 种养大户 种植大户 养殖大户 大户 志愿者 巾帼志愿者 专干 副主任
    村两委 两委 村两委干部 村干部 干部 班子 班子成员 班子共 委员 执委会 妇女之友 男 男的 女的 男性 少数民族 大专 大专以上 本科 本科以上 高中 高中以上 初中 学历 年龄 平均年龄 以上学历 退休 退休干部 个体户 其他 普通妇女 老党员 监委 理事 会员 理事会
    妇女小组 小组 网格 人口 全村人口 总人口 妇女人数 留守妇女 儿童 留守儿童 低保户 家庭 企业 女企业家 合作社 农户 参加活动 活动 参与 宣传单 走访 培训 讲座 筛查 两癌筛查 慰问 整改 调解 创业 招聘 就业 岗位 贷款 面积 经费 资金 票 得票 赞成 反对 弃权 请假 列席 缺席 迟到 报名
    """)  # fmt: skip
_add(Kind.RISKY, """
    候选人 候选 候补 后备 后备人选 后备干部 提名 初步人选 预备 预备人选 人选名单 留任 连任 原有执委 退出 辞职 辞去 减少 减 减去 去掉 撤 撤了 撤销 取消 作废 重复  停用 重办 退回 少了 缩减 免去 落选 没选上 没通过 不愿意 不愿 不干 不算 除外
    扣除 扣掉 虚报 假的 多报 少报 加上 连同 算上 连上 合并  的指标  够  指标   重新 重开 推迟 延期 改期 停电  失败 流会 流产 反对票 无效
    """)  # fmt: skip
_add(Kind.RISKY, "去世 病故 外出 打工 搬走 生病 离开 调走 嫁走 离任 请辞 罢免 更换 调整 换了 吵架 续任 续聘 老同志 老成员 老班子 完成率 完成度 完成情况 完成时间 完成日期 完成标准 完成后 完成前 完成之后 完成之前 才怪 名不副实 挂名 待遇 津贴")  # fmt: skip
_add(Kind.EXPECTED, "应参加会议 应参加会议的 应参加的 应到 应到会 应参会 应出席 应参加 该到 该来 应来 应该到 应该来 应该参会 应该参加 应该出席 应出席会议 应到人数 应到应该是 应到代表 总代表 应到会人数 应参会人数")  # fmt: skip
_add(Kind.PRESENT, "到齐 到齐了 全到齐 都到齐 实际参加 实到 实到会 到会 到会人数 实到人数 参会 出席 出席会议 实际到会 实际参会 实来 到了 来了 到场 参加会议 与会 参会人数 实参会 参加了会议 实际到 实际来")  # fmt: skip
_add(Kind.ABSENT, "缺席 请假 缺 没来 没到 未到 未到会 未参会 缺会")
_add(
    Kind.EACH,
    str.split(
        "各 均 每 都是 全是 均为 都为 都有 各有 分别都是 各新增 各增 一律 每个都是 各是 各为"
    ),
)
_add(Kind.RESPECTIVELY, "分别 分别是 分别为 分别有 依次 依次是 依次为 分别新增")
_add(Kind.PART, "其中 含 包括 包含 里头 里面 当中 之中 中有 中 占 内含 不含 不包括 在内 里有 除了 又分 细分 平均 最大 最小 最大的 最小的 岁以下 岁以上 以下的 岁以下的")  # fmt: skip
_add(Kind.ADD, """
    多咗 又多咗 多了 多出 多出了 又多出 新增 新增了 新增加 新增加了 新选 新选了 增加 增加了 增 增了 加 加了 添 添了 新添 新添了 增添 增添了 增选 增选了 选出 选出了 选了 选上 选上来 选上了 选举产生 选举 选 推选 推选出 推选了 当选 当选为 新当选 新当选为 产生 产生了 选定 进了 增补 增补了 吸收
    吸收了 吸纳 吸纳了 发展 发展了 新进 选进 选聘 充实了 补充 新上任 上任 任命 新任 选拔 新建 新建了 建了 建 建成 新建成 建起 建好 设 设有 设了 成立 成立了 新成立 设立 新设 新曾 新赠 新憎 心增 心曾 辛增 欣增 xinzeng 进新人 进了新人 添新人 添了新人 增新 有新 选咗 加咗 选成 选成了 被选 入选 选任 推荐出 差额选出 选下 选下了 选下来 投票产生 投票选举产生 表决产生 补了 挂了 新加入 新加入了 加入 加入了 进入 选进 选进了 实选 选的 选得 新选出 新选出了 新推选 选满 来了 又来了 人选了 人选出 人选好了
    """)  # fmt: skip
_add(Kind.AGAIN, "又多了 又多 再多了 又 再 另 另外 额外 追加 追加了 补选 补选了 又选 又选了 又新增 又新增了 又增加 又增加了 再选 再增加 再新增 再加 再添 又添了 又添 又加 又加了 还选 还选了 还新增 还增加 还新增了 另选 另新增 又建 又建了 再建 又有")  # fmt: skip
_add(Kind.TOTAL, "加起来 合起来 加一起 合在一起 算在一起 全部加起来 全加起来 累计 总数 总计 合计 到目前 到现在 至今 截至目前 截止目前 截至今天 截至 截止 截止到 截至今日 增加到 增至 增到 增加至 达到 达 升至 总人数 总量 总数为 只剩 剩 还剩 总数达 已达 已有 累计有 一总 由原来")  # fmt: skip
_add(
    Kind.STOCK,
    str.split(
        "现共有 现在共有 现在一共 现在一共有 目前共有 目前一共 现一共 现在总共 现在共 现共 现有 现在有 目前有 原有 在册 在任 在岗 现任 保持 维持 保持在 维持在 登记在册 实有 有了 拥有"
    ),
)
_add(Kind.DONE, """
    完成 完城 完工 改好 搞好 弄好 整好 办好 做好 改完 搞完 弄完 整完 办完 做完 搞定 搞掂 搞掂咗 弄妥 办妥 改了 结束 到位 ok OK Ok 完了 好了 好咗 成了 ✓ 弄得 弄得了 整利索 利索 办归一 归一 改掉 中了 完戍 弄利索 整明白 完事 完事儿 完事儿了 完事了 弄成 办成 改成 改成了 办成了 弄成了 搞成了 达标 落地
    弄好咯 全完 建好了 收官 办结 办结了 成咗 已成 已完成 已完毕 已完工 已办完 妥了 妥啦 妥咯 妥嘞 妥哒 拿下 拿下了 办落实 办落实了 圆满完成 顺利完成 已完 √
    """)  # fmt: skip
_add(Kind.DONE, report_deeds.WORKED)
_add(Kind.NOT_DONE, report_deeds.products(report_deeds.NOT, report_deeds.DOING))
_add(
    Kind.NOT_DONE,
    report_deeds.products(
        str.split(
            "没 没有 还没 还没有 未 尚未 还未 都没 也没 仲未 仲冇 还冇 还冒 冒 冇 冇得 唔 不"
        ),
        report_deeds.WORKED,
    ),
)
_add(Kind.NOT_DONE, "完成不了 整不成 搞不定 搞不成 弄不成 弄不了 不得行 完不成 办不成 开不成 未完 没完 还没呢 没呢 还没 还未 没成 不成 黄了 ✗ 没戏 卡住 卡住了 停滞 没选成 选不成 选不出 没开成 不行")  # fmt: skip
_add(
    Kind.ZERO,
    report_deeds.products(
        [n for n in report_deeds.NOT if n not in ("末", "不")], report_deeds.ADDING
    ),
)
_add(Kind.ZERO, "半个都没有 半个没有 半个人都没有 一个人都没有 零报告 0报告 零报 报0 报零 本周空白 空白 没有新的 无新的 没新的 无新 没添丁 颗粒无收 零新增 新增无 新增为无 新增没有 没增没减 无增加 无增减 没有增减")  # fmt: skip
_add(Kind.NONE, "没有 没得 木有 莫得 么得 冇 冇得 无 没 暂无 暂时没有 还没有 没有了 为无 空 一个也没有 一个都没有 一名没有 一个没有 没有任何 无任何 没任何 没有一个 没有一名")  # fmt: skip
_add(Kind.SAME, report_deeds.SAME)
_add(Kind.CHANGED, report_deeds.CHANGED)
_add(Kind.CORRECTION, """
    勘误 重发 重新发 重新上报 重新报 再发一遍 不对不对 不对不对不对 错了错了 错错 不对 错 错了 写错 写错了 打错 打错了 说错 说错了 报错 报错了 搞错 搞错了 弄错 弄错了 输错 输错了 填错 填错了 哦不 噢不 啊不 啊呸 不不 呸 更正 更正为 更正一下 改: 改成 改为 应为 应是 划掉 删掉 作废  上一条作废 上面作废 前面作废 等等 更改为 改作 重来 重报
     刚打错了 刚写错了 刚才写错了 上面写错了 前面写错了 更正下 纠正 纠正一下 订正 说岔了 数错了 口误 笔误 手误 手快 手快了 打快了 记错 记错了 算错 算错了 统计错了 发错了 看错 填错了 手滑 手滑了 按错了 按错 多按了 有误 数字不对 数不对 报得不对 报的不对 sorry Sorry SORRY 更正如下 修正 修正为 改正 改正为 前面那个不算 上面那个不算 上一条不算 刚才那条不算 前面不算 上面不算 刚才不算 不对不对 错错错  看错了
    """)  # fmt: skip
_add(Kind.VOID, "别写 别报 不要写 不要报 并非 不是 并不是 而不是 不要记成 别记成 不要写成 别写成 打成 写成 记成 报成 说成 错写成 误报 误报为 多算 少算 多报了 少报了 多算了 少算了 不要算成 不等于")  # fmt: skip
_add(Kind.HEDGE, """
    约 大约 左右吧 差一点 接近尾声 扫尾 收尾 收尾阶段 尾声 主体 大头 大半都 够不上 满打满算 充其量 基本 基本上 差不多 差不离 大体 大体上 大部分 大致 大概 大约 可能 好像 似乎 估计 应该 应当 也许 恐怕 初步 暂定 左右 上下 接近 几乎 勉强 原则上 以为 原以为 本以为 还以为 误以为 想着 估摸 说是 听讲 算是 貌似 八九不离十 七七八八  印象中 大半 绝大部分 绝大多数
          多一点 少一点 多点 出头 开外 上下浮动 往上 朝上 之间 有余 不等 许 上来个 不满 未满 不足 不到 打底 起步   一些 部分 个别 陆续 暂时 暂 预估 目测 毛估 粗略 怕是 想必 大约摸 约莫
      听说 据说 就行 就行吧  就差 差点 就快 些
    """)  # fmt: skip
_add(Kind.UNSURE, "没定 未定 待定 还没定 才算 才定 再定 不一定   不确定 拿不准 说不准 说不好 记不清 记不清了 吃不准 不太清楚 没数清 待批 待审 待确认 未确认 还没批 没批 等批 再核实 再核 要核实 需核实 核实中 再问问 再确认 等会再报 一会再报 晚点再报 回头再报 不保证 不准确 不太准 不准 可能不准 有出入 有误差 有疑问 没把握 没核实 没确认 没最后定 没有最后定 不好说 同上 待核 待核实 待定稿 不对吧 再数数 数一数 再数一遍 再数一下 再看看 再查查 再对对 先别记 别记 先不记 不要记 先不要记 先不报 漏了 漏报了 漏算了")  # fmt: skip
_add(Kind.CONFIRM, "对吗 是吗 对吧 是吧 对不对 是不是 行吗 可以吗 好吗 对么 是么 没错吧 行不行 可以不 可不可以 算数吗 行么 中不 中吗 对否")  # fmt: skip
_add(Kind.ASKING, "? 吗 么 是否 多少 怎么 怎么样 咋 为什么 为啥 能不能 好不好 有没有 什么 啥 几时 哪 哪里 哪个 哪些 谁 如何 请问 想问 想问下 问一下 不知 不知道 何时 要不要 几名 几个 几人 几位 几号 几点 够吗 是报 算不算 够不够")  # fmt: skip
_add(Kind.FILLER, " 没啥 没什么 因 事项 下辖 所辖 管辖 标志着 现报送 按期保质 全镇一盘棋 全乡一盘棋 全县一盘棋 公示无异议 完成情况如下 全国妇联 省妇联 四议两公开 三会一课 一人一档 一村一策 一户一策 一把手 一班人 一盘棋 一竿子到底 双向 时间节点 随文报送 随文上报 随函报送 一并报送 一并上报 妇联组织 经无记名投票")  # fmt: skip
_add(Kind.LABEL, "学校 卫生院 站所 事业单位 居民")
_add(Kind.PLAN, """
    计划 准备 打算 本打算 预计 争取 力争 拟 将 将要 即将 要选 应选 还要 还差 还剩 还缺 还少 差 缺 目标 任务数 如果 要是 假如 倘若 万一 只要 的话 到时 到时候 再说吧 正在 在搞 在弄 在办 在选 在改 在推 在筹 进行中 推进中 推进 筹备 尽快 抓紧 马上 快要 快了 快 要求 规定 目标数 名额 原定 本来
    想新增 想选 可以 可 能选 能新增 能有 能完成 保证 确保 等乡里 等上级 等通知 等选举  等县里 等镇里 等领导 等文件 改天 明天 后天 明后天 明年 下周 下礼拜 下个礼拜 下星期 下个星期 下月 下个月 下旬 下季度 月底 月底前 年底 年底前 晚点 晚些 需要 需 要 必须 务必 不完成 希望 盼 一定 肯定 必定 必将 定能 一定会 一定能 肯定会 有望 可望 有可能 不久 在即 完成中 若 假设 望 拟任 拟选 拟定 拟新增 待 等着 等 再选 再开 定在 安排 筹划
    不少于 不低于 至少要 起码要 最少要 以上才 才够 才能 够数 想 将在 即日 届时 前完成 之前完成 过几天 过两天 过些天 隔天 今后 以后 接下来 下一步 下步 下步打算 打算在 计划在 正 快完成 快完成了 快好了 快搞好了 快弄好了 快选好了 再搞 慢慢 努力 加紧
    """)  # fmt: skip
_add(Kind.FILLER, "主要 重要 只要是 还要感谢 再次 需说明 要说 想报个数 我想报个数 可喜 可算 等 待会 能干 正副 正是 正好 本来就 想不到 我要报个数 要报个数 要报数 我要报数 我要报 要报 要汇报 我要汇报 要上报 我要上报 要跟您报 要向您汇报 快乐 愉快 一起 望周知 望知悉 想说 不过 不同 不止一次 下午好 没想到 差额 要得 正确 真正 开心")  # fmt: skip
_add(Kind.REPORTED, "说 说完成 说好了 转 转: 转告 通报 报道  通知 通知说 让报 叫报 要我报 群里 群里说 据 称 表示 指出 样表 模板 示例 例如 比如 格式 请各 请各村 请报 请于 请上报 的通知 会议要求 上级要求 要求各 照这样 这样报 这样写 这样填 记上了   提到 传 原话 引用 问")  # fmt: skip
_add(
    Kind.FILLER,
    str.split(
        "同样 昨天报来 今天报来 前天报来 上午报来 昨天报上来 今天报上来 报上来了 报上来 交上来了 都报了 报齐了 这么 那么 这么多 多么 要么 好不容易 不容易 不简单 不断 不仅 不光 不错 不久前 前不久 说实话 话说 我说 先说 说完 说明 说好 汇报说  问候 转正 转为 转好 怎么说 说的 说到底"
    ),
)
_add(
    Kind.HEDGE,
    "撑死 顶天 顶多 少说 怎么也 至多 马马虎虎 马虎 凑合 凑合着 将就 勉勉强强 大差不差 差不大多 差球不多 不大离 差不太多",
)
_add(Kind.PLAN, "职数 编制数 定员 定额 限额 上限 下限")
_add(Kind.PLAN, "应达到 应达 须达到 建议 申请 请示 拟请 恳请 请求 呈请 报请")
_add(Kind.PLAN, "请批准 请批复 请予批复 请予以批复 请批 请审批 请准予 请同意 望批准 恳请批准 请予批准 请予以批准")  # fmt: skip
_add(Kind.ADD, "净增 净增了 净增加 净增加了 实增 实增加 净添 共增 共增加 共增了 共选了 共添")
_add(Kind.ORDER, "参照 参考 依照 比照")
_add(
    Kind.FILLER,
    "汇总 汇总下来 汇总后 归总 统计下来 我统计 文书统计 会计统计 盘下来 盘点下来 查了台账 翻了本子 翻了台账 实报 实数 准数 确数 海选 直选 等额 公推 公推直选 周报 月报 日报 简报 报表 首报 头一批 首批 换届后 换届完 年前 春上 秋收后 春耕后 光荣 自豪 荣幸 骄傲 妥 都妥 稳了 稳妥了 保真 真事 真事儿 不骗您 不骗你 不掺假 不掺水 不虚报 不瞒报 人到齐 人齐 人齐了 谢天谢地 老天保佑 幸不辱命 弄来弄去 算来算去 合计来合计去 数来数去 到头来 最终落实 回您 回你 表上 本子上 册子上 台账上 手机里 系统里 迟报 迟报抱歉 来报到了 刚从地里回来 刚放下碗 顺嘴 顺嘴说一句 领导同意 上级同意 党委同意 组织同意 通共 依程序 走访后 昨晚上",
)
_add(
    Kind.ADD,
    "聘了 招了 拉了 找了 请了 评了 推了 定了 敲定 敲定了 确定 确定了 落实了 诞生 诞生了 拍板 拍板了 聘请了 聘任了 提拔了 物色了 发掘了 引进了 涌现了",
)
_add(
    Kind.DONE,
    "全完成 超前完成 提前完成 推进完成 推进完毕 办理完毕 办理完成 改造完成 改革完成 改组完成 改建完成 转制完成 收尾完成",
)
_add(Kind.PEOPLE, "姊妹 姊妹们 姐们 姐们儿 娘子 嬢嬢 嬢嬢们 妹儿 妹子们 婆娘 婆姨 堂客 妇女主力")
_add(
    Kind.FILLER,
    "实为 实是 恰恰 恰恰是 左算右算 横算竖算 左数右数 掰着指头数 掰着手指头数 掰着手指数 扳着指头数 说多不多说少不少 说多不多 说少不少 不多不少 一个不多一个不少 不偏不倚",
)
_add(
    Kind.PLAN,
    "尽量 尽力 力求 务求 承诺 立志 冲刺 瞄准 奔着 朝着 有意 有心 意向 设想 构想 规划 谋划 想法是 设法 志在",
)
_add(Kind.REPORTED, "例: 如: 譬如 范例 样例 示范 样本 示意 例句")
_add(
    Kind.DONE,
    "玩成 玩成了 完层 完层了 弯成 玩城 完承 搞订 搞丁 搞钉 办号了 办浩了 弄浩了 搞浩了 办玩了 办碗了 搞玩了 弄玩了 弄号了 弄耗了 改号了 搞号了",
)
_add(
    Kind.NOT_DONE,
    "没好 还没好 未好 没弄 还没弄 没搞 还没搞 没办 还没办 没改 还没改 没动手 还没动手 没开展 还没开展 没起步 还没起步 没着手 还没着手",
)
_add(Kind.ZERO, "没建过 没设过 没选过 没添过 没增过 从没建过 从来没有过")
_add(
    Kind.FILLER,
    "帮我记下 帮我记下来 给我记下 帮记下 记下来 照样 照常 照旧办 一样办 如常 有空 有空的时候 得空 抽空 趁空 没收到 还没收到 未收到 没看到 没见到 没接到 为准",
)
_add(Kind.FILLER, "定的 评的 推的 补的 加的 添的 增的 啱啱 琴日 寻日 今日 尋日")
_add(
    Kind.FILLER,
    "无记名 全村上下 上上下下 千挑万选 千辛万苦 各有特长 各有所长 保重 保重身体 多保重 注意身体 多休息 别操心 别惦记 别太累 莫操心 莫担心 甭惦记 不用操心 不用担心 勿念 万事如意 身体健康 阖家幸福 工作顺利 生活愉快 心想事成 平安喜乐 余下再说 别的没了 其他没有 别无他事",
)
_add(
    Kind.FILLER,
    "简单说 简单说一下 简单讲 长话短说 就说一个数 就说一下 多说一句 据实 据实上报 如实 如实上报 走马上任 名单马上发 马上发您 马上发 随时可查 可查 可核 可以查 正式宣布 交差 来交差 交差了 交卷 交卷了 错不了 保证没错 保证属实 保证真实 不负所望 千真万确 好说歹说 回复您 答复您 回您的话 答复 正月 正月里 好事成双 可以的 放一百个心 没一个孬的",
)
_add(
    Kind.QUOTED,
    "[转] (转) [转载] 转载 转帖 转发 转发给你 接龙 #接龙 聊天记录 [聊天记录] @所有人 所有人 [转发]",
)
_add(Kind.EARLIER, "原报 原上报 原填报 原来报 原先报 去年 前年 上次 上回 上周 上礼拜 上个礼拜 上星期 上个星期 上月 上个月 上届 之前 原来 原先 以前 昨天报 昨天报的 前天报 前天报的 昨天报了 前期 早前 今年以来 上半年 年初 一季度 二季度 三季度 四季度 上季度 前几周 上一周 上期 从前 过去 前一周 往年 连上周 比上周 比上次 比林 比")  # fmt: skip
_add(Kind.ELECTION, report_deeds.products(
    str.split("选举会 选举大会 换届选举会 换届选举大会 换届选举 换届会 换届大会 妇女代表大会 妇代会 换届 大会 妇女大会 妇女代表会"),
    ["", "开了", "开过", "开过了", "开完", "开完了", "召开", "召开了", "结束", "结束了", "开好了", "已开", "已经开了", "都开了", "也开了", "顺利召开", "成功召开", "圆满成功", "圆满召开", "选完"],
))  # fmt: skip
_add(
    Kind.ELECTION,
    str.split("班子选出来了 班子选好了 班子都选好了 选出来了 选好了 选完了 开会选举了 选举了"),
)
_add(Kind.FOREIGN, "有的村 有些村 一些村 部分村 少数村 隔壁村 隔壁 别的村 别村 其他村 其它村 他们村 她们村 人家村 邻村 各村 每村 每个村 每组 每个小组 各组 各小组 某村 全省 全市 全县 全乡 全镇 全街道 全国 其余村 各村都 别的社区 各社区 下面各村 各个村 他们 她们 人家 别人 别个 表姐 所有村 全部村 各乡镇 各乡 各镇")  # fmt: skip

for _kind, _words in report_more.MORE:
    _add(Kind(_kind), _words)

NUMERIC: Final = {
    word: kind
    for word, kind in WORDS.items()
    if set(word) & set("零一二三四五六七八九十百千万两0")
    or ("几" in word and kind in (Kind.PLAN, Kind.SAME, Kind.EARLIER, Kind.FILLER))
}
"""Words that hold a numeral and no number: looked for before numbers are."""


def _reach(words: Iterable[str]) -> dict[str, int]:
    """The length of the longest word by its first character."""
    found: dict[str, int] = {}
    for word in words:
        found[word[0]] = max(len(word), found.get(word[0], 0))
    return found


REACH: Final = _reach(WORDS)
"""How far a word that begins with a character can go."""
REACH_NUMERIC: Final = _reach(NUMERIC)
"""The same for NUMERIC."""

SIGNS: Final = frozenset(",;。!\n:()、 \t\"'[]<>《》~.·…-/+=*%&@#^_|→?")
DANGEROUS: Final = frozenset(
    "不没未无非别勿莫否冇要将拟想会能等若如村乡镇县市区省员长者师户票补候选改退减停缺差错重"
)
"""Characters that may turn the sense of unknown words behind a value."""
