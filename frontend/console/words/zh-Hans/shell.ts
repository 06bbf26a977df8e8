export default {
  shell: {
    product: "{place}网格工作台", skip: "跳到正文", sections: "栏目", search: "搜案号、地址、描述", searchAll: "查看全部 {count} 条结果",
    until: "工作时间至 {at}", working: "工作时间", opens: "{at} 上班", closed: "非工作时间", account: "账号", phone: "打开手机端",
    recorded: "登录、查看个人信息和办理都会留下记录。", comma: "、", wait: "稍候…",
  },
  section: {
    map: "地图", cases: "案件", handover: "交接班", feeds: "数据来源", pairs: "比对复核", agreements: "共享协议", return: "数据回流", programmes: "服务事项", grids: "首页",
    todos: "待办", roster: "排班", users: "用户", admissions: "准入清单", cockpit: "驾驶舱", rates: "评价", planning: "网格划分", audit: "审计", questions: "疑问答复",
  },
  role: {
    grid_worker: "网格员", grid_lead: "网格长", acceptor: "受理员", duty_chief: "值班长", dispatcher: "派遣员", department_clerk: "部门经办",
    crew: "处置班组", data_officer: "数据专员", planner: "规划员", organiser: "组织部", leader: "领导", administrator: "管理员", resident: "居民",
    public: "反映人", user: "反映人", system: "系统",
  },
  keys: {
    sheet: "全部按键", about: "输入文字时按键不起作用；Esc 离开输入框。", search: "搜索", down: "下一条", up: "上一条", open: "打开", select: "选中",
    undo: "撤销", back: "返回列表", filter: "筛选", first: "到主要操作", all: "选中可一起办的",
  },
  lost: {
    notFound: "地址可能抄错了，或这一页已经搬走。", notYours: "这一页由{holders}使用。您的岗位：{mine}。需要的话请管理员授权。", noPost: "还没有", home: "回到我的工作",
    noDesk: "您的工作在手机上", noDeskAbout: "网格员的待办、住户和上报都在手机端；工作台由坐席、部门和管理人员使用。",
  },
  names: { grid: "{community}第 {n} 网格", gridShort: "第 {n} 网格" },
  page: { turn: "翻页", before: "上一页", after: "下一页", of: "第 {page} / {last} 页", size: "每页条数", each: "每页 {n} 条", areaExample: "区划或网格，名称或代码" },
};
