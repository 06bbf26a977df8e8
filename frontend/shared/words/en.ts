/** See `zh-Hans.ts`. */
export default {
  common: {
    comma: ", ", back: "Back", cancel: "Cancel", close: "Close", more: "More", retry: "Try again", search: "Search", loading: "Loading…",
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
  calendar: {
    date: "{weekday} {day} {month}",
    d0: "Sun", d1: "Mon", d2: "Tue", d3: "Wed", d4: "Thu", d5: "Fri", d6: "Sat",
    m1: "January", m2: "February", m3: "March", m4: "April", m5: "May", m6: "June", m7: "July", m8: "August", m9: "September",
    m10: "October", m11: "November", m12: "December",
  },
  person: { masked: "masked", opening: "This look is recorded, and they can see it", open: "Open", },
  map: {
    label: "Map", zoomIn: "Zoom in", zoomOut: "Zoom out", seen: "What the map shows", cluster: "{count}, zoom in to see them",
    clusterHere: "{count} at one place", late: "{count} of them overdue", nothing: "There is nothing to show here",
    noDrawing: "This device can't draw the large map. Here are a sketch and a list.", pickHere: "Choose this spot",
    pickHelp: "Move the map until the cross is on the spot; with the keyboard, use the arrow keys and press Enter.",
    metres: "{n} m", kilometres: "{n} km", grids: "Grids {names}",
  },
  theme: { light: "Light", dark: "Dark", system: "As the system" },
};
