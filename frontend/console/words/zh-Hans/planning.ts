export default {
  plan: {
    scenarios: "网格划分方案", make: "新编方案", makeDo: "开始编制", making: "正在编制，可以离开这一页…", name: "名称", area: "范围", low: "每格最少户数", high: "每格最多户数", inRange: "在范围内", households: "户数", span: "每格户数（最少–最多）", madeAt: "编制时间", empty: "还没有方案",
    emptyAbout: "方案由规划员编制：选范围、定户数上下限；系统按楼栋划出连片的网格，范围外的逐格说明原因，再由另一人批准生效。", state: { draft: "待批准", approved: "已批准", in_force: "已生效", withdrawn: "已撤回" }, made: "{at} 编制 · {households} 户，{grids} 个网格 · 算了 {seconds} 秒", approve: "批准这个方案", approved: "方案已批准", withdraw: "撤回方案", withdrawn: "方案已撤回",
    putInForce: "{from} 起生效", nowInForce: "已安排生效", balance: "均衡（户数差）", perGrid: "每格户数", perGridSaid: "{n} 个网格的户数分布，要求 {low} 到 {high} 户", lowAt: "下限 {n}", highAt: "上限 {n}", has: "{n} 户", out: "不在范围内 {n} 格", allIn: "每格都在 {low}–{high} 户之内", verdict: { proven: "已证无解", unavoidable: "已证无解", undecided: "未定" },
    byTwo: "编制人不能批准自己的方案", approvedAt: "{at} 批准", holdsFrom: "{at} 起生效", mapOf: "方案的网格", gridSaid: "{name}，{n} 户", legend: "{low}–{high} 户，{n} 格", overs: "超过上限 {n} 格", unders: "不足下限 {n} 格",
  },
};
