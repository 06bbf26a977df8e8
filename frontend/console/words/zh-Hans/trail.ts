/** The trail of an object. */
export default {
  trail: {
    link: "审计记录", one: "审计", title: "审计记录", when: "时间", who: "谁（岗位）", what: "做了什么", why: "为什么", via: "从哪里", details: "内容", place: "封存", from: "自", to: "至", kind: "哪一类", ask: "查看",
    kinds: { case: "案件", todo: "待办", feed: "数据来源", delivery: "送达文件", agreement: "共享协议", pair: "疑似同一人", programme: "服务事项", user: "用户", person: "居民" },
    idOf: {
      case: "案号或编号", todo: "待办编号", feed: "来源代码或名称", delivery: "回执编号", agreement: "协议编号", pair: "比对编号", programme: "事项代码", user: "用户名", person: "居民编号（不是证件号）",
    },
    rooms: {
      access: "账号与授权", areas: "区划与楼栋", audit: "查看与导出", cases: "案件", city: "城市设置", field: "手机", hub: "数据枢纽", planning: "网格划分", registry: "人口登记", residents: "居民", services: "服务事项", todos: "待办", workforce: "队伍",
    },
    noValues: "只列做过什么，不显示任何人的信息内容；只写岗位，不写姓名。", allOf: "{room}（全部）", late: "{at} 传回", mine: "本人", for: "见{kind}的记录", unsealed: "尚未封存", holds: "与封存时相符", differs: "与封存时不符",
    nothing: "这段时间没有记录。", emptyTitle: "一件事从头到尾谁经手过", emptyAbout: "从案件、待办、来源、协议、事项、用户的页面点“审计记录”最方便；也可以选类别、填编号（案件填案号，用户填用户名）。记录逐条相连，改动一条就会显出来。",
    chain: "封存状态", unbroken: "本页 {n} 条逐条相符", brokenHere: "有记录与封存时不符", sealedUpTo: "全部记录已封存到第 {place} 条（{at}）", nothingSealed: "还没有封存", waiting: "，另有 {n} 条待封存",
    prove: "从头核对全部记录", proved: "从头核对了 {n} 条，没有断开。", brokenAt: "核对到第 {place} 条时断开：请立即上报。",
  },
};
