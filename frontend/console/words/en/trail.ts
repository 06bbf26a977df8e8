/** The trail of an object. */
export default {
  trail: {
    link: "Trail", one: "Trail", title: "Trail", when: "When", who: "Who (post)", what: "What", why: "Why", via: "From where", details: "Details", place: "Seal", from: "From", to: "To", kind: "What kind", ask: "Show",
    kinds: { case: "Case", todo: "To-do", feed: "Feed", delivery: "Delivery", agreement: "Agreement", pair: "Pair", programme: "Programme", user: "User", person: "Resident" },
    idOf: {
      case: "Number or id of the case", todo: "Id of the to-do", feed: "Code or name of the feed", delivery: "Id of the receipt", agreement: "Id of the agreement", pair: "Id of the pair", programme: "Code of the programme", user: "User name",
      person: "Id of the resident (no identity number)",
    },
    rooms: {
      access: "Accounts and grants", areas: "Divisions and buildings", audit: "Looks and exports", cases: "Cases", city: "City", field: "Phones", hub: "The hub", planning: "Planning", registry: "The register", residents: "Residents", services: "Programmes",
      todos: "To-dos", workforce: "Workforce",
    },
    noValues: "What was done, never what is known of anybody; posts, not names.", allOf: "{room} (all)", late: "sent {at}", mine: "you", for: "trail of the {kind}", unsealed: "not sealed yet", holds: "as it was sealed", differs: "not as it was sealed",
    nothing: "Nothing was recorded in this time.", emptyTitle: "Who had a thing in hand, from its beginning", emptyAbout: "Choose a kind of thing and enter what stands on its page; or come by “Trail” from a case, a to-do, a feed, an agreement, a programme or a user. Each line is tied to the one before: a change shows.",
    chain: "State of the seal", unbroken: "All {n} line⟨/s⟩ here ⟨is/are⟩ unbroken", brokenHere: "A line isn't what was sealed", sealedUpTo: "The whole trail is sealed up to entry {place} ({at})", nothingSealed: "Nothing is sealed yet", waiting: "; {n} wait to be sealed",
    prove: "Prove all of it", proved: "{n} entr⟨y/ies⟩ proved from the start, unbroken.", brokenAt: "Broken at entry {place}: report it at once.",
  },
};
