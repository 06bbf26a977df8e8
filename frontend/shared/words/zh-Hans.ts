/** Words that all apps share. `en.ts` has the same keys: a test holds both to each other. */
export default {
  common: {
    back: "返回", comma: "、", cancel: "取消", close: "关闭", more: "更多", retry: "重试", search: "搜索", loading: "正在读取…", all: "全部",
    excel: "导出 Excel", print: "打印", save: "保存", send: "提交", copy: "复制", copied: "已复制", none: "无", yes: "是", no: "否",
    signIn: "登录", signOut: "退出", username: "用户名", password: "密码", language: "English", light: "浅色", dark: "深色",
    large: "大字", total: "共 {count} 条", unreachable: "连不上服务器", unreachableAdvice: "内容还在，网络恢复后再试一次。",
    notFound: "没有这个页面", notYours: "这一页不在您的岗位权限内",
  },
  time: {
    left: "剩 {amount}", over: "超时 {amount}", now: "刚刚", minutes: "{n} 分钟", hours: "{n} 小时", days: "{n} 天",
    workHours: "{n} 工作时", workDays: "{n} 工作日", today: "今天", yesterday: "昨天", tomorrow: "明天", paused: "已停表",
  },
  calendar: {
    date: "{month}{day}日{weekday}",
    d0: "周日", d1: "周一", d2: "周二", d3: "周三", d4: "周四", d5: "周五", d6: "周六",
    m1: "1月", m2: "2月", m3: "3月", m4: "4月", m5: "5月", m6: "6月", m7: "7月", m8: "8月", m9: "9月", m10: "10月", m11: "11月", m12: "12月",
  },
  person: { masked: "已脱敏", opening: "这次查看会记录，本人可以看到", open: "查看", },
  map: {
    label: "地图", zoomIn: "放大", zoomOut: "缩小", seen: "地图上的内容", cluster: "{count} 件，放大查看", clusterHere: "同一处 {count} 件",
    late: "其中超时 {count} 件", nothing: "这里没有要显示的内容", noDrawing: "这台设备画不了大地图，下面是简图和清单。",
    pickHere: "选这里", pickHelp: "移动地图，让十字对准位置；键盘用方向键，按回车选定。", metres: "{n} 米", kilometres: "{n} 公里",
    grids: "网格 {names}",
  },
  theme: { light: "浅色", dark: "深色", system: "跟随系统" },
};
