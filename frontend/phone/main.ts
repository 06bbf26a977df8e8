import "@shared/tokens.css";
import "@shared/base.css";
import "./phone.css";

import { dress } from "@shared/theme";
import { chosen, words } from "@shared/words";
import { createApp } from "vue";

import App from "./App.vue";
import { router } from "./router";
import { begin, firstSync } from "./state/phone";
import { register } from "./state/update";
import { phoneWords } from "./words";

dress("phone");
const known = begin();
void phoneWords(chosen()).then(async (own) => {
  const app = createApp(App).use(words(own));
  // A browser that gives no database shows a page all the same.
  await known.catch((error: unknown) => console.error(error));
  app.use(router).mount("#app");
  await firstSync; // the grid first, then what is needed without a network
  void register();
});
