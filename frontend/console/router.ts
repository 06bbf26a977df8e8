/** The console's addresses: a page's state (filter, order, what is open) stands in its address. */
import { me, meet, roles } from "@shared/session";
import { createRouter, createWebHistory, type RouteLocationNormalized, type RouteRecordRaw } from "vue-router";

import { homeOf, mayOpen } from "./sections";

declare module "vue-router" {
  interface RouteMeta {
    /** The section whose roles may open it; without one it is open to anybody. */
    section?: string;
    /** Stands without the header. */
    bare?: boolean;
  }
}

const CasesPage = (): Promise<unknown> => import("./cases/CasesPage.vue");
const routes = [
  { path: "/", name: "home", component: () => import("./pages/NoDeskPage.vue") },
  { path: "/sign-in", name: "sign-in", component: () => import("./pages/SignInPage.vue"), meta: { bare: true } },
  { path: "/cases", name: "cases", component: CasesPage, meta: { section: "cases" } },
  { path: "/cases/:uid", name: "case", component: CasesPage, props: true, meta: { section: "cases" } },
  { path: "/handover", name: "handover", component: () => import("./handover/HandOverPage.vue"), meta: { section: "handover" } },
  { path: "/map", name: "map", component: () => import("./pages/MapPage.vue"), meta: { section: "map" } },
  { path: "/feeds", name: "feeds", component: () => import("./hub/FeedsPage.vue"), meta: { section: "feeds" } },
  { path: "/feeds/:code", name: "feed", component: () => import("./hub/FeedPage.vue"), props: true, meta: { section: "feeds" } },
  { path: "/pairs", name: "pairs", component: () => import("./hub/PairsPage.vue"), meta: { section: "pairs" } },
  { path: "/audit", name: "audit", component: () => import("./audit/AuditPage.vue"), meta: { section: "audit" } },
  { path: "/agreements", name: "agreements", component: () => import("./hub/AgreementsPage.vue"), meta: { section: "agreements" } },
  { path: "/return", name: "return", component: () => import("./hub/ReturnPage.vue"), meta: { section: "return" } },
  { path: "/programmes", name: "programmes", component: () => import("./services/ProgrammesPage.vue"), meta: { section: "programmes" } },
  { path: "/programmes/:code", name: "programme", component: () => import("./services/ProgrammePage.vue"), props: true, meta: { section: "programmes" } },
  { path: "/entitled", name: "entitled", component: () => import("./services/EntitledPage.vue"), meta: { section: "programmes" } },
  { path: "/grids", name: "grids", component: () => import("./grid/GridsPage.vue"), meta: { section: "grids" } },
  { path: "/todos", name: "todos", component: () => import("./grid/TodosPage.vue"), meta: { section: "todos" } },
  { path: "/questions", name: "questions", component: () => import("./rights/QuestionsPage.vue"), meta: { section: "questions" } },
  { path: "/roster", name: "roster", component: () => import("./people/RosterPage.vue"), meta: { section: "roster" } },
  { path: "/users", name: "users", component: () => import("./people/UsersPage.vue"), meta: { section: "users" } },
  { path: "/admissions", name: "admissions", component: () => import("./people/AdmissionsPage.vue"), meta: { section: "admissions" } },
  { path: "/cockpit", name: "cockpit", component: () => import("./lead/CockpitPage.vue"), meta: { section: "cockpit" } },
  { path: "/rates", name: "rates", component: () => import("./lead/RatesPage.vue"), meta: { section: "rates" } },
  { path: "/planning", name: "planning", component: () => import("./planning/ScenariosPage.vue"), meta: { section: "planning" } },
  { path: "/planning/:uid", name: "scenario", component: () => import("./planning/ScenarioPage.vue"), props: true, meta: { section: "planning" } },
  { path: "/planning/:uid/edit", name: "scenario-edit", component: () => import("./planning/EditPage.vue"), props: true, meta: { section: "planning" } },
  { path: "/planning/:uid/compare", name: "scenario-compare", component: () => import("./planning/ComparePage.vue"), props: true, meta: { section: "planning" } },
  { path: "/not-yours", name: "not-yours", component: () => import("./pages/LostPage.vue"), props: { kind: "notYours" } },
  { path: "/:rest(.*)*", name: "lost", component: () => import("./pages/LostPage.vue"), props: { kind: "notFound" } },
] as RouteRecordRaw[];

export const router = createRouter({ history: createWebHistory("/console/"), routes });

/** Where a way leads for somebody: signing in first, the work list of the post, or that the page isn't theirs. */
export function guard(to: Pick<RouteLocationNormalized, "name" | "fullPath" | "meta" | "path">, signedIn: boolean, theirs: ReadonlySet<string>) {
  if (to.name === "sign-in") return signedIn ? { path: "/" } : true;
  if (!signedIn) return { name: "sign-in", query: to.fullPath === "/" ? {} : { next: to.fullPath } };
  if (to.name === "home") return homeOf(theirs) ? { path: homeOf(theirs) } : true;
  // What was asked for stays in the address: the page says whose it is.
  if (to.meta.section && !mayOpen(to.meta.section, theirs)) {
    return { name: "not-yours", params: {}, query: { asked: to.fullPath } };
  }
  return true;
}

router.beforeEach(async (to) => {
  if (me.value === undefined) await meet();
  return guard(to, Boolean(me.value), roles.value);
});
