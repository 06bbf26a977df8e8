/** The portal's addresses: a page's state (filter, order, what is open) stands in its address. */
import { nextTick, ref } from "vue";
import { createRouter, createWebHistory, type RouteRecordRaw } from "vue-router";

declare module "vue-router" {
  interface RouteMeta {
    /** The key of the page's title; the home page is called as the portal is. */
    title?: string;
    /** Where the way back leads, however one came here. */
    up?: string;
    /** Without the foot: a step of something. */
    bare?: boolean;
  }
}

const page = (path: string, title: string, up: string, component: RouteRecordRaw["component"], bare = false): RouteRecordRaw =>
  ({ path, component, meta: { title, up, bare } }) as RouteRecordRaw;

export const router = createRouter({
  history: createWebHistory("/portal/"),
  routes: [
    { path: "/", name: "home", component: () => import("./pages/HomePage.vue") },
    page("/report", "report.title", "/", () => import("./pages/ReportPage.vue"), true),
    page("/report/sent/:id", "report.title", "/", () => import("./pages/ReceiptPage.vue")),
    page("/track", "track.title", "/", () => import("./pages/TrackPage.vue")),
    page("/track/:code", "track.title", "/track", () => import("./pages/CasePage.vue")),
    page("/reports/:uid", "track.title", "/track", () => import("./pages/CasePage.vue")),
    page("/services", "services.title", "/", () => import("./pages/ServicesPage.vue")),
    page("/services/:uid/why", "why.title", "/services", () => import("./pages/WhyPage.vue")),
    page("/visits", "visits.title", "/", () => import("./pages/VisitsPage.vue")),
    page("/visit/:code?", "visitor.title", "/", () => import("./pages/VisitorPage.vue")),
    page("/ask", "worker.title", "/", () => import("./pages/AskPage.vue")),
    page("/data", "data.title", "/", () => import("./pages/DataPage.vue")),
    page("/looks", "looks.title", "/", () => import("./pages/LooksPage.vue")),
    page("/permits", "permits.title", "/", () => import("./pages/PermitsPage.vue")),
    page("/sign-in", "sign.title", "/", () => import("./pages/SignInPage.vue")),
    page("/bind", "bind.title", "/", () => import("./pages/BindPage.vue")),
    page("/register", "register.title", "/", () => import("./pages/RegisterPage.vue")),
    page("/register/notice", "notice.title", "/register", () => import("./pages/NoticePage.vue")),
    page("/:rest(.*)*", "lost.title", "/", () => import("./pages/LostPage.vue")),
  ],
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
});

/** Set where a page's file is gone because the portal was renewed meanwhile: loading the page again brings the new one. */
export const staleBuild = ref(false);
router.onError((error: unknown) => {
  if (error instanceof TypeError && navigator.onLine) staleBuild.value = true;
});

/** A screen reader begins each page at its title, not where the last page was left. */
router.afterEach((to, from, failure) => {
  if (failure || to.path === from.path || !from.matched.length) return;
  void nextTick(() => document.querySelector("h1")?.focus({ preventScroll: true }));
});
