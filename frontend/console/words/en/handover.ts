export default {
  handover: {
    about: "Before you leave, write down what must be watched; once the next shift has taken it over it is theirs.", waiting: "Waiting to be taken over: {n}", take: "Take over, read", taken: "Taken over from {who}", left: "handed over",
    takenBy: "{who} took over {at}", waitsForNext: "waits for the next shift", stood: "Then: {figures}", thisShift: "This shift to the next", ends: "this shift until {at}, the next until {next}",
    worth: "Cases to point out", worthAbout: "{n} in all; what is ticked is handed over", nothingWorth: "Nothing is overdue, nearly due, waiting for an answer or wanted again.", name: "Name", nameOne: "Name {number}",
    quote: "“{text}”", note: "A word about it (optional)", noteTo: "A word about {number}", addedByYou: "Added by you.", beyond: "{n} more, less urgent, aren't listed.",
    why: { overdue: "overdue", asked: "asked for", reopened: "wanted again", due: "nearly due" },
    said: "What the next shift must know", saidExample: "E.g. watch the flooded spots tonight; the headset of seat 3 is broken and reported.", add: "Point out another", addExample: "number, address or words", found: "Cases found", noneFound: "Nothing found.",
    send: "Hand over ({n} pointed out)", sendAbout: "It can't be changed afterwards; to add something, hand over once more.", toNext: "Hand over", handedOver: "Handed over, {n} case⟨/s⟩ pointed out; waits to be taken over", desk: "Desk",
    earlier: "Earlier hand-overs", from: "From", to: "to", empty: "Nothing taken over yet", emptyAbout: "One shift writes above and hands over; once the next has taken it over it stays here, day by day, to be printed and exported.", emptyDays: "Nothing was taken over on these days.",
  },
};
