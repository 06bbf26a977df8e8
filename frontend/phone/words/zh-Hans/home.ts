export default {
  tabs: { nav: "主要页面", today: "今天", households: "住户", report: "上报", services: "服务", me: "我" },
  sync: {
    comma: "，",
    done: "已同步", busy: "正在同步…", unsent: "未传 {n} 条", earliest: "最早 {at}", updated: "更新至 {at}", never: "还没有同步过",
    offline: "没有网络", kept: "都在手机里", unreachable: "连不上服务器", signedOut: "登录已过期", forbidden: "岗位已变动",
    refused: "{n} 条没有收下", open: "查看未传和没有收下的内容",
  },
  update: { waiting: "新版本已备好，不会丢内容", go: "更新", entering: "新版本已备好；先填完、存下，再更新", taken: "新版本已启用，重新打开就是新的", reopen: "重新打开" },
  undo: { label: "撤销", gone: "已经发出，不能撤销了", saved: "已记下" },
  full: { title: "手机存满了，刚才的内容没有存下", about: "请删掉一些照片或应用，再做一次；之前存的都在。" },
  signIn: {
    title: "网格员登录", about: "登录后，本网格的住户、待办和地图会加密存在这台手机里，没有网络也能办。",
    others: "这台手机里还有别人未传的 {n} 条：等本人登录后才会发出。", install: "可以用浏览器菜单“添加到主屏幕”，像应用一样打开。",
  },
  today: {
    title: "今天", sum: "{doors} 户 {matters} 件", about: "约 {time}", walk: "步行 {km} 公里", start: "到门口了，开始办", onFoot: "走 {n} 分",
    later: "以后再去的 {doors} 户 {matters} 件", laterAbout: "按到期先后排；今天顺路的已经排在上面。", hide: "收起",
    time: "{h} 小时 {m} 分", minutes: "{m} 分", budget: "今天走多久", hours: "{n} 小时", map: "今天的路线图", done: "今天办完 {n} 件",
    emptyTitle: "现在没有要办的", emptyAbout: "部门推来的服务、要核实的信息和案件会出现在这里，附原因和期限。",
    noGridTitle: "您现在没有负责的网格", noGridAbout: "由网格长排班后，住户和待办会自动到这台手机上。", reading: "正在取网格的内容…",
    waitTitle: "还没有取到网格的内容", waitAbout: "联网后会自动取来，存在手机里。现在也可以先上报，联网后发出。",
    noMap: "这个网格还没有画地图", goneTitle: "手机里的网格内容已到期", goneAbout: "超过 36 小时没有同步，内容已清除。联网后会自动取回；未传的都还在。",
    refused: "没有收下：{why}",
  },
  kinds: { service: "代办", visit: "探访", confirm: "确认", verify: "核实", check: "核查", office: "办事" },
  people: { born: "{year}\u2060年生", male: "男", female: "女", others: "等 {n} 人" },
  left: { days: "剩 {n} 天", hours: "剩 {n} 小时", minutes: "剩 {n} 分钟", overdays: "超时 {n} 天", overhours: "超时 {n} 小时", overminutes: "超时 {n} 分钟" },
};
