export default {
  track: {
    title: "查进度", code: "查询码", codeHint: "10 位，提交后给您的，比如 7K3QM-0ZX9T", look: "查", here: "这部手机反映过的", forget: "不再记住", account: "用账号反映过的",
    none: "这部手机还没反映过问题", noneAbout: "反映过的会列在这里，不用输查询码。换了手机或清了记录，就用查询码查。",
    number: "编号 {number}", reported: "{when} 反映", yours: "您反映的问题", story: "经过", done: "已结案", share: "发给家人", copyLink: "复制链接", again: "再查一件", steps: "{by}",
    due: "{when}前办完", late: "已超过时限，正在催办",
    now: {
      to_accept: "等受理员看您的反映", to_verify: "网格员正去现场核实", to_file: "已核实，等值班长立案", to_dispatch: "已立案，正派给责任部门", to_sign: "已派给{department}，等签收",
      handling: "{department}正在处置", to_forward: "{department}说已办好，正安排核查", to_check: "另一位网格员正去现场核查", to_close: "核查过了，等值班长结案",
      shelved: "暂时办不了，已挂账，条件具备后接着办", closed: "已结案", rejected: "没有受理", voided: "已作废", merged: "已并入同一件事继续办",
    },
    someone: "责任部门", photos: "照片", before: "您拍的，{when}", after: "处置后，{when}",
    verbs: {
      report: "您反映了问题", accept: "已受理", reject: "不予受理", file: "现场属实，已立案", dispatch: "已派遣", feed_back: "部门反馈：办好了", rework: "核查不合格，退回返工",
      allow_shelve: "暂时挂账", resume: "接着处置", close: "核查合格，已结案", reopen: "您要求重办", merge: "并入同一件事", void: "已作废",
    },
  },
  rate: {
    ask: "修好了吗？等您回一句", askOf: "{what}修好了吗？", left: "还剩 {days} 天", lastDay: "今天截止", closedOn: "{day}核查结案", yes: "修好了", no: "没修好",
    how: "办得怎么样？", stars: { s1: "很不满意", s2: "不满意", s3: "一般", s4: "满意", s5: "很满意" }, wrong: "哪里没修好？", wrongHint: "一句话，网格员照着再去看",
    again: "请再办一次", onlyRate: "只评价，不重办", needReason: "要重办，请说一句哪里没好。", until: "{day}前都可以要求重办", thanks: "谢谢，您的评价记下了。", thanksAgain: "已退回重办，网格员会再去现场看。",
    given: "您评价过：{solved}，{stars}", solved: "修好了", unsolved: "没修好", reopen: "还是有问题？要求重办",
  },
};
