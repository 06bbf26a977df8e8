export default {
  sign: {
    title: "Sign in", lead: "Reporting, following and the public register need no account.", new: "No account yet? Make one", old: "You have an account? Sign in", register: "Make an account", registerTitle: "Make an account", passwordHint: "At least 10 characters, not your birthday.",
    nameHint: "Letters or digits, not your identity number.", out: "Sign out", outAbout: "On a phone that others use, sign out when you are done.", show: "Show the password",
  },
  bind: {
    title: "Bind this account to me", lead: "Your data is shown only once the account is bound to you. That takes a one-time code, never an identity number: others may know it.", worker: "From the grid worker",
    workerHint: "Given to you in person at your door, 10 characters: ABCDE-23456", phone: "By text message", phoneHint: "The number must be the one that departments hold. A number that several people share can't be used.", number: "Mobile number", sendCode: "Send a code",
    sent: "If this number is on record as yours alone, a code is on its way. It is good for {minutes} minute⟨/s⟩.", code: "Code", bind: "Bind", realName: "Bind by real-name sign-in", already: "This account is bound to you already.", how: "Choose a way",
  },
};
