import { describe, expect, it } from "vitest";

import { differ, masked } from "./diff";

const shown = (left: string, right: string): string[] => differ(left, right).map((side) => side.map((one) => (one.same ? one.text : `[${one.text}]`)).join(""));

describe("two writings of one thing", () => {
  it("differ by character, and nothing behind a missing one moves", () => {
    expect(shown("王桂兰", "王贵兰")).toEqual(["王[桂]兰", "王[贵]兰"]);
    expect(shown("学院街18号2单元501", "学院街18#2-501")).toEqual(["学院街18[号]2[单元]501", "学院街18[#]2[-]501"]);
    expect(shown("420502520630141", "420502195206301417")).toEqual(["420502520630141", "420502[19]520630141[7]"]);
  });

  it("are whole where one says nothing", () => {
    expect(shown("女", "")).toEqual(["[女]", ""]);
    expect(shown("", "")).toEqual(["", ""]);
  });

  it("show of what agrees only its shape", () => {
    const [left] = differ("2单元501室", "2单元502室");
    expect(left.map(masked).join("")).toBe("*单元**1室");
    expect(masked({ text: "桂", same: false })).toBe("桂");
    expect(masked({ text: "138-0013", same: true })).toBe("***-****");
  });
});
