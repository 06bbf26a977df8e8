import "@shared/tokens.css";
import "@shared/base.css";
import "./portal.css";

import { dress } from "@shared/theme";
import { words } from "@shared/words";
import { createApp } from "vue";

import App from "./App.vue";
import { router } from "./router";
import { portalWords } from "./words";

dress("portal");
createApp(App).use(words(portalWords)).use(router).mount("#app");
