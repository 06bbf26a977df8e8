export default {
  me: {
    title: "Me", duty: "My grids", dutyNone: "none now", main: "in charge", substitute: "standing in", until: "until {day}", minutes: "My time", minutesAbout: "By department, counted for you; only you see it. No points, no rank.",
    line: "{visits} visit⟨/s⟩, {todos} to-do⟨/s⟩", minutesNone: "Nothing yet this month", needsNet: "Needs a network", outbox: "Unsent, and not taken in", allSent: "Everything has gone out",
    look: "Display", large: "Large type", largeAbout: "Large letters, one thing a row", theme: "Light or dark", phones: "Enrolled devices", phonesNone: "No other device was enrolled", revoke: "Take out of use", revoked: "out of use since {day}", enrolled: "enrolled {day}",
    phone: "This phone", keeps: "The grid is kept until {at}, then erased by itself", nothingKept: "holds no grid", signOut: "Sign out", signOutUnsent: "{n} thing⟨/s⟩ ⟨is/are⟩ unsent: ⟨it stays/they stay⟩ on this phone, encrypted, and ⟨goes/go⟩ out when you sign in again.",
    signOutClean: "Signing out erases the grid from this phone.", confirmOut: "Sign out and erase", signInAgain: "Sign in again", sync: "Sync now",
  },
  outbox: {
    title: "Unsent, and not taken in", waiting: "Unsent", waitingAbout: "They go out in this order, none is lost; until then each can be taken back.", refused: "Not taken in", refusedAbout: "All of it is kept. See why, deal with it, then press “Noted”.",
    ok: "Noted", seen: "seen {at}", tries: "sent {n} time⟨/s⟩, no answer yet", emptyTitle: "Everything has gone out", emptyAbout: "Without a network, what you save queues up here and goes out in order.",
    doneAbout: "The last {n} taken in",
  },
  envelope: {
    observation: "Correction", settle: "Outcome", report: "Report", look: "Look", residence: "Moved in", newcomer: "Somebody new", departure: "Moved out", confirmation: "Confirmation",
  },
};
