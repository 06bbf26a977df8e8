import "@shared/tokens.css";
import "@shared/base.css";
import "./console.css";

import { dress } from "@shared/theme";
import { words } from "@shared/words";
import { createApp } from "vue";

import App from "./App.vue";
import { hear } from "./keys";
import { router } from "./router";
import { consoleWords } from "./words";

dress("console");
addEventListener("keydown", hear);
createApp(App).use(words(consoleWords)).use(router).mount("#app");
