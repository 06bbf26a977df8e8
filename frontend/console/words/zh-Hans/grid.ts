export default {
  grid: {
    first: "先办这些", firstAbout: "您的网格里超时 {overdue} 件，其余按到期先后", overdue: "超时", allOpen: "全部未办 {n}", allCases: "全部在办 {n}", unmanned: "无人值班网格的待办", unmannedAbout: "这些网格现在没有网格员，待办先转给您；安排代班后自动转走。", cases: "我网格里的案件",
    casesAbout: "按剩余时间排列；上门核实、核查由网格员在手机上办", noCases: "您的网格里没有在办案件。", noDue: "没有期限", over: "超时不到 1 天", today: "今天到期", dueAt: "{at} 到期", because: "因为：{why}", onMap: "看位置", nothing: "没有要办的。", onDuty: "今天值班", onDutyAbout: "按排班，不看定位",
    mapOf: "您的网格", standsIn: "代班", present: "在岗", endStandIn: "结束代班", findStandIn: "找人代班", nobody: "还没有人", open: "{n} 个网格还没有人", covered: "每个网格都有人", state: { open: "未办", waiting: "未到时候", settled: "已办" }, origin: "来自", anyOrigin: "全部来源",
    search: "搜待办名称", dated: { created: "推送：{from} 至 {to}", settled: "办结：{from} 至 {to}" }, origins: { residents: "居民预约", cases: "案件", services: "服务事项", registry: "信息核实", hub: "数据比对" }, gridCode: "社区或网格", emptyTitle: "没有待办", emptyAbout: "案件核实、服务上门、信息核实都会成为待办，送到所在网格的网格员手机上。",
  },
  people: {
    standIn: "{grid}：找人代班", who: "谁来代", has: "现有 {n} 个网格", free: "现在没有网格", nobodyElse: "名册上没有别人，请先添加网格员。", until: "代到哪天（含）", standInDo: "安排代班至 {until}，待办随即转过去", standInDone: "{grid} 已安排代班，至 {until}", search: "搜姓名", name: "姓名", kind: "种类", community: "社区", phone: "电话", duties: "排班", now: "现在负责",
    kinds: { full_time: "专职", part_time: "兼职", dedicated: "专属", micro: "微网格员" }, anyKind: "全部种类", anyDuty: "有无排班", hasDuty: "有排班", whereFind: "社区或网格", duty: { main: "主责", substitute: "代班" }, endDuty: "结束", noDuty: "没有排班", grids: "{n} 个网格", noRoster: "名册里还没有人", noRosterAbout: "先给网格员建账号，再加入名册、安排到网格；待办就会送到他们手机上。", role: "岗位", anyRole: "全部岗位", where: "范围", since: "起始日期", noGrant: "没有岗位", wholeCity: "全市",
    doings: "操作", givePost: "加岗位", givePostTo: "给{name}加岗位", givePostDo: "授予岗位，现在生效", postGiven: "{name} 已是{role}", postEnded: "{name} 不再是{role}", endPost: "结束", giveBack: "重新授予", withDuty: "随排班", whereCode: "范围（不填为全市）", untilAny: "至（不填为长期）", workersByDuty: "网格员的岗位随排班而来，请到“排班”安排。",
    admit: "新增事项", admitChange: "更改事项", admitDo: "列入清单，向全体居民公示", admitted: "“{name}”已列入准入清单", change: "更改", nameZh: "名称", nameEn: "英文名称", code: "代码", codeAbout: "小写字母、数字和下划线", minutesEach: "每次几分钟", invitedAbout: "须居民预约，不算主动敲门", urgentAbout: "紧急增加（必须写明哪天结束）",
    admissionsAbout: "可以让网格办的 {n} 件事；清单以外的，网格可以不接", matters: "事项", matter: { service: "服务", visit: "走访", confirm: "信息核实", verify: "案件核实", check: "案件核查", office: "窗口代办" }, basis: "依据", minutes: "每次（分钟）", funds: "经费", urgent: "紧急", invited: "须预约", noAdmissions: "清单还是空的", noAdmissionsAbout: "准入清单写明哪些事可以交给网格、依据什么、多少分钟、经费从哪来；清单以外的事系统不会派下去。",
  },
  first: {
    title: "开通清单", missing: "还差 {n} 项", whole: "都齐了", communities: "区划（社区）", buildings: "楼栋", grids: "网格", workers: "网格员", departments: "部门", classes: "案件类别", programmes: "服务事项",
    stops: { communities: "没有区划，什么都无法落到地方", buildings: "没有楼栋，地址无法解析", grids: "没有网格，案件和待办无人负责", workers: "没有网格员，待办送不出去", departments: "没有部门，案件无法派遣", classes: "没有类别，案件无法立案", programmes: "没有事项，不会筛出应享未享" },
  },
};
