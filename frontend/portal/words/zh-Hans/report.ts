export default {
  report: {
    title: "反映问题", step: "第 {n} 步，共 3 步", steps: { photo: "照片", place: "位置", words: "问题" }, photo: "拍一张照片", photoHint: "拍清楚问题在哪儿。照片里的定位和手机信息会先去掉再发。", take: "拍照",
    choose: "从相册选", retake: "重拍", noPhoto: "不拍照，下一步", goOn: "下一步", shrinking: "正在处理照片…", badPhoto: "这张照片打不开。换一张，或者不带照片继续。",
    photoOf: "刚拍的照片", noFaces: "请别拍人脸、车牌和家里。",
    place: "在哪儿？", locating: "正在定位…", here: "就是这里", near: "定位在这附近（误差约 {metres} 米）", nearList: "也可能是", search: "输入路名或小区名",
    searchNone: "没找到。换个写法，或者直接写下位置。", refused: "没有定位权限，请选地址或写下位置。", unlocated: "定位没成功，请选地址或写下位置。", again: "重新定位",
    onMap: "在地图上选", hideMap: "收起地图", written: "写下位置", writtenHint: "比如：学院路小学门口", useWritten: "用这个位置", outside: "这里好像不在本市网格内，仍可以提交。",
    chosen: "位置", change: "改", metresAway: "{metres} 米", onMapSpot: "地图上选的位置", fixSpot: "手机定位的位置",
    words: "什么问题？", suggested: "可能是", kind: "类别", kindChoose: "选类别", kindNone: "说不清，让受理员来定", describe: "说一句", describeHint: "比如：井盖破了，晚上看不见",
    phone: "手机号（可不填）", phoneHint: "只给办这件事的人用，每次查看都有记录。", near_: "附近已有人反映",
    nearOne: "{metres} 米内，{day}报的，{state}", nearAbout: "如果是同一件事，不用再报；不是，请照常提交。", nearSame: "是同一件，不报了",
    send: "提交", sending: "正在提交…", needPlace: "还差位置", needWords: "拍张照、选类别或写一句都行，至少有一样。", optional: "可不填",
    left: "{n}/1000", kept: "写的内容会留在这部手机里，断网也不会丢。", notKept: "这个浏览器不能保存内容，关掉页面就没了。",
    refusedTitle: "没有提交成功", progress: "步骤",
  },
  receipt: {
    title: "已收到", lead: "谢谢。这是您的查询码，凭它看进度、评价、要求重办。", number: "案件编号", code: "查询码", once: "查询码只显示这一次，请复制或截图。这部手机也会记住它。",
    copy: "复制", copied: "已复制", share: "发给自己或家人", shareText: "我反映的问题 {number}，查询码 {code}，在这里看进度：{link}", next: "接下来",
    steps: { accept: "受理员看您的反映", verify: "网格员到现场核实", handle: "派给责任部门，按时限处置", check: "另一个人到现场核查", rate: "请您评价；没解决，可以要求重办" },
    forget: "别记在这部手机上", forgotten: "这部手机已不记这件事，请留好查询码。", follow: "看进度", another: "再反映一件", waits: "已存好，还没发出去",
    waitsAbout: "现在连不上网。网络一通就会自动发，也可以回来点“现在发”。只会发一次，不会重复。", gone: "这一页的内容已经不在了", goneAbout: "在“查进度”里能看到这部手机反映过的问题。",
  },
};
