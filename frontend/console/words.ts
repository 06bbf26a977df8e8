/** The console's own words, over those that all apps share. */
import en from "./words/en";
import zh from "./words/zh-Hans";

export const consoleWords = { "zh-Hans": zh, en };
