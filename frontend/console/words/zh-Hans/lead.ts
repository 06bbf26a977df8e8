export default {
  lead: {
    cockpit: "网格运行", rates: "评价", period: "时段", periods: { today: "今天", week: "本周", month: "本月", last_month: "上月", year: "今年", own: "所选时段" }, bothKinds: "部件和事件", whole: "全部部门", asOf: "截至 {at}，点数字看清单", byDepartment: "各部门", formulas: "怎么算的",
    fair: "导入的历史案件不计；作废、并案、回退和挂账中的不计入应结案。只评部门，不给网格员排名。", block: { cases: "{period}的案件", todos: "{period}的待办", services: "服务到家（累计）" },
    figure: { reported: "新增", closed: "结案", late: "超时", pushed: "推送", done: "办结", overdue: "超时", notReceiving: "应享未享", withWorker: "网格员办理中", settled: "已办结" }, list: "清单", map: "全区案件分布", openCases: "未结案件", drill: "查看下级", below: "查看下级…", departments: "部门按期结案", allRates: "全部指标",
    onTime: "按期结案", due: "应结案", noneDue: "这段时间没有应结案件。",
  },
};
