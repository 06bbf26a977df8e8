/** The portal's own words, over those that all apps share. */
import en from "./words/en";
import zh from "./words/zh-Hans";

export const portalWords = { "zh-Hans": zh, en };
