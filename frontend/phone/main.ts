import "@shared/tokens.css";
import "@shared/base.css";
import "./phone.css";

import { dress } from "@shared/theme";
import { words } from "@shared/words";
import { createApp } from "vue";

import App from "./App.vue";
import { router } from "./router";
import { phoneWords } from "./words";

dress("phone");
createApp(App).use(words(phoneWords)).use(router).mount("#app");
