export default {
  track: {
    title: "Follow a report", code: "Tracking code", codeHint: "10 characters, given to you when you reported: 7K3QM-0ZX9T", look: "Look", here: "Reported from this phone",
    forget: "Forget it", account: "Reported with this account", none: "Nothing was reported from this phone yet",
    noneAbout: "What you report is listed here and needs no code. On another phone, use the code.", number: "No. {number}", reported: "reported {when}", yours: "Your report", story: "What happened",
    done: "Closed", share: "Send it on", copyLink: "Copy the link", again: "Follow another", steps: "{by}", due: "to be done by {when}", late: "Past its time limit; it is being urged",
    now: {
      to_accept: "The desk is to look at it", to_verify: "The grid worker is going to see", to_file: "Confirmed; the duty chief is to file it", to_dispatch: "Filed; it is being sent to the department in charge",
      to_sign: "Sent to {department}, to be signed for", handling: "{department} is handling it", to_forward: "{department} says it is done; a check is being arranged",
      to_check: "Another grid worker is checking on site", to_close: "Checked; the duty chief is to close it", shelved: "It can't be done for now; it goes on when it can", closed: "Closed",
      rejected: "Not taken", voided: "Voided", merged: "Goes on as part of the same case",
    },
    someone: "the department in charge", photos: "Photos", before: "Yours, {when}", after: "After handling, {when}",
    verbs: {
      report: "You reported it", accept: "Accepted", reject: "Not taken", file: "Found as reported, filed", dispatch: "Sent out", feed_back: "The department says it is done", rework: "The check failed; sent back",
      allow_shelve: "Shelved for now", resume: "Taken up again", close: "Checked and closed", reopen: "You asked for it to be done again", merge: "Joined with the same case", void: "Voided",
    },
  },
  rate: {
    ask: "Is it mended? We wait for your word", askOf: "{what}: is it mended?", left: "{days} day⟨/s⟩ left", lastDay: "until today", closedOn: "checked and closed {day}", yes: "Mended", no: "Not mended",
    how: "How was it handled?", stars: { s1: "Very badly", s2: "Badly", s3: "So-so", s4: "Well", s5: "Very well" }, wrong: "What is still wrong?", wrongHint: "A sentence: the grid worker goes to look by it",
    again: "Do it again, please", onlyRate: "Only rate it", needReason: "Say what is still wrong, so that it can be done again.", until: "It can be done again until {day}", thanks: "Thank you. Your word is recorded.",
    thanksAgain: "It is done again: the grid worker goes to look once more.", given: "You said: {solved}, {stars}", solved: "mended", unsolved: "not mended", reopen: "Still wrong? Ask for it to be done again",
  },
};
