/** The phone's addresses: a page's state (filter, what is open) stands in its address. */
import { createRouter, createWebHistory } from "vue-router";

import SignInPage from "./pages/SignInPage.vue";
import TodayPage from "./pages/TodayPage.vue"; // most come for this one: it travels with the app
import { user } from "./state/phone";

export const router = createRouter({
  history: createWebHistory("/phone/"),
  scrollBehavior: (_to, from, saved) => saved ?? (from.matched.length ? { top: 0 } : false), // the first page stands at its top
  routes: [
    { path: "/", redirect: "/today" },
    { path: "/sign-in", name: "sign-in", component: SignInPage, meta: { open: true } },
    { path: "/today", name: "today", component: TodayPage },
    { path: "/doors/:id", name: "door", component: () => import("./pages/DoorPage.vue"), props: true },
    { path: "/households", name: "households", component: () => import("./pages/HouseholdsPage.vue") },
    { path: "/households/:dwelling", name: "household", component: () => import("./pages/HouseholdPage.vue"), props: true },
    { path: "/report", name: "report", component: () => import("./pages/ReportPage.vue") },
    { path: "/services", name: "services", component: () => import("./pages/ServicesPage.vue") },
    { path: "/me", name: "me", component: () => import("./pages/MePage.vue") },
    { path: "/code", name: "code", component: () => import("./pages/CodePage.vue") },
    { path: "/outbox", name: "outbox", component: () => import("./pages/OutboxPage.vue") },
    { path: "/:rest(.*)*", redirect: "/today" },
  ],
});

router.beforeEach((to) => {
  if (to.meta.open || user.value) return true;
  return { name: "sign-in", query: { next: to.fullPath } };
});
