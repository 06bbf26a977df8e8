export default {
  register: {
    title: "How data is used", lead: "What is held, on what basis, and who uses it: all of it, from the same data that the system runs on.", search: "Look for a word: telephone", none: "Nothing about “{text}”", printed: "Print",
    sections: { programmes: "Service rules", elements: "Data items", agreements: "Sharing agreements", admissions: "What grids may be asked", refusals: "What is refused", formulas: "Formulas" },
    rule: "Conditions", asks: "Asked at the door", uses: "Uses", basis: "Basis", mode: "How", since: "since {day}", until: "until {day}", noEnd: "no end", notNow: "not in force", minutes: "about {n} minute⟨/s⟩", decline: "may be declined for {n} day⟨/s⟩ once confirmed",
    purpose: "Purpose", retention: "kept {n} day⟨/s⟩ after the purpose ended", authority: "{department} settles it", noAuthority: "no department settles it; your own word stands", fresh: "good for {n} day⟨/s⟩, not asked again", freshEver: "good for ever, not asked again", sensitive: "sensitive", unseen: "not shown to the person",
    programmes: "Used for", in: "from {department}", out: "to {department}", document: "Agreement", elements: "Contents", kind: "Kind", funds: "Funds", invited: "comes when invited", over: "{of} ÷ {over}", refusalsLead: "There is no place in the system for any of these; what is sent in is refused:", page: "As of {day}",
    kinds: { service: "service", visit: "visit", confirm: "confirmation", verify: "verifying a case", check: "checking a case", office: "at a counter" }, notice: "Privacy notice: what each department may hold",
  },
  notice: {
    title: "What each department may hold", lead: "By department: what it may bring, take, or settle, and on what basis. What isn't listed may not be held.", settles: "Settled by it", brings: "Brought by it", takes: "Taken by it", choose: "Department", all: "All departments",
    rights: "You can", rightsList: { see: "see your data and who looked, at any time", correct: "ask for a correction and hear how it ended", refuse: "decline any service without any other consequence", withdraw: "withdraw what you agreed to", copy: "download a copy of your data" },
    never: "Never done", register: "See the whole register",
  },
  lost: { title: "There is no such page", about: "The address may be wrong, or the page has moved.", home: "To the start" },
};
