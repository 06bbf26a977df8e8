/** The phone's addresses: a page's state (filter, what is open) stands in its address. */
import { createRouter, createWebHistory } from "vue-router";

import SignInPage from "./pages/SignInPage.vue";
import { user } from "./state/phone";

/** Most come for this page: it is on its way before anybody knows who they are. */
const today = import("./pages/TodayPage.vue");

export const router = createRouter({
  history: createWebHistory("/phone/"),
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
  routes: [
    { path: "/", redirect: "/today" },
    { path: "/sign-in", name: "sign-in", component: SignInPage, meta: { open: true } },
    { path: "/today", name: "today", component: () => today },
    { path: "/doors/:id", name: "door", component: () => import("./pages/DoorPage.vue"), props: true },
    { path: "/households", name: "households", component: () => import("./pages/HouseholdsPage.vue") },
    { path: "/households/:dwelling", name: "household", component: () => import("./pages/HouseholdPage.vue"), props: true },
    { path: "/report", name: "report", component: () => import("./pages/ReportPage.vue") },
    { path: "/services", name: "services", component: () => import("./pages/ServicesPage.vue") },
    { path: "/me", name: "me", component: () => import("./pages/MePage.vue") },
    { path: "/outbox", name: "outbox", component: () => import("./pages/OutboxPage.vue") },
    { path: "/:rest(.*)*", redirect: "/today" },
  ],
});

router.beforeEach((to) => {
  if (to.meta.open || user.value) return true;
  return { name: "sign-in", query: { next: to.fullPath } };
});
