/** Two writings of one thing, character by character: what agrees can be masked, what differs is shown to decide by. */
export interface Piece {
  text: string;
  same: boolean;
}

/** The longest common sequence of characters, so that a missing character moves nothing behind it. At most a line each. */
export function differ(left: string, right: string): [Piece[], Piece[]] {
  const [a, b] = [[...left], [...right]];
  const common: number[][] = Array.from({ length: a.length + 1 }, () => Array.from({ length: b.length + 1 }, () => 0));
  const at = (i: number, j: number): number => common[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      (common[i] as number[])[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const sides: [Piece[], Piece[]] = [[], []];
  const put = (side: 0 | 1, text: string, same: boolean): void => {
    const last = sides[side].at(-1);
    if (last?.same === same) last.text += text;
    else sides[side].push({ text, same });
  };
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      put(0, a[i++] as string, true);
      put(1, b[j++] as string, true);
    } else if (j >= b.length || (i < a.length && at(i + 1, j) >= at(i, j + 1))) put(0, a[i++] as string, false);
    else put(1, b[j++] as string, false);
  }
  return sides;
}

/** What is shown of a piece before somebody asks for all of it. Signs that say nothing of a person stay. */
export function masked(piece: Piece): string {
  return piece.same ? piece.text.replace(/[^\s\-/.,，。、()（）号栋单元室]/gu, "*") : piece.text;
}
