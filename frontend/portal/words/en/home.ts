export default {
  app: {
    name: "Grid services", skip: "Skip to the content", normal: "Normal type", theme: "Look", privacy: "Privacy notice",
    opening: "Opening…", offline: "There is no network now. What you write stays on this phone.",
    newVersion: "There is a newer version of this page. Load it again and retry.", reload: "Load again",
  },
  home: {
    title: "{city} · Grid services", report: "Report a problem", track: "Follow a report", call: "Ring your grid worker {name}",
    callHotline: "Ring the 12345 hotline", draft: "A report you began", draftGo: "Go on", draftDrop: "Throw away",
    waiting: "Not sent yet: {count}", waitingSince: "Written {when}. It goes out when the network is back, or now.",
    waitingBusy: "Many report just now. It is sent by itself after {when}; nothing need be written again.",
    sendNow: "Send now", sending: "Sending…", sent: "Sent: {number}", more: "More", mine: "My reports", mineCount: "{count}",
    data: "My data", looks: "Who looked at my data", looksMonth: "{count} in {month}", permits: "Permissions and accounts",
    services: "My services", register: "How data is used", signIn: "Sign in",
    signInAbout: "Signed in and bound to yourself, you see services that you may be due, your grid worker, and who looked at your data. Reporting and following need no account.",
    bind: "Bind this account to me", bindAbout: "You are signed in; the account isn't bound to you yet. Ask your grid worker for a one-time code.",
    hello: "Signed in: {name}", visits: "Visits to my door", visitsCount: "{count}",
  },
  worker: {
    yours: "Your grid worker: {name}", today: "Today {hours}", off: "Off today", nobody: "Nobody is on duty where you live just now",
    nobodyAbout: "Ring 12345, or go to the community office.", call: "Ring", ask: "Ask for a visit", title: "Ask your grid worker to come",
    how: "What would you like?", visit: "Come to my door", ring: "Ring me", about: "What is it about?",
    aboutHint: "A sentence will do: how do I get the old-age allowance? At most 100 characters.", send: "Ask; you hear within 5 days",
    done: "Your grid worker {name} has it", doneAbout: "You usually hear within 5 days. Until it is settled, asking again adds nothing.",
    cannot: "Visits can't be asked for on this page now. Please ring.", hours: "Working hours", mon: "Mon", tue: "Tue", wed: "Wed", thu: "Thu",
    fri: "Fri", sat: "Sat", sun: "Sun", days: "{from}–{to}", rest: "closed",
  },
  visitor: {
    title: "Who is at my door?", lead: "Somebody says they are a grid worker? Ask for their code: scan it, or enter it here.", code: "Their code", hint: "Another one each day, such as 42-K7M-3QX", look: "Check", yes: "A grid worker on duty today: {name}",
    hours: "Without an appointment they may knock from {opens} to {closes}.", check: "Open if the surname and the grid fit; if not, ring your grid worker.", no: "This doesn't fit", noAbout: "Nobody on duty today has this code. Don't open; ring your grid worker, the community or 12345.", mine: "See what is planned for my home",
  },
  visits: {
    title: "Visits to my door",
    lead: "Somebody says they are the grid worker? Look here first. If the matter isn't listed, you need not open; ring your grid worker.",
    open: "To come", past: "Done", until: "by {day}", by: "Asked for by {department}", asked: "You asked for it", none: "Nobody is to come",
    noneAbout: "When a department asks the grid worker to come to your door, it stands here first: what, why, and by when.", ended: "{outcome}, {day}",
  },
};
