/** Somebody new behind a door: what is asked, and what can't be, found out before it is sent. The server has the last word. */
export type How = "born" | "moved_in" | "let";

/** A citizen's number says sex and birthday: it is asked before them, and they needn't be. */
const PERSON = ["name", "id_kind", "id_number", "sex", "birth_date", "phone"];
/** In the order in which they are asked; nothing else may be. */
export const ASKED: Record<How, string[]> = { born: ["name", "sex", "birth_date", "id_number"], moved_in: PERSON, let: PERSON };
export const NEEDED = new Set(["name", "birth_date"]);

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** Whether a citizen's number of 18 signs proves itself (GB 11643). */
export function proves(number: string): boolean {
  if (!/^\d{17}[\dX]$/.test(number)) return false;
  const sum = WEIGHTS.reduce((all, weight, n) => all + weight * Number(number[n]), 0);
  return "10X98765432"[sum % 11] === number[17];
}

/** The birthday that such a number carries. */
export function birthday(number: string): string {
  return proves(number) ? `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}` : "";
}

/** 1 male, 2 female. */
export function sexOf(number: string): string {
  return proves(number) ? (Number(number[16]) % 2 ? "1" : "2") : "";
}

export type Fault = "" | "short" | "badNumber" | "otherBirthday" | "future";

/** What stands in the way, the first thing first. */
export function fault(how: How, values: Readonly<Record<string, string>>, today: string): Fault {
  const number = values.id_number ?? "";
  const citizen = how === "born" || (values.id_kind || "resident_id") === "resident_id";
  if (number && citizen && number.length !== 15 && !proves(number)) return "badNumber";
  if ([...NEEDED].some((code) => !values[code])) return "short";
  if ((values.birth_date ?? "") > today) return "future";
  return number && citizen && birthday(number) && birthday(number) !== values.birth_date ? "otherBirthday" : "";
}
