export default {
  me: {
    title: "我", duty: "负责的网格", dutyNone: "现在没有", main: "主责", substitute: "替班", until: "到 {day}", minutes: "我的用时", minutesAbout: "按部门，自动计；只有您自己看得到，不打分、不排名。",
    line: "{visits} 次 {todos} 件", minutesNone: "这个月还没有记录", needsNet: "要联网才能看", outbox: "未传和没有收下的", allSent: "都传上去了",
    look: "显示", large: "大字", largeAbout: "字大，一行一件", theme: "深浅", phones: "登记过的设备", phonesNone: "没有登记过别的设备", revoke: "停用", revoked: "{day} 停用", enrolled: "{day} 登记",
    phone: "这台手机", keeps: "网格内容保留到 {at}，到期自动清除", nothingKept: "没有网格内容", signOut: "退出登录", signOutUnsent: "还有 {n} 条未传：退出后仍加密存在这台手机里，您再登录就会发出。",
    signOutClean: "退出后，网格内容会从这台手机清除。", confirmOut: "退出并清除", signInAgain: "重新登录", sync: "现在同步",
  },
  outbox: {
    title: "未传和没有收下的", waiting: "未传", waitingAbout: "按顺序发，一条也不会少；发出前可以撤销。", refused: "没有收下", refusedAbout: "内容都在。看一下原因，处理后点“知道了”。",
    ok: "知道了", seen: "{at} 看到的", tries: "发过 {n} 次，还没有回音", emptyTitle: "都传上去了", emptyAbout: "没有网络时，您记下的会排在这里，有网后按顺序发出。",
    doneAbout: "最近收下的 {n} 条",
  },
  envelope: {
    observation: "更正信息", settle: "办理结果", report: "上报", look: "查看记录", residence: "迁入", newcomer: "新来的人", departure: "迁出", confirmation: "确认信息",
  },
};
