export default {
  services: {
    about: "每个数字都能打开名单", programme: "服务事项", mode: "办理方式", rule: "条件", notReceiving: "应享未享", notInForce: "未在执行", and: "；", empty: "还没有服务事项",
    emptyAbout: "事项用一个 Excel 文件登记：名称、依据、条件、办理方式。登记后系统按条件找出应享未享的人，并写明理由。",
    state: {
      undetermined: "资料不全", proposed: "待安排", to_confirm: "待部门确认", pushed: "网格员办理中", confirmed: "已确认", settled: "已办结", declined: "本人谢绝", not_needed: "不需要", mismatch: "情况不符", refused: "不予确认", lapsed: "不再符合",
    },
    byProgramme: "按事项看", load: "新增事项或新版本", loadAbout: "一个 Excel 文件，一行一个事项；有错的行会逐行说明，一行有错整份不收。", chooseFile: "选 Excel 文件", did: "第 {row} 行 {code}：{did}，{from} 起", dids: { added: "新增", new_version: "新版本", corrected: "已更正", unchanged: "没有变化" },
    since: "{from} 起", whoMay: "谁符合条件（同时满足）", asks: "办理时还要问：{what}", reads: "只读取这些信息", days: "{due} 天内办结；确认后 {decline} 天内可谢绝；上门约 {minutes} 分钟", list: "名单", excelOpened: "含姓名导出", excelAbout: "导出含姓名和理由，会留下记录",
    person: "姓名", place: "所在网格", stateCol: "状态", missing: "还要核实", due: "期限", changed: "最近变动", reason: "理由", noPlace: "住址不明", noLonger: "条件已变", declineUntil: "{day} 前可谢绝", openReason: "看理由", noneHere: "这份名单是空的",
    noneHereAbout: "按条件筛出的人会出现在这里，每人都有一句理由；办结、谢绝或情况变化后移到相应名单。", refuse: "不予确认", refuseDo: "不予确认，本人会看到原因", reopen: "重新提供", reopenDo: "重新提供这项服务", uphold: "仍然办理", whyAbout: "原因（本人会看到）",
    toConfirm: "待确认（免申即享）", toConfirmAbout: "打开名单会显示姓名和理由，并留下一次查看记录", openList: "打开名单", nothingToConfirm: "没有等您确认的。", confirm: "确认 {n} 人享受，并告知本人", confirmAbout: "一批要么全部确认、要么都不动；本人可在期限内谢绝。", confirmed: "已确认 {n} 人",
  },
  faults: { where: "位置", what: "问题", expected: "应为", advice: "怎样改" },
};
