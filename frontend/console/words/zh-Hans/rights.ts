export default {
  rights: {
    colon: "：",
    about: "居民对一次查看有疑问，要在期限内用话答复；谁查看的，谁不能答复。", open: "待答复", late: "超时", answered: "已答复", number: "编号", look: "哪次查看", who: "谁查的", saw: "看了", asked: "居民的话", noWords: "没有写", due: "期限", to: "答复单位",
    answer: "答复", answerTo: "答复 {number}", finding: "结论", findings: { needed: "因工作需要查看", mistake: "查错了人，已提醒", improper: "不应该查看，已处理" }, words: "答复的话（本人会看到）", wordsHint: "为哪件事、凭什么、看了做什么用。别写姓名。",
    answerDo: "答复，本人随即看到", done: "{number} 已答复", own: "是您自己查看的，由同事或数据管理部门答复", none: "没有要答复的", noneAbout: "居民在“谁查过我的信息”里点“有疑问”，就会到这里：哪次查看、期限到哪天。", by: "{who}，{when}",
    consents: "本人同意给本部门用的", consentsAbout: "只列用途和信息；点“查看”才显示内容，并留下一次本人可查的记录。撤回后这里就没有了。", purpose: "用途", elements: "信息", given: "同意日期", until: "到", see: "查看", noConsents: "现在没有本人同意给本部门用的信息。",
  },
};
