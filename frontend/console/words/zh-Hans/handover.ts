export default {
  handover: {
    about: "下班前把要盯的写下来；下一班看过、接了，责任才转过去。", waiting: "等接班的 {n} 份", take: "接班，已看过", taken: "已接 {who} 的班", left: "交班",
    takenBy: "{who} 接班 {at}", waitsForNext: "等下一班接", stood: "当时：{figures}", thisShift: "本班交给下一班", ends: "本班到 {at}，下一班到 {next}",
    worth: "建议重点交代的案件", worthAbout: "共 {n} 件，勾选的写进交班记录", nothingWorth: "没有超时、快到期、等答复或要求重办的案件。", name: "列入交代", nameOne: "列入交代 {number}",
    quote: "“{text}”", note: "交代一句（选填）", noteTo: "{number} 交代一句", addedByYou: "您加的。", beyond: "另有 {n} 件不太急的没有列出。",
    why: { overdue: "超时", asked: "申请待批", reopened: "要求重办", due: "快到期" },
    said: "要交代的话", saidExample: "例如：夜间请盯紧积水点；热线 3 号座席耳麦坏了，已报修。", add: "另加一件", addExample: "案号、地址或描述", found: "找到的案件", noneFound: "没有找到。",
    send: "交给下一班（重点 {n} 件）", sendAbout: "写下后不能改；要补充就再交一份。", toNext: "交给下一班", handedOver: "已交给下一班，重点 {n} 件，等接班", desk: "席位",
    earlier: "以往交接班", from: "从", to: "到", empty: "还没有接过班的记录", emptyAbout: "一班在上面写好交出去，下一班接了，就留在这里，按天排列，可以打印和导出。", emptyDays: "这几天没有接过班的记录。",
  },
};
