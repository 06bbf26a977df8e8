/** Reply templates (常用语): what is said again and again, by the act that asks for it. Picked, then still to be changed. */
export const PHRASES: Record<string, readonly string[]> = {
  reject: ["twice", "notOurs", "unclear"],
  feed_back: ["mended", "cleaned", "agreed"],
  handle: ["onTheWay", "material"],
  send_back: ["photo", "half"],
  rework: ["photo", "half"],
  give_back: ["notOurs", "whoseGround"],
  extend: ["material", "weather"],
  shelve: ["works", "season"],
  refuse: ["able", "noProof"],
  supervise: ["soon"],
  void: ["test", "withdrawn"],
};

/** A text with a phrase put behind it; one that stands there already is taken out again. */
export function withPhrase(text: string | undefined, phrase: string): string {
  const held = text?.trim() ?? "";
  if (held.includes(phrase)) return held.replace(phrase, "").trim();
  return held ? `${held}${/[。；，.;,]$/.test(held) ? "" : "；"}${phrase}` : phrase;
}
