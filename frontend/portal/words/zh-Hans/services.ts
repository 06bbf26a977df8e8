export default {
  services: {
    title: "我的服务", may: "您可能符合条件：{name}", why: "为什么？", not: "这次不要", notAbout: "这次不要：不再为这件事上门或办理。以后想要，随时可以再要。", notSure: "确定这次不要",
    once: "当时：", again: "还是想要", ask: "预约上门", missing: "还差：{names}", fill: "补{name}", basis: "依据", department: "哪个部门", mode: "怎么办",
    due: "{day}前办", declineUntil: "{day}前可以不要", waiting: "等着办的", past: "办过的", none: "现在没有可能符合条件的服务",
    noneAbout: "系统按公开的规则，用部门已有的信息比对。有了会写在这里，并说明为什么。规则在“数据使用公示”里。", rules: "看规则",
    asks: "替家人办的（家人称您：{who}）", mayOther: "家人可能符合条件：{name}", asksNone: "没有", outcomeNote: "说明：{note}",
  },
  why: {
    title: "为什么？", lead: "规则逐条比对，每一条用的是哪个部门、哪天的信息：", holds: "符合", fails: "不符合", unknown: "缺信息", source: "{source}·{day}", noSource: "没有这项信息",
    correct: "更正", today: "按今天（{day}）的信息", recorded: "看这一页会在“谁查过我的信息”里记一行“本人查看”。", rule: "规则",
  },
};
