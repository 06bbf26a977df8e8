/** The portal's own words, over those that all apps share. */
import en from "./words/en/index";
import zh from "./words/zh-Hans/index";

export const portalWords = { "zh-Hans": zh, en };
