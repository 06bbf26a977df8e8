/** Marks that would cover each other, moved apart as little as it takes. */
import type { Spot } from "./types";

const ROUNDS = 60;
/** A turn by which marks on one spot leave it in different directions, none of them straight. */
const TURN = 2.4;

/** Pixels of marks of which no two are nearer than `least`, as far as the box (less `margin` at each side) has room for them. */
export function apart(marks: readonly Spot[], least: number, size: { width: number; height: number }, margin: number): Spot[] {
  const found = marks.map(([x, y]): [number, number] => [x, y]);
  const into = (value: number, most: number): number => Math.min(Math.max(value, margin), Math.max(most - margin, margin));
  for (let round = 0; round < ROUNDS; round++) {
    let moved = false;
    for (let a = 0; a < found.length; a++) {
      for (let b = a + 1; b < found.length; b++) {
        const [one, other] = [found[a]!, found[b]!];
        let [dx, dy] = [other[0] - one[0], other[1] - one[1]];
        const away = Math.hypot(dx, dy);
        if (away >= least - 0.01) continue;
        if (away < 0.5) [dx, dy] = [Math.cos(b * TURN), Math.sin(b * TURN)];
        const push = (least - away) / 2 / Math.hypot(dx, dy);
        found[a] = [into(one[0] - dx * push, size.width), into(one[1] - dy * push, size.height)];
        found[b] = [into(other[0] + dx * push, size.width), into(other[1] + dy * push, size.height)];
        moved = true;
      }
    }
    if (!moved) break;
  }
  return found;
}
