export default {
  door: {
    progress: "{done} of {all} done", minutes: "{n} min, counted for you", whole: "Nobody there: for the {n} left", asks: "To be asked", choose: "Fill in the above first",
    next: "Then on to the next stop", last: "This is the last stop", goNext: "To the next stop", more: "Other outcomes", note: "A note (if you like)", noteFor: "“{outcome}”: what was it?",
    record: "Save “{outcome}”", household: "This home", held: "On record now", right: "This is right", other: "No, here is the new one…", none: "nothing on record", sent: "sent",
    waiting: "on this phone", gone: "This door is no longer among your to-dos", goneAbout: "It may be settled, taken back, or another worker's. What is unsent is under “Me”.", doneAll: "All done at this door",
    caseHelp: "Look at the place and say what you see. Photos go into a report of their own.", openCase: "See the case (needs a network)", seeWhole: "See it whole…", value: "The new {what}",
  },
  home: {
    title: "Homes", search: "House number, compound or name", count: "{n} homes", stale: "{n} to confirm", nobody: "nobody on record", noneTitle: "Nothing found", noneAbout: "Try another number, compound or name.",
    onlyStale: "Only those with something to confirm", emptyTitle: "No homes on this phone yet", emptyAbout: "After a sync, your grid's homes are kept here, encrypted.", more: "{n} more",
    purpose: "For: {task}; only what it needs is shown", routine: "a routine visit", noTask: "No to-do is about this person: only what the phone holds is shown", onThePhone: "No network: only what the phone holds is shown; this look is recorded later",
    reveal: "Show…", shown: "shown", people: "Who lives here", confirmTitle: "{n} to confirm", confirm: "Confirm", correct: "Correct", fill: "Fill in",
    unconfirmed: "sources differ", notFresh: "not confirmed for long", notHeld: "nothing on record", living: "lives here", change: "Something changed", changeAbout: "died, moved in or out, let",
    matters: "To-dos: {n}", history: "Asked and done before", historyNone: "Nothing yet", historyOffline: "Needs a network", facts: "In full", source: "{source} {day}",
    confirmed: "Confirmed: {what}", corrected: "Corrected: {what}", noPeople: "Nobody is on record behind this door. If somebody lives here, tell the community.",
  },
  presence: { here: "registered and living here", moved_out: "registered here only", moved_in: "living here only", elsewhere: "unclear" },
  change: {
    title: "What has changed?", moved: "Moved away", movedAbout: "no longer lives here", died: "Died", diedAbout: "the date of death", out: "Registration moved", outAbout: "no longer registered here",
    came: "Moved in", cameAbout: "somebody on record in this grid", let: "Let to somebody", letAbout: "the tenant", who: "Who?", when: "On which day?", find: "The whole name", record: "Save",
    born: "A new-born child, or somebody from elsewhere, can't be added on the phone yet: the community registers them.", saved: "{name}: {what}", nobody: "Nobody of this name in this grid",
  },
};
