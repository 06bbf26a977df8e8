/** 高龄津贴（代办）: what, and in brackets how. */
export interface Title {
  what: string;
  mode: string;
}

export function split(title: string): Title {
  const found = /^(.*?)\s*[（(]([^（()）]*)[）)]$/u.exec(title);
  return { what: found?.[1] || title, mode: found?.[1] ? (found[2] ?? "") : "" };
}
