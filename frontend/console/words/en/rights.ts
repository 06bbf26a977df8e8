export default {
  rights: {
    colon: ": ",
    about: "A resident asks about one look: it is answered in words and in time, and not by whoever looked.", open: "To answer", late: "Overdue", answered: "Answered", number: "Number", look: "The look", who: "Who looked", saw: "Seen", asked: "In their words", noWords: "nothing written", due: "Due", to: "Answered by",
    answer: "Answer", answerTo: "Answer {number}", finding: "Finding", findings: { needed: "The look was needed for the work", mistake: "Somebody else was meant; they were told", improper: "It should not have happened; it is being dealt with" }, words: "The answer (the person reads it)", wordsHint: "For which matter, on what basis, what it was used for. No names.",
    answerDo: "Answer; they read it at once", done: "{number} is answered", own: "The look was your own: a colleague or the data office answers", none: "Nothing to answer", noneAbout: "When a resident asks about a look under “Who looked at my data”, it comes here, with the look and its deadline.", by: "{who}, {when}",
    consents: "What people allowed this department", consentsAbout: "The list tells purposes and data only; opening one shows it, and is a look that the person reads. Withdrawn, it is gone from here.", purpose: "For", elements: "Data", given: "Given", until: "Until", see: "Open", noConsents: "Nobody has allowed this department anything just now.",
  },
};
