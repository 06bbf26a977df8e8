import { inflateSync } from "node:zlib";

import { describe, expect, it } from "vitest";

import { colour, sign } from "./icons";
import { filesOf } from "./phone";

describe("what the phone's worker holds", () => {
  const manifest = {
    "phone/index.html": { file: "assets/phone.js", css: ["assets/phone.css"], imports: ["_vue.js"], dynamicImports: ["phone/pages/Me.vue"] },
    "phone/pages/Me.vue": { file: "assets/me.js", imports: ["_vue.js", "phone/index.html"], assets: ["assets/me.svg"] },
    "_vue.js": { file: "assets/vue.js" },
    "console/index.html": { file: "assets/console.js", imports: ["_vue.js"] },
  };

  it("is what its page needs, at once or later, and nothing of the other apps", () => {
    expect(filesOf(manifest)).toEqual(["assets/me.js", "assets/me.svg", "assets/phone.css", "assets/phone.js", "assets/vue.js"]);
  });
});

it("the sign is a PNG of the asked size in two colours", () => {
  const found = sign(48, colour("#135e7a"), colour("#ffffff"));
  expect(found.subarray(1, 4).toString("latin1")).toBe("PNG");
  expect(found.readUInt32BE(16)).toBe(48);
  const length = found.readUInt32BE(33);
  const rows = inflateSync(found.subarray(41, 41 + length));
  expect(rows.length).toBe(48 * (1 + 48 * 3));
  expect([...rows.subarray(1, 4)]).toEqual([0x13, 0x5e, 0x7a]);
  expect(rows.includes(Buffer.from([255, 255, 255]))).toBe(true);
});
