export default {
  data: {
    title: "我的信息", lead: "各部门登记在您名下的信息，共 {count} 项。每项都写着哪来的、哪天的。不对就点“更正”。", recorded: "打开这一页会记一行“本人查看”。", from: "{source}·{day}",
    standing: { authority: "部门认定", door: "上门确认", said: "登记", unconfirmed: "待核实" }, stale: "可能旧了", nothing: "空", show: "显示", hide: "隐藏", correct: "更正",
    groups: { identity: "身份", contact: "联系方式", dwelling: "居住", family: "家庭", benefit: "待遇", health: "健康", education: "教育", housing: "房屋", other: "其他" },
    shouldBe: "应该是", noValue: "没有这项", note: "说明（可不填）", noteHint: "比如：身份证上是“玲”", send: "提交更正", sendAbout: "没有部门认定的，马上改；和部门登记的不一样，网格员会上门核实，不占您的打扰次数。",
    sent: "更正已提交", state: "更正：{state}", corrections: "我提交的更正", asked: "{day}提出", settled: "{day}有结果", export: "下载一份（Excel）", looks: "谁查过我的信息", none: "还没有登记在您名下的信息",
    noneAbout: "部门送来数据并核对到您本人后，会列在这里。", add: "补一项：{name}",
  },
  looks: {
    title: "谁查过我的信息", month: "{month} {times} 次，共看了 {items} 项", lead: "每次查看都自动记下，不能改，也不能删。", how: "看了几项", saw: "看了：{names}", answerOnly: "只回答了是或不是，没看到内容",
    doubt: "有疑问", none: "还没有人查过您的信息", noneAbout: "工作人员每次查看您的信息都会在这里留一行：什么岗位、为什么、看了什么。", own: "也显示我自己看的（{n} 次）", older: "更早的 {n} 次",
    more: "等 {n} 项", again: "再问", askCall: "打 12345 投诉，说日期、时间和岗位", askCorrect: "看看我的信息对不对", askRule: "看看这个部门能存什么、凭什么",
    form: {
      about: "想问什么？（可不填）", hint: "比如：为哪件事看我的电话？", send: "提出疑问", toDepartment: "由这个部门在期限内答复，查看的人自己不能答复。", toOffice: "由数据管理部门在期限内答复，查看的人自己不能答复。",
    },
    asked: {
      open: "您问过：{left}答复", late: "您问过：{left}，还没答复", until: "{to}，{day}前答复", lateAbout: "{to}没有按期答复。可以打 12345，说编号 {number}。",
      answered: "已答复：{finding}", number: "编号 {number}", said: "您问：{about}",
    },
  },
  permits: {
    title: "授权和账号", consents: "我同意过的", consentsNone: "没有。", offers: "要您同意才能做的", offersAbout: "不同意，别的服务照常办。同意了也随时可以撤回。", see: "看看再决定", offerWhat: "要用这些信息：", sensitive: "敏感", howLong: "同意多久", months: "{n} 个月", year: "1 年",
    give: "同意，到{day}", receipt: "回执 {number}", givenOn: "{day}同意", keep: "复制回执", receiptText: "回执 {number}：{day}同意{department}用于“{purpose}”使用{elements}，到{until}。撤回：授权和账号。", chooseOne: "至少选一项信息。", until: "到{day}", withdraw: "撤回", withdrawAbout: "撤回后，从现在起这个部门看不到，也不能再用。",
    withdrawn: "{day}已撤回", mandates: "家人代办", mandatesAbout: "让家人替您看服务、谢绝或要回。家人看不到您的信息，只看到办什么。", offer: "让家人代办", label: "家人是谁（比如：女儿）", untilDay: "到哪天",
    offerSend: "生成验证码", offered: "把这个验证码给{label}，只显示这一次", accept: "我有家人给的验证码", acceptCode: "验证码", acceptSend: "开始代办", accepted: "可以代办了，在“我的服务”里。", given: "我委托的", held: "我替家人办的", waits: "还没接受",
    live: "有效", ended: "已结束", end: "结束委托", accounts: "绑定的账号", thisOne: "这个账号", bound: "{day}绑定，用的是{way}", unbind: "解除绑定", unbindAbout: "解除后，这个账号看不到您的信息；要用再向网格员要验证码。",
  },
};
