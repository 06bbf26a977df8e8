/** A question as whoever must answer reads it. */
import type { components } from "@shared/api/schema";

export type Question = components["schemas"]["QuestionRecord"];
export type Finding = components["schemas"]["Answering"]["finding"];
export const FINDINGS: readonly Finding[] = ["needed", "mistake", "improper"];
