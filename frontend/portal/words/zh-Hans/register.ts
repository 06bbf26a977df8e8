export default {
  register: {
    title: "数据使用公示", lead: "平台存什么、凭什么、给谁用，全部列在这里，和系统实际用的是同一份。", search: "查一个词，比如：电话", none: "没有和“{text}”有关的", printed: "打印",
    sections: { programmes: "服务规则", elements: "信息项目", agreements: "共享协议", admissions: "能让网格办的事", refusals: "不做的事", formulas: "考核公式" },
    rule: "条件", asks: "上门会问", uses: "用到", basis: "依据", mode: "办法", since: "{day}起", until: "到{day}", noEnd: "没有期限", notNow: "现在不执行", minutes: "约 {n} 分钟", decline: "确认后 {n} 天内可以不要",
    purpose: "用途", retention: "用途结束后保留 {n} 天", authority: "以{department}为准", noAuthority: "没有部门认定，以本人说的为准", fresh: "{n} 天内有效，不重复问", freshEver: "长期有效，不重复问", sensitive: "敏感", unseen: "本人查询时不显示", programmes: "用于",
    in: "{department}送来", out: "送给{department}", document: "协议", elements: "内容", kind: "类型", funds: "经费", invited: "应邀上门", over: "{of} ÷ {over}", refusalsLead: "下面这些，系统里没有地方存，送来也会退回：", page: "公示内容截至{day}",
    kinds: { service: "服务", visit: "探访", confirm: "核实", verify: "案件核实", check: "案件核查", office: "窗口" }, notice: "隐私说明：各部门能存什么",
  },
  notice: {
    title: "各部门能存什么", lead: "按部门列出：以哪个部门为准，送来什么，取走什么，凭什么。没列出的，不能存。", settles: "以这个部门为准", brings: "送来", takes: "取走", choose: "选部门", all: "全部部门",
    rights: "您可以", rightsList: { see: "随时看自己的信息和谁查过", correct: "要求更正，有结果会告诉您", refuse: "谢绝任何一项服务，不影响别的", withdraw: "撤回同意过的", copy: "下载一份自己的信息" },
    never: "绝不做", register: "看全部公示",
  },
  lost: { title: "没有这个页面", about: "地址可能写错了，或者页面已经搬走。", home: "回首页" },
};
