export default {
  app: {
    name: "网格服务", skip: "跳到正文", normal: "常规字", theme: "外观", privacy: "隐私说明", opening: "打开中…",
    offline: "现在没有网络。写好的内容会留在手机里。", newVersion: "页面有了新版本，请刷新后再试。", reload: "刷新",
  },
  home: {
    title: "{city}·网格服务", report: "反映问题", track: "查进度", call: "打给网格员 {name}", callHotline: "打 12345 热线",
    draft: "上次没写完", draftGo: "接着写", draftDrop: "不要了", waiting: "有 {count} 件还没发出去", waitingSince: "{when}写好的，网络通了自动发，也可以现在发。",
    waitingBusy: "现在反映的人多，{when} 以后自动再发，不用重写。",
    sendNow: "现在发", sending: "正在发…", sent: "已发出：{number}",
    more: "更多", mine: "我反映过的", mineCount: "{count} 件", data: "我的信息", looks: "谁查过我的信息", looksMonth: "{month} {count} 次",
    permits: "授权和账号", services: "我的服务", register: "数据使用公示",
    signIn: "登录", signInAbout: "登录并绑定本人后，能看到可能符合条件的服务、您的网格员和谁查过您的信息。反映问题和查进度不用登录。",
    bind: "绑定本人", bindAbout: "已登录，还没绑定本人。向网格员要一个一次性验证码就能绑定。",
    hello: "已登录：{name}", visits: "上门安排", visitsCount: "{count} 件",
  },
  worker: {
    yours: "您的网格员：{name}", today: "今天 {hours}", off: "今天休息", nobody: "您那里现在没有网格员在岗", nobodyAbout: "有事请打 12345，或到社区。",
    call: "打电话", ask: "预约上门", title: "预约网格员上门", how: "您想怎么办？", visit: "上门来", ring: "给我回电话", about: "是什么事？",
    aboutHint: "一句话就行，比如：高龄津贴怎么办。不超过 100 字。", send: "预约，5 天内有人联系您", done: "已交给网格员 {name}",
    doneAbout: "一般 5 天内联系您。没解决之前再预约也只算这一件。", cannot: "这一页现在不能预约，请直接打电话。", hours: "工作时间",
    mon: "周一", tue: "周二", wed: "周三", thu: "周四", fri: "周五", sat: "周六", sun: "周日", days: "{from}至{to}", rest: "休息",
  },
  visitor: {
    title: "核对上门的人", lead: "有人敲门说是网格员？请对方亮码，用手机扫一扫，或把码填在这里。", code: "对方的码", hint: "每天换一个，比如 42-K7M-3QX", look: "核对", yes: "是今天在岗的网格员：{name}",
    hours: "没有预约时，{opens}–{closes} 才可以敲门。", check: "姓氏和网格对得上再开门；对不上，打电话问您的网格员。", no: "核对不上", noAbout: "这个码不是今天在岗网格员的。先不要开门，打电话问您的网格员、社区或 12345。", mine: "看看有没有我家的事",
  },
  visits: {
    title: "上门安排", lead: "有人敲门说是网格员？先看这里有没有这件事；没有，可以不开门，打电话问您的网格员。",
    open: "还没办的", past: "办过的", until: "{day}前", by: "{department}请网格员来", asked: "您自己提出的", none: "没有人要上门",
    noneAbout: "有部门请网格员到您家办事时，会先写在这里：什么事、为什么、什么时候之前。", ended: "{day} {outcome}",
  },
};
