/** The portal's words in English, by page. `../zh-Hans` has the same keys: a test holds both to each other. */
import data from "./data";
import home from "./home";
import register from "./register";
import report from "./report";
import services from "./services";
import sign from "./sign";
import track from "./track";

export default { ...home, ...report, ...track, ...services, ...data, ...sign, ...register };
