export default {
  services: {
    title: "My services", may: "You may be due: {name}", why: "Why?", not: "Not this time", notAbout: "Not this time: nobody comes and nothing is done about it. You can ask for it again at any time.", notSure: "Yes, not this time",
    once: "At the time: ", again: "I want it after all", ask: "Ask for a visit", missing: "Still missing: {names}", fill: "Give: {name}", basis: "Basis", department: "Department", mode: "How",
    due: "by {day}", declineUntil: "may be declined until {day}", waiting: "In hand", past: "Done", none: "There is nothing that you may be due now",
    noneAbout: "Published rules are compared with what departments hold already. What is found stands here, with the reason. The rules are in the public register.", rules: "See the rules",
    asks: "For the person who named you: {who}", mayOther: "They may be due: {name}", asksNone: "Nothing", outcomeNote: "Note: {note}",
  },
  why: {
    title: "Why?", lead: "The rule condition by condition, each with the department and the day that its fact comes from:", holds: "met", fails: "not met", unknown: "not known", source: "{source}, {day}", noSource: "nothing is held",
    correct: "Correct it", today: "As of today ({day})", recorded: "Opening this page adds a line “your own look” to who looked at your data.",
    rule: "Rule",
  },
};
