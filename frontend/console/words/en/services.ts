export default {
  services: {
    about: "Every figure opens its list", programme: "Programme", mode: "How", rule: "Conditions", notReceiving: "Entitled, not receiving", notInForce: "not in force", and: "; ", empty: "No programmes yet",
    emptyAbout: "Programmes come in one Excel file: name, basis, conditions, how it is given. Whoever is entitled and doesn't receive it is then found, with the reason.",
    state: {
      undetermined: "Can't be told", proposed: "To arrange", to_confirm: "To confirm", pushed: "With the worker", confirmed: "Confirmed", settled: "Done", declined: "Declined", not_needed: "Not needed", mismatch: "Not as recorded", refused: "Not confirmed", lapsed: "Lapsed",
    },
    byProgramme: "By programme", load: "A new programme or version", loadAbout: "One Excel file, a row a programme; each faulty row is told, and one fault stops the file.", chooseFile: "Choose an Excel file", did: "Row {row}, {code}: {did}, from {from}", dids: { added: "added", new_version: "new version", corrected: "corrected", unchanged: "unchanged" },
    since: "from {from}", whoMay: "Who is entitled (all of these)", asks: "Asked when it is given: {what}", reads: "Reads only this", days: "Done within {due} day⟨/s⟩; may be declined for {decline} day⟨/s⟩; a visit takes {minutes} minute⟨/s⟩", list: "List", excelOpened: "With names", excelAbout: "With names and reasons; the export is recorded",
    person: "Name", place: "Grid", stateCol: "State", missing: "Still to ask", due: "Due", changed: "Changed", reason: "Reason", noPlace: "home unknown", noLonger: "rule no longer says so", declineUntil: "may decline until {day}", openReason: "See why", noneHere: "This list is empty",
    noneHereAbout: "Whoever the rule finds stands here with a reason; done, declined or changed, they move to that list.", refuse: "Don't confirm", refuseDo: "Don't confirm; the person reads why", reopen: "Offer again", reopenDo: "Offer it again", uphold: "Settle it all the same", whyAbout: "Why (the person reads it)",
    toConfirm: "To confirm (granted without application)", toConfirmAbout: "Opening the list shows names and reasons, and is one recorded look", openList: "Open the list", nothingToConfirm: "Nothing waits for you.", confirm: "Grant it to {n}, and tell them", confirmAbout: "All of the batch or none; each may decline in time.", confirmed: "{n} confirmed",
  },
  faults: { where: "Where", what: "What", expected: "Expected", advice: "What to do" },
};
