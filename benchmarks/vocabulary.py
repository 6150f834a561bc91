"""The invented vocabulary of benchmark texts: parts of terms, and sentences to put them in.

Terms are combinations of parts, so that a hundred thousand of them share beginnings, endings and words, as
in real term banks.
"""

from __future__ import annotations


def _table(text: str) -> tuple[tuple[str, str], ...]:
    """Rows of `Chinese English words`, separated by semicolons."""
    return tuple((zh, en) for zh, _, en in (row.strip().partition(" ") for row in text.split(";")))


MODIFIERS = _table("""
    联合 joint; 海上 maritime; 边境 border; 区域 regional; 双边 bilateral; 多边 multilateral; 紧急 emergency;
    民用 civil; 战略 strategic; 数字 digital; 绿色 green; 高级 senior; 常设 standing; 临时 interim;
    年度 annual; 公共 public; 农村 rural; 城市 urban; 沿海 coastal; 跨境 cross-border; 国家 national;
    国际 international; 地方 local; 综合 comprehensive; 专项 special; 独立 independent; 自愿 voluntary;
    长期 long-term; 初步 preliminary; 核心 core; 开放 open; 统一 unified; 新型 new-type; 基础 basic;
    工业 industrial; 军事 military; 卫星 satellite; 极地 polar; 深海 deep-sea; 低碳 low-carbon;
    智能 intelligent; 移动 mobile; 远程 remote; 快速 rapid; 特别 extraordinary; 青年 youth
""")
TOPICS = _table("""
    巡逻 patrol; 贸易 trade; 救援 rescue; 培训 training; 能源 energy; 投资 investment; 监测 monitoring;
    护航 escort; 排雷 demining; 渔业 fisheries; 航运 shipping; 铁路 railway; 港口 port; 粮食 grain;
    税收 tax; 债券 bond; 保险 insurance; 医疗 medical; 疫苗 vaccine; 教育 education; 文化 culture;
    旅游 tourism; 气候 climate; 森林 forestry; 水利 irrigation; 电力 power; 通信 communications;
    数据 data; 网络 network; 芯片 chip; 软件 software; 采购 procurement; 物流 logistics; 仓储 storage;
    检疫 quarantine; 海关 customs; 移民 migration; 劳工 labour; 仲裁 arbitration; 司法 judicial;
    反恐 counter-terrorism; 维和 peacekeeping; 裁军 disarmament; 演习 exercise; 情报 intelligence;
    测绘 surveying; 气象 weather; 地震 earthquake; 防洪 flood control; 矿产 minerals
""")
HEADS = _table("""
    机制 mechanism; 协定 agreement; 中心 centre; 委员会 committee; 计划 plan; 论坛 forum; 基金 fund;
    条约 treaty; 公约 convention; 办公室 office; 工作组 working group; 秘书处 secretariat; 联盟 alliance;
    协会 association; 标准 standard; 指南 guideline; 框架 framework; 平台 platform; 走廊 corridor;
    基地 base; 项目 project; 报告 report; 白皮书 white paper; 声明 statement; 备忘录 memorandum;
    条例 regulation; 法案 bill; 小组 panel; 网点 outlet; 系统 system; 园区 park; 银行 bank; 学院 academy;
    研究所 institute; 理事会 council; 峰会 summit; 对话 dialogue; 倡议 initiative; 路线图 roadmap;
    清单 list; 目录 catalogue; 许可证 licence; 配额 quota; 补贴 subsidy; 审查 review; 预案 contingency plan
""")
SYLLABLES = _table("""
    卡 ka; 洛 lo; 米 mi; 塔 ta; 诺 no; 维 ve; 萨 sa; 里 ri; 贝 be; 杜 du; 法 fa; 加 ga; 胡 hu; 伊 i; 科 ko;
    拉 la; 莫 mo; 尼 ni; 奥 o; 帕 pa; 鲁 ru; 索 so; 图 tu; 乌 u; 沃 wo; 泽 ze
""")
PLACES = _table("""
    共和国 Republic; 群岛 Islands; 海峡 Strait; 湾 Bay; 高原 Plateau; 大学 University; 集团 Group;
    港 Harbour; 省 Province; 机场 Airport
""")
# Heads with a second accepted rendering and a forbidden rendering.
ADMITTED = {"centre": "center", "agreement": "accord", "plan": "programme", "report": "paper"}
FORBIDDEN = {"mechanism": "machinery", "forum": "meeting", "statement": "saying", "framework": "frame"}

OPENINGS = (
    ("据介绍，", "According to the briefing, "),
    ("发言人说，", "The spokesperson said that "),
    ("去年以来，", "Since last year, "),
    ("在第{n}次会议上，", "At the session numbered {n}, "),
    ("截至{n}日，", "By day {n}, "),
    ("我们注意到，", "We have noticed that "),
    ("需要指出的是，", "It should be noted that "),
)  # fmt: skip
# `{0}` and `{1}` are terms. Clauses without a term are as frequent in real texts as clauses with terms.
CLAUSES = (
    (
        ("双方就此交换了意见", "the two sides exchanged views on this"),
        ("有关工作进展顺利", "the work is going well"),
        ("这一问题已经得到妥善处理", "the matter has been handled with care"),
        ("大家认为今后还要多走动、多商量", "all agreed to visit and consult each other more often"),
        ("到场人数约为{n}人", "some {n} people were there"),
        ("费用比上月少了{n}万元", "it cost {n} units less than the month before"),
    ),
    (
        ("双方谈到了{0}", "the two sides spoke about {0}"),
        ("{0}将于{n}日前完成", "{0} will be completed within {n} days"),
        ("我们欢迎各方参与{0}", "we welcome everyone to take part in {0}"),
        ("{0}的经费增加了百分之{n}", "the money for {0} rose by {n} percent"),
        ("新闻稿没有提到{0}", "the press release does not mention {0}"),
        ("代表们参观了{0}", "delegates visited {0}"),
        ("{0}起了很大作用", "{0} played a great part"),
    ),
    (
        ("{0}与{1}签了字", "{0} and {1} have signed"),
        ("{0}为{1}提供了{n}名工作人员", "{0} gave {1} a staff of {n}"),
        ("他们把{0}的经验用于{1}", "they used what {0} had taught them for {1}"),
        ("{0}和{1}都写进了文件", "both {0} and {1} went into the paper"),
    ),
)
