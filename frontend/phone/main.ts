import "@shared/tokens.css";
import "@shared/base.css";
import "./phone.css";

import { dress } from "@shared/theme";
import { words } from "@shared/words";
import { createApp } from "vue";

import App from "./App.vue";
import { router } from "./router";
import { begin } from "./state/phone";
import { register } from "./state/update";
import { phoneWords } from "./words";

dress("phone");
const app = createApp(App).use(words(phoneWords));
void begin().finally(() => {
  app.use(router).mount("#app");
  void register();
});
