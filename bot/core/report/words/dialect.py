"""The frequent words of the dialects for what reports say, each with the word of the common language that stands for it.

Left the word that is read, right how it is said: in the Northeast, Henan, Sichuan, Hunan, in Wu, Min, Hakka and Cantonese. Only words that
mean nothing else; what is known to the vocabulary anyway (没得, 冇得, 搞掂, 俺们) is not repeated.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

_SAID: Final = {
    # we, our village; you; she, they
    "我们": "我伲 吾伲 我俚 我哩 𠊎兜 𠊎等 涯兜 涯等 偓等 我兜人 阮兜 阮遮 我侪 侬家 咱们几个 俺几个",
    "我": "𠊎",
    "您": "侬 恁老人家 你老人家 您老人家",
    "她": "𠊎佢",
    "她们": "伊拉 佢哋 佢等 佢兜 渠拉 𪜶",
    "我们村": "𠊎村 涯村 我伲村 伲村 俺庄上 俺村上 俺寨上 我们村头 俺屯里 俺屯子 俺们屯子 俺屯儿 俺们屯儿 咱屯儿 咱们屯儿 俺们屯里 咱屯子 咱村儿 俺村儿 我村儿 咱们村儿 俺们村儿 俺庄儿 阮庄 阮村 阮社 阿拉村里厢 吾村 我哋村 我哋条村 我俚村 我哩村 我屋村 我屋里村 我伲村里厢 我家村子 俺家村子 咱家村子 俺庄 咱庄 咱庄里 俺庄里 俺屯 咱屯 我俚村里 伢村 伢们村 我拉村 吾俚村 吾里村 我里村 阮庄头 咱庄头 俺寨子 我们寨子 咱寨子 阮兜村 咱个村 俺村子 咱村子 额村子 额们村子 俺村那块儿 我哋村度",
    "我们社区": "伲社区 𠊎社区 涯社区 阿拉社区里厢 我伲社区 阮社区",
    "我们乡": "阿拉乡里厢 伲乡 𠊎乡 阮乡 俺乡上 我哋乡",
    "我们镇": "阿拉镇里厢 伲镇 𠊎镇 阮镇 俺镇上 我哋镇",
    "别的": "别嘞 别咧 别个嘞",
    "我们的": "俺嘞 咱嘞 俺们嘞 阮的 我伲个 我哋嘅",
    "妇联的": "妇联嘞",
    "她们村": "伊村 佢村 渠村 佢哋村 伊拉村",
    "帮她": "帮伊 帮佢 帮渠",
    "替她": "替伊 替佢 替渠",
    "不是": "唔系 毋系 勿是 毋是 唔是",
    "没错": "伐错额 伐错呃 勿错额 弗错额 冇错 呒错 冒错 毋错",
    "里": "里厢 里底",
    "里面": "里边",
    "我们这里": "伲搿搭 阿拉搿搭 我伲搿搭 阮这搭 涯兜这里 俺这块儿 俺这旮旯 咱这达 咱这搭 咱这垯 咱这儿 咱这疙瘩 俺这达 俺这搭 俺这儿 俺这疙瘩 俺们这疙瘩 额这达 额这搭 额们这达 我这达 我这搭 我们这达 我们这搭 我们搿搭 我这坨 我们这坨 我们咯里 我咯里 我哋呢度 我哋度 阮遮 咱遮",
    "那里": "那疙瘩 那旮旯 那旮沓 那嘎达 那嘎哒 那达 那搭 那垯 那块儿 那坨",
    # none, not yet
    "没有一个": "无半个 冇半个 呒没半个 没得半个 冇得一个 冒得一个 莫得一个 没得一个",
    "没有": "勿有 冒得 冒有 呒没得 呒不 冇得得 无得 毛得 没有得 冇有 么有 莫有 呒没 呒拨 呒有 冇冇",
    "也没有": "也没啦 也没了 也妹有 也么有",
    "都没有": "都没啦 都妹有 都么有",
    "什么": "么事 甚么 啥个 啥玩意儿 嘛玩意儿 嗲子 咩嘢",
    "没": "唔曾 勿曾 呒曾 毋曾 吂曾 犹未 犹袂 犹无 还吂 冇曾",
    "还没搞": "还莫搞 还么搞",
    "还没弄": "还莫弄 还么弄",
    "还没做": "还莫做 还么做",
    "还没完": "还莫完 还么完",
    "什么都没有": "乜都冇 乜嘢都冇 啥都冇 啥也冇 啥子都莫得 么子都冇得 么子都冇 么哩都冇 啥物拢无 啥拢无 么个都无 脉个都无 啥体才呒没",
    "没变化": "冇乜变化 冇乜嘢变化 冇么子变化 冇得么子变化 莫得啥子变化 没得啥子变化 没得啥变化 呒啥变化 无啥物变化 无么个变化 冇啥变化 没有啥子变化 冇点变化 冒得变化 冒变化 毋变化 冇么个变化 冇么得变化 么啥变化 么得啥变化 呒不啥变化 没得么子变化 无啥变化 没得变化得 没变化得 冇得变化得 没变化得嘞 么变化 呒变化 没变样 冇变样",
    "没啥": "冇啥 冇么事 冇么子 呒啥 冇咩 冇乜 无啥物 莫得啥子 莫得啥",
    # the same
    "一样": "一样样儿的 一样样的 一样样儿 一样一样的 一样一样滴 一样一样儿的 一样式儿的 一样式的 一样嘞 一样咧 一样嗒 一样滴 一式一样 一色一样 一色样 一模样 一个球样 一球样 一个鸟样 一个熊样 一个吊样 共样 共款 同款 像款 平平样 蜀样 一样样儿里 一样样 一个样样 一样滴很 一样得很",
    "这个礼拜": "咧个礼拜 咯个礼拜 勒个礼拜 嘞个礼拜 格个礼拜 搿个礼拜 葛个礼拜 即个礼拜 即礼拜 迭个礼拜 呢个礼拜 吔个礼拜 这一个礼拜 这一礼拜 咯只礼拜 嗰只礼拜 该个礼拜 箇个礼拜 个个礼拜 伊个礼拜 恁个礼拜 介个礼拜 个只礼拜 格只礼拜",
    "这个星期": "恁个星期 箇个星期 个个星期 伊个星期 介个星期 咧个星期 咯个星期 勒个星期 格个星期 搿个星期 即个星期 迭个星期 咯只星期 该星期 这一个星期 这一星期",
    "这周": "咧周 咯周 勒周 搿周 即周 格周 迭周",
    "上礼拜": "顶礼拜 顶个礼拜 上只礼拜 前个礼拜 上个子礼拜",
    "跟": "搭仔 摎 佮",
    "昨天": "夜儿个 夜儿 夜个 昨儿个 昨暝 昨暗 琴日 寻日 昨晡日 昨晡",
    "今天": "今晡日 今晡 今仔日 今朝日 今儿个",
    "刚刚": "将将 才将 将才 刚刚儿 刚儿 才刚儿 头先 啱啱",
    "这次": "今次 今趟 呢次 格趟 搿趟 咯次 嗰次 这番儿 咯回 嗰回",
    "事情": "事体",
    "这个事": "咯只事 嗰只事 箇只事 咯个事 搿桩事体 格桩事体 这桩事体 呢件事 哩件事",
    # that it is done
    "好了": "好哉 好咧哉 好嘞哉 好嗒 好唻 好矣 好啰 好嘚 好噻 好撇了 好撇哩",
    "完成了": "完成哉 完成矣 完成嗒 完成唻 完成撇了 完成撇哩 完成嘚 完成咗 杠杠地完成了 杠杠滴完成了 杠杠的完成了 完活儿了 完活了 毕咧",
    "完成": "杠杠地完成 杠杠的完成 杠杠滴完成 麻溜地完成 麻溜儿地完成 撒冷地完成 麻利儿地完成",
    "了": "哉",
    "新选了": "新选咖 新选哒咖 新选嘎",
    "新增了": "新增咖 新增哒咖 新增嘎",
    "选出了": "选出咖 选起咖",
    "选咗": "拣咗 拣左 选左 揀左",
    "选到": "拣到",
    "搞掂": "搅掂",
    "选出": "拣出",
    "选好": "拣好",
    "搞好了": "搞落了 搞落哩",
    "妥妥的": "妥妥儿的 妥妥儿滴 妥妥儿 妥妥里",
    "真不错": "没毛病老铁 巴适得板 巴适惨了 安逸惨了 安逸得板 安逸得很 嫽扎咧 嫽咋咧 嫽扎了 嫽得很 美得很 美滴很 美得太太 板扎得很 板扎 蛮灵额 蛮灵光额 交关好 杠赛来 刚赛来 蛮里手的 蛮要得 攒劲得很 攒劲滴很 得劲儿得很 杠杠的 杠杠滴 嘎嘎靠谱 贼靠谱 老靠谱了 嘎嘎好 老带劲了 贼带劲 老好嘞 蛮好嗰 几好嘅 好犀利 有够赞 真赞 硬是巴适 硬是安逸 硬是要得 着实好 着实不错 邪气好 蛮好格 蛮好个 弄得美得很 弄得美滴很 办得美得很 搞得美得很 干得漂亮 杠杠儿的 呱呱叫 顶呱呱 顶呱呱的 一级棒",
    "能干": "攒劲 攒劲儿 泼辣 灵醒 精蹦",
    "姐妹": "妇娘子 妇娘 大嫚儿 大嫚 妹崽 妹崽子 尕妹子 尕妹 老娘们儿 老娘们 妹陀 细妹 大妹儿 幺妹儿 妹娃子 妹娃儿 女娃子 女娃娃 女囡 娘姨 婆姨女子 小媳妇儿 大姑娘小媳妇 堂客们 嬢嬢们 嫂子们 婶婶们 阿姐们 阿嫂 阿嫂们 嫂嫂们 妇道人家 女人家 屋里人们",
    "牌子": "牌牌 牌牌儿",
    "挂起来了": "挂起咧 挂起嘞 挂起唻 挂起哒",
    "女的": "查某人 查某囝 诸娘人 诸娘",
    "能吃苦": "霸得蛮 霸得蛮的 霸蛮 耐得烦 吃得苦霸得蛮",
    "没问题": "没麻达 么麻达 莫麻达 没嘛达",
    "别担心": "免操心 免烦恼 免担心 免挂心 唔使挂心 唔使操心 唔使担心 莫挂牵 莫焦心 莫操空心 弗要急 覅担心 覅急",
    # words of talk
    "写错了": "写拐了 说拐了 搞拐了 报拐了 打拐了 讲拐了",
    "都": "拢总都 侪",
    "别": "莫要 莫给",
    "这里": "这旮沓 这嘎哒 这噶哒 这疙瘩儿 这垯 这堂儿 箇里 个搭 该搭 搿搭 这疙瘩 这旮旯 这嘎达 这达 这搭 这坨 咯里 搿里 呢度",
    "一下": "一哈 一哈哈 一哈儿 一哈子",
    "数过了": "数过晒 数过嗮 数过咧 数过哒 数过哩 数过嘞 点过晒 点过哒 查了查数 点了点数 数咗 点咗数",
    "谢谢": "谢谢侬 多谢侬 谢谢㑚 劳慰 劳慰您 劳慰你 难为您家 难为你家 难为恁 多谢晒 多谢嗮 唔该晒 唔该嗮 麻烦侬 劳驾侬 恁费心 恁费心了",
    "不骗您": "没得假 冇得假 没有假 不是吹 不是吹牛 不吹牛 不是吹的 不是瞎吹 不哄您 不哄你 不诓您 不诓你 弗骗侬 勿骗侬 唔呃你 唔系吹 毋骗汝",
    "叫": "喊",
    "的": "嘅",
}  # fmt: skip
_N: Final = "[0-9零一二两三四五六七八九十廿百]"
_RESULTS: Final = "醒豁|索利|舒齐|舒徐|舒舒齐齐|好势|好势好势|中了|归堂|归身|清溜|溜清|利亮|利朗|归置|撇脱|停停当当|熨熨帖帖|巴巴适适|利利索索|妥妥帖帖|妥妥当当|零干|灵清|落肩|煞青|脱手|完撇|好撇|撇|妥活|圆泛|圆乎|煞(?=了|哉)|脱(?=了|哉)|美(?=了|咧|哒|嘞)|罢(?=了|咧)|定当|管(?=了|咧)|晒(?=$|[了,。!])"
_VERBS: Final = "弄|搞|办|做|改|整|拾掇|捯饬|创|舞|作|搞弄"

_LIMIT: Final = r"(?=$|[,。;!~\s])"
_COUNTED_SO: Final = f"(?={_N}{{1,3}}[个名位人只])"
_DEED: Final = "(?P<deed>新?[选增添补推进]|加|产生|[选推]出|[选推]举)"
_Rows = tuple[tuple[frozenset[str], re.Pattern[str], str | Callable[[re.Match[str]], str]], ...]
_WHERE: Final[_Rows] = tuple(
    (frozenset(chars), re.compile(pattern), plain)
    for chars, pattern, plain in (
        # in the township, in the village
        ("浪朗厢肚高头", "(?<=[镇村乡])(?:浪(?:向|里)?(?![漫费潮花])|上厢|肚里?|(?:朗|高头|头)(?=新|选|执|区域|会改|添|增|[,:]))", "里"),
        # the endings of deeds: 选咗12个, 选哩11个, 选到5个, 选着10个, 添下11个, 闹了21个
        ("咗", "咗", "了"),
        ("闹", f"(?<![吵打哄热])闹[了下哈]+{_COUNTED_SO}", "选了"),
        ("闹", "(?<![吵打哄热])闹(?=好|完|妥|成|定|停当|利索|清|毕|罢|得(?:停|妥|利|真|挺|很好)|下[了咧哩啦])", "弄"),
        ("哩咧嘞哒唻咾嘎仔", f"{_DEED}[哩咧嘞哒唻咾嘎仔]+{_COUNTED_SO}", r"\g<deed>了"),
        ("到着起倒住下", rf"(?<![再增能可要正在])(?P<deed>新?[选添挑])(?:(?<!委选)到|[着起倒住下仔])[了哩咧嘞哒唻咾嘎]?{_COUNTED_SO}(?!{_N}+[个名位人只](?:就|为止|再|才|以上|打止|收))", r"\g<deed>了"),
        ("下", f"(?<=弄)下[了咧哩啦]{_LIMIT}", "好了"),
        ("咧哩唻喽咾嘞哒", f"(?:(?<=[成完毕妥定掂])|(?<=[搞弄办做改选整]好))[咧哩唻喽咾嘞哒]{_LIMIT}", "了"),
        ("晒嗮", "(?<=[掂完好成定妥])[晒嗮]", ""),
        ("喽咯咧哩啰咾嘞哒啦", "(?<=[成为做作]妇联)[喽咯咧哩啰咾嘞哒啦]", "了"),
        ("正", "(?<=[搞弄办做整定])正[嘞哩咧啰]+", "好了"),
        # who, and which
        ("姐子姨", f"(?P<n>{_N}[个名位])(?:阿姐|女子|婆姨){_LIMIT}", r"\g<n>姐妹"),
        ("号", rf"(?P<n>{_N})号人(?=$|[,。;!~\s进当做])", r"\g<n>个人"),
        ("嗰格葛噶嘎额滴嘅", "(?<=新[增选])[嗰格葛噶嘎额滴嘅](?=执委)", "的"),
        ("么甚", "(?<![什怎这那要多])[么甚](?=(?:新增|变化|新的)[也都])", "什么"),
        ("么", f"^么新增(?=[啊呀哈哦咧嘞]*{_LIMIT})", "没有新增"),
        ("甚", r"(?:^|(?<=[,。;!\s周拜期村里]))甚(?=[也都]没)", "啥"),
        ("只", f"(?P<n>{_N}[来几多余]|[几两数好][三四五六七八九几十]*)只{_LIMIT}", r"\g<n>个"),
        ("要", f"要得{_COUNTED_SO}", "需要"),
        ("么", f"(?P<led>执委|改联|域化|新人)么(?=新?[选添增]|是?{_N})", r"\g<led>呢"),
        ("家嘎噶", f"(?<=新增|变化|没有|一样)[家嘎噶]{_LIMIT}", "啊"),
        ("得", f"(?P<led>[成好完定掂][了哩咧啦去,。\\s]*(?:我们|新|[村镇乡]里)*执委)得{_COUNTED_SO}", r"\g<led>有"),
        ("啲", "^啲(?=新?执委)", ""),
        # said to her who listens
        ("管照中得着", r"^(?:管|照|中|要得|得行|着)[,。!]\s*|(?<=[\u4e00-\u9fff0-9])[,。!\s]+(?:管|照|中|要得|得行|着)[嘞咧哩了啦]?[。!]*$", ""),
        ("承", r"(?:^|(?<=[,。!\s]))承蒙(?:您|你|哩)?(?=$|[,。;!\s])", "谢谢"),
    )
)  # fmt: skip
"""What stands for another word only where it stands: characters of which it has one, what it looks like, the word."""

_PLACES: Final = frozenset(str.split("我们村 我们社区 我们乡 我们镇 她们村"))
_WORK: Final = re.compile(
    "(?<=区域化|会改联)(?:[这那](?:里|旮瘩|块儿?|摊子?|边儿?))?的?(?:活计|活儿?)(?![动跃力])"
)
"""区域化那嘎达的活儿: the work at it."""
_ALL: Final = re.compile("(?<![合靠拉聚收并围])拢(?=[是都好完没做无改])")
_FLAT: Final = {word: standard for standard, words in _SAID.items() for word in words.split()}
_BY_FIRST: Final[dict[str, list[str]]] = {}
for _word in sorted(_FLAT, key=lambda word: (-len(word), word)):
    _BY_FIRST.setdefault(_word[0], []).append(_word)


@lru_cache(maxsize=256)
def _pattern(word: str) -> re.Pattern[str]:
    """A word of a place stands only where no longer name can: 天涯村, 阮村乡."""
    if _FLAT[word] == "姐妹":
        return re.compile(f"{word}(?:子|子?们|些)?")
    if word[-1] in "达搭":
        return re.compile(f"{word}(?![到成标不配建档起])")
    if word[0] in "么甚":
        return re.compile(f"(?<![什怎这那要多]){word}")
    if _FLAT[word] not in _PLACES:
        return re.compile(re.escape(word))
    return re.compile(f"(?:(?<![\u4e00-\u9fff])|(?<=[了啊哈呀说是报讲的])){word}(?![乡镇村社街])")


def _common(text: str) -> str:
    """The text with the words of the table put into the common language, the longest first."""
    said = [
        word for first in _BY_FIRST.keys() & set(text) for word in _BY_FIRST[first] if word in text
    ]
    for word in sorted(said, key=lambda word: (-len(word), word)):
        text = _pattern(word).sub(_FLAT[word], text)
    return text


_DONE: Final = re.compile(
    f"(?P<verb>{_VERBS})(?:{_RESULTS})(?:了|嘞|咧|哉|啦|矣|嗒|哒|哩)*(?![得不])"
)
_SO: Final = re.compile(
    "(?P<verb>[弄搞办做整])得(?:(?:巴巴适适|妥妥当当|妥妥帖帖|利利索索|停停当当|熨熨帖帖|归归一一)(?:的|滴|嘞)*(?![得不])"
    "|(?:稳稳当当|稳当|板板正正|漂漂亮亮|顺顺当当|齐齐整整|明明白白|清清爽爽|周周正正|熨帖|巴适)的?[了咧哩嘞]+)"
)
"""搞得巴巴适适的."""
_MADE: Final = re.compile(
    "(?<=[联化拢都也已经了])[妆舞创作]好(?:了|哩|罢|矣|啊|咯|哒|嘞|咧)*(?=$|[,。;!\\s])"
)
_DONT: Final = re.compile("莫(?=搞|弄|记|忘|写|报|催|担|怪|笑|见|嫌|理|操|管|算)")
_WELL: Final = re.compile("(?<=[联化拢总都也已经了])好势(?:好势)?(?:了|矣|啊|咯)*(?![得不])")
_LEVEL: Final = re.compile("(?<=[周拜期月次])平平(?![安淡常稳])")
_FAST: Final = re.compile("(?:嗷嗷|嘎嘎|贼|飞|老)快(?:地|的)?(?=就|[整弄搞办做改完])")
_PARTICLE: Final = re.compile(
    "(?<=完成|[弄搞办做改选]好)(?:[拉辣腊](?![动起票练])|勒(?!令)|老(?=新增|会改|[,。!]|$))|(?<=搞定)老(?=新增|会改|[,。!]|$)"
)
"""会改联完成拉, 弄好勒, 搞定老."""
_WHETHER: Final = re.compile(
    r"(?:(?<=[成好完定掂妥])(?P<over>[哒咯哉嘞了]+)|(?<=[成好完定掂妥]))(?:冇|冒|木有?|没得|么得|无)(?=[?。!\s]*$)"
)
"""会改联搞好冇: is it done?"""
_TAG: Final = re.compile(
    r"(?<=[成好完定掂哉了哒咯妥个名对位人])(?:伐|咩|嚒|唛)(?=[?。!\s]*$)|(?<=对)冇(?=[?。!\s]*$)"
)
_PERSONS: Final = re.compile(
    f"(?P<n>{_N})(?:家头|个子|个头)|(?P<led>(?:新[增选添]|选[了出得咗哒]|添了?|新(?:的|增|选)?执委)[^,。;!\\n0-9一二三四五六七八九十名个位人]{{0,6}}?{_N}+)只(?=新?执委|新的|$|[,。;!\\s啊哈了哦嘞])"
)


def _well(found: re.Match[str]) -> str:
    """弄舒齐, 创好势: done; what is no verb of doing elsewhere is one of the common language."""
    return ("做" if found["verb"] in ("创", "舞", "作") else found["verb"]) + "好了"


def _persons(found: re.Match[str]) -> str:
    """三家头, 新执委9只: so many persons."""
    return (found["n"] or found["led"]) + "个"


def _whether(found: re.Match[str]) -> str:
    """搞好哒冇, 搞好冇: 了没有, 没有."""
    return "了没有" if found["over"] else "没有"


_THEN: Final[_Rows] = (
    (frozenset("拢"), _ALL, "都"),
    (frozenset("活"), _WORK, "工作"),
    (frozenset("莫"), _DONT, "别"),
    (frozenset("弄搞办做改整拾捯创舞作"), _DONE, _well),
    (frozenset("得"), _SO, _well),
    (frozenset("妆舞创作"), _MADE, "做好了"),
    (frozenset("拉辣腊勒老"), _PARTICLE, "啦"),
    (frozenset("势"), re.compile("都好势"), "都搞好"),
    (frozenset("势"), _WELL, "好了"),
    (frozenset("平"), _LEVEL, "一样"),
    (frozenset("快"), _FAST, ""),
    (frozenset("家子头只"), _PERSONS, _persons),
)  # fmt: skip
"""The steps that follow the words, in their order, each with characters of which it needs one."""


def plain(text: str) -> str:
    """The text with such words as the common language has them."""
    text = _put(_common(text), _WHERE)
    text = _TAG.sub("吗", _WHETHER.sub(_whether, text)).replace("阿是", "是不是")
    return _put(text, _THEN)


def _put(text: str, rows: _Rows) -> str:
    for chars, pattern, standard in rows:
        if not chars.isdisjoint(text):
            text = pattern.sub(standard, text)
    return text
