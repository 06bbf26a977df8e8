export default {
  shell: {
    product: "{place} Grid Desk", skip: "Skip to the content", sections: "Sections", search: "Search", searchAll: "All {count} result⟨/s⟩",
    until: "work until {at}", working: "at work", opens: "opens {at}", closed: "closed", account: "Account", phone: "Open the phone app",
    recorded: "Signing in, looks at persons and every act are recorded.", comma: ", ", wait: "One moment…",
  },
  section: {
    map: "Map", cases: "Cases", handover: "Hand-over", feeds: "Feeds", pairs: "Review", agreements: "Agreements", return: "Return feed", programmes: "Programmes", grids: "Home",
    todos: "To-dos", roster: "Roster", users: "Users", admissions: "Admissions", cockpit: "Cockpit", rates: "Assessment", planning: "Planning", audit: "Trail", questions: "Questions",
  },
  role: {
    grid_worker: "Grid worker", grid_lead: "Grid lead", acceptor: "Acceptor", duty_chief: "Duty chief", dispatcher: "Dispatcher", department_clerk: "Department clerk",
    crew: "Crew", data_officer: "Data officer", planner: "Planner", organiser: "Organiser", leader: "Leader", administrator: "Administrator", resident: "Resident",
    public: "Reporter", user: "Reporter", system: "System",
  },
  keys: {
    sheet: "All keys", about: "Keys do nothing while you type; Esc leaves the field.", search: "Search", down: "Next", up: "Previous", open: "Open", select: "Select",
    undo: "Undo", back: "Back to the list", filter: "Filter", first: "To the main act", all: "Select what can be done together",
  },
  lost: {
    notFound: "The address may be mistyped, or the page has moved.", notYours: "This page is for: {holders}. Your posts: {mine}. An administrator can give you the post.", noPost: "none yet", home: "Back to my work",
    noDesk: "Your work is on the phone", noDeskAbout: "A grid worker's to-dos, households and reports are in the phone app; this desk is for the centre, the departments and their heads.",
  },
  names: { grid: "{community}, grid {n}", gridShort: "Grid {n}" },
  page: { turn: "Pages", before: "Previous page", after: "Next page", of: "Page {page} of {last}", size: "Rows a page", each: "{n} a page", areaExample: "Area, grid or code" },
};
