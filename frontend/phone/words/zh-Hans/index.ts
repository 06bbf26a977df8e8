/** The phone's words, as staff say them; `../en` has the same keys (a test holds both to each other). */
import door from "./door";
import home from "./home";
import me from "./me";
import report from "./report";

export default { ...home, ...door, ...report, ...me };
