export default {
  report: {
    title: "Report", photo: "Take a photo", again: "Another photo", taken: "taken {at}", remove: "Remove this one", photoBad: "This can't be read: please take another", photos: "Photos",
    where: "Where", locating: "Finding where you are…", accuracy: "within {n} m", near: "near {address}", outside: "Not in your grid; it goes to theirs", move: "Move",
    noPlace: "No position found: choose an address", pick: "The nearest address", what: "What", change: "Change", back: "Back to the groups",
    needsPhoto: "Filing needs 1 photo; there are {n}", noPhoto: "Filing needs no photo", say: "In words", sayHint: "What do you see? (the keyboard takes dictation)", save: "Save and send", missing: "Missing: {what}",
    missPlace: "the place", missClass: "the class", missPhoto: "a photo", saved: "Kept on this phone; it goes out with the network", savedAt: "saved {at}, number {n} in the queue", sentAs: "Taken in as {number}", another: "Another one", toToday: "Back to today",
    noClasses: "The classes aren't here yet: one sync brings them", rule: "Filed where: {text}", noHomes: "No insides of homes, no faces",
  },
  services: {
    title: "Services", about: "What can be done in the grid: who may have it, on what basis, and how.", rule: "Who", basis: "Basis", by: "Department", minutes: "about {n} min each",
    emptyTitle: "No services yet", emptyAbout: "They appear once departments publish them; one sync keeps them here.", list: "Show the doors ({n})",
  },
};
