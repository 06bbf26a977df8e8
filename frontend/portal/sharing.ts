/** Copying and sharing, as far as an old phone can. */

/** Put a text where it can be pasted from; true if it went. */
export async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyByHand(text);
  }
}

/** The way of browsers that keep the clipboard closed, or of a page that isn't served over https. */
function copyByHand(text: string): boolean {
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "visually-hidden";
  document.body.append(field);
  field.select();
  try {
    return document.execCommand("copy");
  } finally {
    field.remove();
  }
}

export const canShare = typeof navigator.share === "function";

/** Hand a text to another app; false where the person thought better of it. */
export async function share(text: string): Promise<boolean> {
  try {
    await navigator.share({ text });
    return true;
  } catch {
    return false;
  }
}
