export default {
  grid: {
    first: "First these", firstAbout: "{overdue} overdue in your grids, then by due time", overdue: "Overdue", allOpen: "All open {n}", unmanned: "Waiting where nobody is on duty", unmannedAbout: "These grids have no worker now: their to-dos wait for you until somebody stands in.", cases: "Cases in my grids",
    casesAbout: "by time left; workers verify and check on the phone", noCases: "No open cases in your grids.", noDue: "no limit", over: "overdue, less than a day", today: "due today", dueAt: "due {at}", because: "Because: {why}", onMap: "On the map", nothing: "Nothing to do.", onDuty: "On duty today", onDutyAbout: "by the roster, not by position",
    mapOf: "Your grids", standsIn: "stands in", present: "on duty", endStandIn: "End", findStandIn: "Find a substitute", nobody: "nobody yet", open: "{n} grids without anybody", covered: "Every grid has somebody", state: { open: "Open", waiting: "Not yet", settled: "Done" }, origin: "From", anyOrigin: "From anywhere",
    origins: { cases: "Cases", services: "Programmes", registry: "Facts to confirm", hub: "Data review" }, gridCode: "Code of a grid", emptyTitle: "No to-dos", emptyAbout: "Checks of cases, services at the door and facts to confirm become to-dos on the phone of the worker on duty there.",
  },
  people: {
    standIn: "{grid}: find a substitute", who: "Who stands in", has: "has {n} grids now", free: "has no grid now", nobodyElse: "Nobody else is on the roster; add a worker first.", until: "Until (included)", standInDo: "Stand in until {until}; to-dos move at once", standInDone: "{grid} is covered until {until}", search: "Search a name", name: "Name", kind: "Kind", community: "Community", phone: "Telephone", duties: "Duties", now: "Now",
    kinds: { full_time: "full time", part_time: "part time", dedicated: "dedicated" }, duty: { main: "main", substitute: "substitute" }, endDuty: "end", noDuty: "no duty", grids: "{n} grids", noRoster: "Nobody on the roster yet", noRosterAbout: "Make accounts for the workers, put them on the roster and give them grids; to-dos then reach their phones.", role: "Post", anyRole: "All posts", where: "Where", since: "Since", noGrant: "no post", wholeCity: "Whole city",
    admissionsAbout: "{n} matters that may be asked of a grid; anything else may be turned down", matters: "Matter", matter: { service: "Service", case: "Case", fact: "Fact", pair: "Data", form: "Form", visit: "Visit" }, basis: "Basis", minutes: "Minutes", funds: "Funds", urgent: "urgent", invited: "by invitation", noAdmissions: "Nothing is admitted yet", noAdmissionsAbout: "The list names what may be asked of a grid, on what basis, how many minutes, who pays; nothing else is sent down.",
  },
  first: {
    title: "First hour", missing: "{n} missing", whole: "all there", communities: "Divisions (communities)", buildings: "Buildings", grids: "Grids", workers: "Grid workers", departments: "Departments", classes: "Classes of cases", programmes: "Programmes",
    stops: { communities: "nothing can be placed", buildings: "addresses can't be told", grids: "nobody is in charge of cases and to-dos", workers: "to-dos reach nobody", departments: "cases can't be dispatched", classes: "cases can't be filed", programmes: "nobody is found who misses out" },
  },
};
