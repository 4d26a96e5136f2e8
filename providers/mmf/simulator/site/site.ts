import { LIBRARY_PAGE, LOGIN_PAGE, objectPage, PAGE_POLICY } from "../http/pages.ts";
import { html, json, redirect, type Reply, type SiteRequest } from "../http/reply.ts";
import type { Tokens } from "../auth/tokens.ts";
import type { UrlSigner } from "../http/signed_url.ts";
import { type Credentials, refusal, type Viewer, viewerOf } from "./access.ts";
import { apiV2, objectUrl } from "./api_v2.ts";
import type { DataLibrary } from "./data_library.ts";
import { folderOf } from "./make_object.ts";
import { isArchive, type SimFile, type SimObject } from "./sim_object.ts";
import type { LinkThrottle } from "./throttle.ts";
import { slugOf } from "./slug.ts";
import type { SiteState } from "./world.ts";

/** What www.myminifactory.com is made of. */
export interface SiteParts {
  readonly state: SiteState;
  readonly library: DataLibrary;
  readonly credentials: Credentials;
  readonly tokens: Tokens;
  readonly signer: UrlSigner;
  readonly throttle: LinkThrottle;
}

/** Answers requests to www.myminifactory.com. */
export function answerSite(parts: SiteParts, request: SiteRequest): Reply {
  const { state, library, credentials, tokens } = parts;
  const { pathname } = request.url;
  if (request.method === "POST" && pathname === "/login") return loggedIn(credentials);
  if (request.method !== "GET" && request.method !== "HEAD") {
    return json(405, { error: "method_not_allowed" });
  }
  const viewer = viewerOf(request, credentials, tokens, state);
  if (pathname.startsWith("/api/v2/")) return apiV2(state, viewer, request.url);
  if (pathname.startsWith("/api/data-library/")) return library.answer(viewer, request.url);
  if (pathname.startsWith("/download/")) return download(parts, viewer, request.url);
  if (pathname === "/login") return html(200, LOGIN_PAGE, PAGE_POLICY);
  if (pathname === "/library") {
    return viewer === "session" ? html(200, LIBRARY_PAGE, PAGE_POLICY) : redirect("/login");
  }
  const page = /^\/object\/3d-print-.*?(\d+)$/.exec(pathname);
  const object = page && state.find(Number(page[1]));
  return object
    ? html(200, objectPage(object.title))
    : html(404, "<html><title>Page not found</title></html>");
}

/** Whoever comes is the owner of the library. */
function loggedIn({ session }: Credentials): Reply {
  const reply = redirect("/library");
  return { ...reply, headers: { ...reply.headers, "set-cookie": `${session}; path=/; HttpOnly` } };
}

function download({ state, signer, throttle }: SiteParts, viewer: Viewer, url: URL): Reply {
  if (viewer === "badToken") return json(401, { error: "invalid_token" });
  if (viewer !== "session" && viewer !== "token") {
    return redirect("https://www.myminifactory.com/login");
  }
  const throttled = throttle.refusal();
  if (throttled) return throttled;

  const id = /^\/download\/(\d+)$/.exec(url.pathname)?.[1];
  const object = id === undefined ? null : state.find(Number(id));
  if (!object || object.access === "deleted") {
    return html(404, "<html><title>Page not found</title></html>");
  }
  if (object.access === "locked" || object.access === "revoked") {
    return refusal(object);
  }
  const archive = url.searchParams.get("archive_id");
  const part = url.searchParams.get("downloadfile");
  if (archive === null && part === null) return wholeModel(state, signer, object);
  const file = archive === null
    ? object.files.find((file) => file.name === part || `${file.id}` === part)
    : object.files.find((file) => `${file.id}` === archive && isArchive(file));
  // As for a missing zip, the site falls back to the page of the object.
  return file
    ? redirect(signer.signStorage(storageUrl(state, file), file.name))
    : redirect(objectUrl(object));
}

function wholeModel(state: SiteState, signer: UrlSigner, object: SimObject): Reply {
  if (!object.hasZip || object.files.length === 0) return redirect(objectUrl(object));
  const address = `https://dlcc.myminifactory.com/${folderOf(state.settings.seed, object.id)}` +
    `/generated-zips/${object.id}/${slugOf(object.title)}.zip`;
  return redirect(signer.signCdn(address));
}

function storageUrl({ settings }: SiteState, file: SimFile): string {
  const folder = folderOf(settings.seed, file.objectId);
  return `https://dl4.myminifactory.com/object-archives/${folder}/${file.id}/` +
    encodeURIComponent(file.name);
}
