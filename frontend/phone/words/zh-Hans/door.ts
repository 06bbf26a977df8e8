export default {
  door: {
    progress: "{all} 件办了 {done} 件", minutes: "{n} 分，自动计", whole: "没见到人，剩下 {n} 件一起记", choose: "先填好上面的，再点这里",
    next: "办完自动到下一站", last: "这是最后一站", goNext: "去下一站", note: "补充说明（可不填）", noteFor: "“{outcome}”怎么回事？",
    record: "记下“{outcome}”", household: "这一户", held: "现在登记的", other: "不对，填新的…", sent: "已发出",
    waiting: "在手机里", gone: "这一户已不在您的待办里", goneAbout: "可能已办结、撤回，或换了网格员。没传的内容都在“我”里。",
    caseHelp: "到现场看一眼，照实选。照片在“上报”里另报。", value: "填新的{what}",
  },
  knock: {
    left: "本月还可上门 {n} 次", used: "本月上门次数已用完，等预约或住户来电", today: "今天已上门，再办不另计次", hours: "上门时间 {opens}–{closes}", outside: "现在不是上门时间（{opens}–{closes}）",
    asked: "住户约的，不占上门次数", invited: "住户约我来的", waits: "等预约",
  },
  code: {
    show: "亮码", title: "我的出示码", today: "只在{day}有效，明天自动换", say: "敲门前先亮码。住户可以扫码，或照着念给 12345、社区核对。", scan: "扫一扫，看来人是谁", none: "还没有出示码：联网同步一次就有，之后没有网络也能亮。",
    hand: "给本人验证码", handAbout: "住户用它在网上绑定本人", whom: "给谁？", checked: "我看过身份证件，是本人", make: "生成验证码", offline: "没有网络，不能生成：验证码要由服务器发出。联网后再试。",
    onlyTo: "只当面给本人；不要拍照，不要转发。", until: "{at} 前有效，用一次就作废", again: "重新生成会让这个码作废。", done: "已给本人，收起", spoken: "验证码",
  },
  home: {
    title: "住户", search: "门牌、小区或姓名", count: "{n} 户", stale: "要确认 {n} 项", nobody: "没有登记的人", noneTitle: "没有找到", noneAbout: "换一个门牌、小区或姓名试试。",
    onlyStale: "只看要确认的", emptyTitle: "手机里还没有住户", emptyAbout: "联网同步后，本网格的住户会加密存在手机里。", more: "再看 {n} 户",
    purpose: "用途：{task}，只显示办这件事要用的", routine: "日常走访", noTask: "没有与此人有关的待办，只显示手机里的内容", onThePhone: "没有网络，只显示手机里的内容；联网后补记这次查看",
    reveal: "显示…", shown: "已显示", people: "家里的人", confirmTitle: "要确认的 {n} 项", confirm: "确认", correct: "更正", fill: "填写",
    unconfirmed: "各处登记不一致", notFresh: "很久没有确认", notHeld: "没有登记", living: "住在这里", change: "家里有变化", changeAbout: "出生 去世 迁入 迁出 出租",
    matters: "办事项 {n} 件", history: "问过、办过", historyNone: "还没有记录", historyOffline: "要联网才能看", facts: "完整信息", source: "{source} {day}",
    confirmed: "已确认：{what}", corrected: "已更正：{what}", noPeople: "登记里这一门没有人。有人住的话，请报社区登记。",
  },
  presence: { here: "人户一致", moved_out: "户在人不在", moved_in: "人在户不在", elsewhere: "关系不明" },
  change: {
    title: "家里有什么变化？", moved: "搬走了", movedAbout: "不再住这里", died: "去世了", diedAbout: "登记死亡日期", out: "户口迁走了", outAbout: "户籍不在这里了",
    came: "搬来了", cameAbout: "从本网格或外面来", let: "租给了别人", letAbout: "登记承租人", born: "出生了", bornAbout: "登记新生儿", who: "谁？", when: "哪一天？", find: "输入完整姓名", record: "记下",
    saved: "{name}：{what}", nobody: "本网格没有叫这个名字的人", fromOutside: "外面来的人，登记新人", onlyAsked: "只问这几项，看着证件填；登记里已有的人会自动认出，不会重复建。", otherPapers: "换证件", told: "证件上写着：{sex}，{day} 出生", again: "重选", optional: "{what}（可不填）",
    badNumber: "证件号码不对：有一位写错或漏了", otherBirthday: "证件号码里的出生日期是 {day}", future: "日期不能晚于今天", waiting: "还没进登记的变化", waitingAbout: "服务器收下后，这一页会自动更新。", short: "还差：{what}", doneTitle: "登记过的变化",
    became: { new: "已登记为新人", known: "登记里原有此人，已改到这一户", conflict: "已登记；有几项与原登记不同，两个都留着，交网格长核对", contradicts: "证件号码在登记里是另一个名字：没有改动，交网格长核对" },
  },
};
