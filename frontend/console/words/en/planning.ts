export default {
  plan: {
    scenarios: "Planning scenarios", make: "New scenario", makeDo: "Plan it", making: "Planning; you may leave this page…", name: "Name", area: "Area", low: "Fewest households", high: "Most households", inRange: "In range", households: "Households", span: "Households (fewest–most)", madeAt: "Made at", empty: "No scenarios yet",
    emptyAbout: "A planner chooses an area and a band of households; grids are drawn of whole buildings, each one out of range with its reason, and a second person approves.", state: { draft: "To approve", approved: "Approved", in_force: "In force", withdrawn: "Withdrawn" }, made: "made {at} · {households} household⟨/s⟩, {grids} grid⟨/s⟩ · {seconds} s", approve: "Approve this scenario", approved: "Approved", withdraw: "Withdraw it", withdrawn: "Withdrawn",
    putInForce: "In force from {from}", nowInForce: "It will be in force", balance: "Balance (households)", perGrid: "Households of a grid", perGridSaid: "{n} grid⟨/s⟩ by ⟨its/their⟩ households; asked for {low} to {high}", lowAt: "from {n}", highAt: "to {n}", has: "{n} household⟨/s⟩", out: "Out of range: {n}", allIn: "Every grid has {low}–{high} households", verdict: { proven: "proven", unavoidable: "proven", undecided: "undecided" },
    byTwo: "Nobody approves a scenario of their own", approvedAt: "approved {at}", holdsFrom: "holds from {at}", mapOf: "The grids of the scenario", gridSaid: "{name}, {n} household⟨/s⟩", legend: "{low}–{high} households, {n} grid⟨/s⟩", overs: "{n} above the band", unders: "{n} below the band",
  },
};
