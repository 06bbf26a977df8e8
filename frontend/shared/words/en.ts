/** See `zh-Hans.ts`. */
export default {
  common: {
    back: "Back", cancel: "Cancel", close: "Close", more: "More", retry: "Try again", search: "Search", loading: "Loading…",
    all: "All", excel: "Export to Excel", print: "Print", save: "Save", send: "Send", copy: "Copy", copied: "Copied",
    none: "None", yes: "Yes", no: "No", signIn: "Sign in", signOut: "Sign out", username: "User name", password: "Password",
    language: "中文", light: "Light", dark: "Dark", large: "Large type", total: "{count} in all",
    unreachable: "The server can't be reached", unreachableAdvice: "Nothing is lost. Try again once the network is back.",
    notFound: "There is no such page", notYours: "This page isn't part of your post",
  },
  time: {
    left: "{amount} left", over: "{amount} overdue", now: "just now", minutes: "{n} min", hours: "{n} h", days: "{n} d",
    workHours: "{n} working h", workDays: "{n} working d", today: "today", yesterday: "yesterday", tomorrow: "tomorrow",
    paused: "clock stopped",
  },
  person: { masked: "masked", opening: "This look is recorded, and they can see it", open: "Open", task: "For: {task}" },
  theme: { light: "Light", dark: "Dark", system: "As the system" },
};
