import { mapZh } from "./map";

export default { mapPage: mapZh, home: { title: "网格工作台" } };
