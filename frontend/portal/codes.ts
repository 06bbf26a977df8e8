/** Codes that people type, read out and copy: how they are shown, and what is made of what somebody typed. */

const MISTAKEN: Record<string, string> = { O: "0", I: "1", L: "1" };

/** Letters and digits of what was typed, in capitals; full-width ones too. Blanks and dashes fall away. */
export function plain(typed: string): string {
  return typed.normalize("NFKC").toUpperCase().replace(/[^0-9A-Z]/g, "");
}

/** A tracking code while it is typed: `7k3qm0zx9t` → `7K3QM-0ZX9T`; letters that are mistaken for digits become digits. */
export function trackingCode(typed: string): string {
  const code = plain(typed).replace(/[OIL]/g, (one) => MISTAKEN[one] ?? one).slice(0, 10);
  return halves(code);
}

/** Whether a tracking code is whole. */
export function isWhole(code: string): boolean {
  return plain(code).length === 10;
}

/** A one-time code: ten characters from the worker in two halves, or eight digits from a message as they are. */
export function oneTimeCode(typed: string): string {
  const code = plain(typed).slice(0, 10);
  return /^\d{1,8}$/.test(code) ? code : halves(code);
}

/** A code as a screen reader should say it: character by character. */
export function spoken(code: string): string {
  return plain(code).split("").join(" ");
}

function halves(code: string): string {
  return code.length > 5 ? `${code.slice(0, 5)}-${code.slice(5)}` : code;
}
