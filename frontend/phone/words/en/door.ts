export default {
  door: {
    progress: "{done} of {all} done", minutes: "{n} min, counted for you", whole: "Nobody there: for the {n} left", choose: "Fill in the above first",
    next: "Then on to the next stop", last: "This is the last stop", goNext: "To the next stop", note: "A note (if you like)", noteFor: "“{outcome}”: what was it?",
    record: "Save “{outcome}”", household: "This home", held: "On record now", other: "No, here is the new one…", sent: "sent",
    waiting: "on this phone", gone: "This door is no longer among your to-dos", goneAbout: "It may be settled, taken back, or another worker's. What is unsent is under “Me”.",
    caseHelp: "Look at the place and say what you see. Photos go into a report of their own.", value: "The new {what}",
  },
  knock: {
    left: "Visits left this month: {n}", used: "This month's visits are used up: wait for an appointment or their call", today: "Visited today already: this counts no more", hours: "visiting hours {opens}–{closes}", outside: "Not the time to knock now ({opens}–{closes})",
    asked: "They asked for it: uses no visit", invited: "They asked me to come", waits: "by appointment",
  },
  code: {
    show: "Code", title: "My code to show", today: "good on {day} only; another one tomorrow", say: "Show it before you knock. They can scan it, or read it out to 12345 or the community.", scan: "Scan to see who is there", none: "No code yet: one sync brings it, then it works without a network.",
    hand: "A one-time code", handAbout: "they bind their account to themselves with it", whom: "For whom?", checked: "I have seen their identity card: it is this person", make: "Make the code", offline: "No network: the server makes the code. Try again with one.",
    onlyTo: "Hand it to nobody but this person; no photo, no forwarding.", until: "good until {at}, once", again: "A new one makes this one void.", done: "Handed over, close", spoken: "One-time code",
  },
  home: {
    title: "Homes", search: "House number, compound or name", count: "{n} home⟨/s⟩", stale: "{n} to confirm", nobody: "nobody on record", noneTitle: "Nothing found", noneAbout: "Try another number, compound or name.",
    onlyStale: "Only those to confirm", emptyTitle: "No homes on this phone yet", emptyAbout: "After a sync, your grid's homes are kept here, encrypted.", more: "{n} more",
    purpose: "For: {task}; only what it needs is shown", routine: "a routine visit", noTask: "No to-do is about this person: only what the phone holds is shown", onThePhone: "No network: only what the phone holds is shown; this look is recorded later",
    reveal: "Show…", shown: "shown", people: "Who lives here", confirmTitle: "{n} to confirm", confirm: "Confirm", correct: "Correct", fill: "Fill in",
    unconfirmed: "sources differ", notFresh: "not confirmed for long", notHeld: "nothing on record", living: "lives here", change: "Something changed", changeAbout: "born, died, moved in or out, let",
    matters: "To-dos: {n}", history: "Asked and done before", historyNone: "Nothing yet", historyOffline: "Needs a network", facts: "In full", source: "{source} {day}",
    confirmed: "Confirmed: {what}", corrected: "Corrected: {what}", noPeople: "Nobody is on record behind this door. If somebody lives here, tell the community.",
  },
  presence: { here: "registered and living here", moved_out: "registered here only", moved_in: "living here only", elsewhere: "unclear" },
  change: {
    title: "What has changed?", moved: "Moved away", movedAbout: "no longer lives here", died: "Died", diedAbout: "the date of death", out: "Registration moved", outAbout: "no longer registered here",
    came: "Moved in", cameAbout: "of this grid, or from outside", let: "Let to somebody", letAbout: "the tenant", born: "Born", bornAbout: "a new-born child", who: "Who?", when: "On which day?", find: "The whole name", record: "Save",
    saved: "{name}: {what}", nobody: "Nobody of this name in this grid", fromOutside: "From outside: register them", onlyAsked: "Only this is asked; take it from their papers. Whoever is on record already is recognised, nobody is made twice.", otherPapers: "Other papers", told: "The number says: {sex}, born {day}", again: "Choose again", optional: "{what} (optional)",
    badNumber: "This number isn't right: a digit is wrong or missing", otherBirthday: "The number says they were born on {day}", future: "Not later than today", waiting: "Changes not in the register yet", waitingAbout: "Once the server has them, this page is renewed by itself.", short: "Missing: {what}", doneTitle: "Changes registered",
    became: { new: "Registered as somebody new", known: "Was on record: now behind this door", conflict: "Taken in; some of it differs from the record: both are kept, for the grid lead", contradicts: "The number is another name's on record: nothing was changed, the grid lead looks at it" },
  },
};
