/** The phone's own words, over those that all apps share. */
import en from "./words/en";
import zh from "./words/zh-Hans";

export const phoneWords = { "zh-Hans": zh, en };
