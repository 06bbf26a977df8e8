export default {
  lead: {
    cockpit: "How the grids run", rates: "Assessment", period: "Period", periods: { today: "Today", week: "This week", month: "This month", last_month: "Last month", year: "This year", own: "The period chosen" }, bothKinds: "Parts and events", whole: "All departments", asOf: "as of {at}; each number opens its cases", byDepartment: "By department", formulas: "How it is made",
    fair: "Imported cases don't count; nor do void, merged, given back or shelved ones. Departments are assessed; workers are never ranked.", block: { cases: "Cases: {period}", todos: "To-dos: {period}", services: "Services at the door, in all" },
    figure: { reported: "Reported", closed: "Closed", late: "Overdue", pushed: "Asked", done: "Done", overdue: "Overdue", notReceiving: "Entitled, not receiving", withWorker: "With workers", settled: "Done" }, list: "List", map: "Cases of the district", openCases: "Open cases", drill: "Further down", below: "Further down…", departments: "Closed on time", allRates: "All rates",
    onTime: "closed on time", due: "due", noneDue: "Nothing was due in this period.",
  },
};
