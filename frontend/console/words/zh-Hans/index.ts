/** The console's words. Each part has its own file; `en/` has the same. */
import { mapZh } from "../map";
import cases from "./cases";
import grid from "./grid";
import handover from "./handover";
import hub from "./hub";
import lead from "./lead";
import planning from "./planning";
import rights from "./rights";
import services from "./services";
import shell from "./shell";
import trail from "./trail";

export default { ...shell, mapPage: mapZh, ...cases, ...handover, ...hub, ...services, ...grid, ...lead, ...planning, ...trail, ...rights };
