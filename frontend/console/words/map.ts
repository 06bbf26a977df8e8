/** The words of the map page. */
export const mapZh = {
  title: "地图", searchLabel: "搜地址、门牌、网格、案号", nothingFound: "没有找到", layers: "图层", cases: "未结案件", todos: "未办待办",
  late: "只看超时", grids: "网格", buildings: "楼栋", seen: "图上 {count}", lateSeen: "超时 {count}",
  help: "点网格、楼栋或图上的标记，这里显示它是什么、有什么要办。", case: "案件", todo: "待办", grid: "网格", building: "楼栋", division: "区划",
  cluster: "同一处 {count} 件", openCase: "打开案件", openTodo: "打开待办", list: "看清单", households: "{count} 户", openCases: "未结案件",
  openTodos: "未办待办", community: "社区", address: "地址", plate: "门牌编码", floors: "{count} 层", entrances: "{count} 个单元", here: "看这里的清单",
  reason: "因为", closeCard: "收起",
};
export const mapEn: typeof mapZh = {
  title: "Map", searchLabel: "Search addresses, plates, grids, case numbers", nothingFound: "Nothing found", layers: "Layers",
  cases: "Open cases", todos: "Open to-dos", late: "Overdue only", grids: "Grids", buildings: "Buildings", seen: "{count} in sight",
  lateSeen: "{count} overdue",
  help: "Press a grid, a building or a mark: here you see what it is and what there is to do.", case: "Case", todo: "To-do", grid: "Grid",
  building: "Building", division: "Division", cluster: "{count} at one place", openCase: "Open the case", openTodo: "Open the to-do",
  list: "Show the list", households: "{count} household⟨/s⟩", openCases: "Open cases", openTodos: "Open to-dos", community: "Community",
  address: "Address", plate: "Plate", floors: "{count} floor⟨/s⟩", entrances: "{count} entrance⟨/s⟩", here: "List what is here", reason: "Because",
  closeCard: "Close",
};
