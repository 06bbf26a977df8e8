export default {
  report: {
    title: "上报", photo: "拍照", again: "再拍一张", taken: "{at} 拍", remove: "去掉这张", photoBad: "这张读不出来，请再拍一张", photos: "照片",
    where: "在哪里", locating: "正在定位…", accuracy: "误差 {n} 米", near: "{address} 附近", outside: "不在您的网格里，会转给那边", move: "移动",
    noPlace: "没有定到位置，请选一个门牌", pick: "选最近的门牌", what: "什么问题", change: "换类", back: "回到大类",
    needsPhoto: "立案要 1 张照片，已有 {n} 张", noPhoto: "立案不用照片", say: "说明", sayHint: "看到了什么？（可用键盘语音输入）", save: "存下并发送", missing: "还差：{what}",
    missPlace: "位置", missClass: "类别", missPhoto: "照片", saved: "已存在手机，联网后发送", savedAt: "{at} 存下，排在第 {n} 条", sentAs: "已收下，编号 {number}", another: "再报一件", toToday: "回到今天",
    noClasses: "类别还没有下载，联网一次就有", rule: "立案：{text}", noHomes: "不要拍家里和人脸",
  },
  services: {
    title: "服务", about: "能在网格里办的服务：谁可以、依据什么、怎么办。", rule: "谁可以", basis: "依据", by: "主办", minutes: "每次约 {n} 分",
    emptyTitle: "还没有服务目录", emptyAbout: "部门发布服务后会出现在这里。联网一次就能离线看。", list: "看这 {n} 户",
  },
};
