/** See `../zh-Hans`. */
import door from "./door";
import home from "./home";
import me from "./me";
import report from "./report";

export default { ...home, ...door, ...report, ...me };
