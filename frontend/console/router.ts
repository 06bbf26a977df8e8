/** The console's addresses: a page's state (filter, order, what is open) stands in its address. */
import { createRouter, createWebHistory } from "vue-router";

export const router = createRouter({
  history: createWebHistory("/console/"),
  routes: [
    { path: "/map", name: "map", component: () => import("./pages/MapPage.vue") },
    { path: "/:rest(.*)*", name: "home", component: () => import("./pages/HomePage.vue") },
  ],
});
