import { mapEn } from "./map";

export default { mapPage: mapEn, home: { title: "Grid console" } };
