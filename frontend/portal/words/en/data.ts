export default {
  data: {
    title: "My data", lead: "What departments hold about you: {count} item⟨/s⟩, each with where it comes from and since when. If one is wrong, press Correct.", recorded: "Opening this page adds a line “your own look”.", from: "{source}, {day}",
    standing: { authority: "settled by a department", door: "confirmed at the door", said: "recorded", unconfirmed: "to be confirmed" }, stale: "may be old", nothing: "empty", show: "Show", hide: "Hide", correct: "Correct",
    groups: { identity: "Identity", contact: "Contact", dwelling: "Dwelling", family: "Family", benefit: "Benefits", health: "Health", education: "Education", housing: "Housing", other: "Other" },
    shouldBe: "It should be", noValue: "There is none", note: "A word about it (optional)", noteHint: "My card says otherwise", send: "Send the correction",
    sendAbout: "What no department has settled is changed at once. Where a department holds something else, the grid worker comes to see; it costs none of your visits.", sent: "The correction is sent", state: "Correction: {state}",
    corrections: "My corrections", asked: "asked {day}", settled: "settled {day}", export: "Download a copy (Excel)", looks: "Who looked at my data", none: "Nothing is held about you yet",
    noneAbout: "Once departments have delivered data and it was found to be yours, it is listed here.", add: "Give: {name}",
  },
  looks: {
    title: "Who looked at my data", month: "{month}: {times} look⟨/s⟩, {items} item⟨/s⟩ seen", lead: "Every look is recorded by itself. It can't be changed or removed.", how: "Items seen", saw: "Seen: {names}", answerOnly: "Only yes or no was answered; nothing was seen",
    doubt: "Ask why", none: "Nobody has looked at your data yet", noneAbout: "Each time staff look at your data, a line stands here: which post, why, and what was seen.", own: "Show my own looks too ({n})", older: "{n} earlier",
    more: "and more, {n} in all", again: "Ask again", askCall: "Complain at 12345, with day, time and post", askCorrect: "See whether my data is right", askRule: "See what this department may hold, and on what basis",
    form: {
      about: "What do you want to know? (optional)", hint: "For which matter was my telephone number seen?", send: "Ask about it", toDepartment: "This department answers in time; not whoever looked.", toOffice: "The data office answers in time; not whoever looked.",
    },
    asked: {
      open: "You asked: {left}", late: "You asked: {left}, not answered yet", until: "{to} answers by {day}", lateAbout: "{to} didn't answer in time. Ring 12345 and name {number}.",
      answered: "Answered: {finding}", number: "No. {number}", said: "you asked: {about}",
    },
  },
  permits: {
    title: "Permissions and accounts", consents: "What I agreed to", consentsNone: "Nothing.", offers: "What needs your consent", offersAbout: "Without it everything else is done as before. You may withdraw it at any time.", see: "Look, then decide", offerWhat: "It uses this data:", sensitive: "sensitive", howLong: "For how long", months: "{n} month⟨/s⟩", year: "1 year",
    give: "I agree, until {day}", receipt: "Receipt {number}", givenOn: "given {day}", keep: "Copy the receipt", receiptText: "Receipt {number}: on {day} I agreed that {department} uses {elements} for “{purpose}” until {until}. To withdraw: Permissions and accounts.", chooseOne: "Choose at least one.", until: "until {day}", withdraw: "Withdraw", withdrawAbout: "From now on the department neither sees nor uses it.",
    withdrawn: "withdrawn {day}", mandates: "Family acting for me", mandatesAbout: "Let a relative see, decline or ask for services for you. They see what is to be done, not your data.", offer: "Let a relative act for me", label: "Who they are (my daughter)", untilDay: "Until",
    offerSend: "Make a code", offered: "Give this code to your {label}. It is shown only now", accept: "I have a code from a relative", acceptCode: "Code", acceptSend: "Act for them", accepted: "You can act for them now, under My services.", given: "I asked", held: "I act for", waits: "not accepted yet",
    live: "in force", ended: "ended", end: "End it", accounts: "Accounts bound to me", thisOne: "this account", bound: "bound {day}: {way}", unbind: "Unbind", unbindAbout: "This account will see nothing of yours. To use it again, ask the grid worker for a code.",
  },
};
