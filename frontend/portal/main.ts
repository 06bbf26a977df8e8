import "@shared/tokens.css";
import "@shared/base.css";
import "./portal.css";

import { dress } from "@shared/theme";
import { words } from "@shared/words";
import { createApp } from "vue";

import App from "./App.vue";
import { router } from "./router";
import { account } from "./state/account";
import { learnCity } from "./state/city";
import { watchNetwork } from "./state/outbox";
import { portalWords } from "./words";

dress("portal");
void learnCity();
void account();
createApp(App).use(words(portalWords)).use(router).mount("#app");
watchNetwork();
