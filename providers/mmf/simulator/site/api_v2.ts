import { json, type Reply } from "../http/reply.ts";
import { hash } from "../random.ts";
import type { Viewer } from "./access.ts";
import { IMAGE_SIZES, imageUrl } from "./image_url.ts";
import { indexOfFile } from "./make_object.ts";
import { isoDate } from "./iso_date.ts";
import { galleryOf, isArchive, type SimFile, type SimImage, type SimObject } from "./sim_object.ts";
import type { Creator } from "./creators.ts";
import { slugOf } from "./slug.ts";
import { printingAdvice } from "./themes.ts";
import type { SiteState } from "./world.ts";

const SITE = "https://www.myminifactory.com";
const DEFAULT_PER_PAGE = 30;
const MAX_PER_PAGE = 100;

/** Answers `/api/v2/*`. */
export function apiV2(state: SiteState, viewer: Viewer, url: URL): Reply {
  if (viewer === "badToken") return json(401, { error: "invalid_token" });
  if (viewer === "nobody") return accessDenied();
  const path = url.pathname.slice("/api/v2".length);
  if (path === "/user") return viewer === "key" ? accessDenied() : json(200, user());

  if (path === "/search") return json(200, { total_count: 0, items: [] });

  const [, kind = "", id = "", list] = /^\/(objects|files)\/(\d+)(?:\/(files))?$/.exec(path) ?? [];
  if (kind === "files" && list === undefined) {
    const object = state.at(indexOfFile(Number(id)));
    const file = object?.files.find((file) => file.id === Number(id));
    if (!object || !file || !isVisible(object)) return notFound("File Not Found");
    return json(200, fileJson(state, viewer, object, file));
  }
  if (kind === "objects") {
    const object = state.find(Number(id));
    if (!object || !isVisible(object)) return notFound("Object Not Found");
    const files = page(url, object.files, (file) => fileJson(state, viewer, object, file));
    return json(200, list === "files" ? files : objectJson(state, viewer, object, files));
  }
  return notFound("Not Found");
}

/** The private and the withdrawn are hidden even from those who own them. */
function isVisible({ access }: SimObject): boolean {
  return access !== "withdrawn" && access !== "deleted";
}

function accessDenied(): Reply {
  return json(401, {
    error: "access_denied",
    error_description: "OAuth2 authentication required",
  });
}

function notFound(description: string): Reply {
  return json(404, {
    type: "https://tools.ietf.org/html/rfc2616#section-10",
    title: "An error occurred",
    status: 404,
    detail: "Not Found",
    error: "not_found",
    error_description: description,
  });
}

function page<T>(url: URL, all: readonly T[], show: (item: T) => unknown) {
  const number = Math.max(1, Number(url.searchParams.get("page") ?? 1) || 1);
  const asked = Number(url.searchParams.get("per_page") ?? DEFAULT_PER_PAGE) || DEFAULT_PER_PAGE;
  const size = Math.max(1, Math.min(MAX_PER_PAGE, asked));
  return {
    total_count: all.length,
    items: all.slice((number - 1) * size, number * size).map(show),
  };
}

function objectJson(state: SiteState, viewer: Viewer, object: SimObject, files: unknown) {
  const h = hash(state.settings.seed, "v2", object.id);
  const category = object.pdfOnly ? "PDF Only" : "Tabletop";
  const [first, second] = printingAdvice(object.subject);
  const description = `${object.title}\u00a0\u00a0 ${first}  ${second}`;
  return {
    id: object.id,
    url: objectUrl(object),
    name: object.title,
    visibility: h % 5 === 0 ? 1 : 2,
    visibility_name: "public",
    listed: true,
    status: h % 5 === 0 ? 1 : 2,
    status_name: h % 5 === 0 ? "published" : "approved",
    description: h % 11 === 0 ? "" : description,
    description_html: h % 11 === 0
      ? null
      : `<p>${escapeHtml(object.title)}</p><p>${first}<br>${second.replace(" mm", "&nbsp;mm")}` +
        `<script>alert(1)</script></p>`,
    printing_details: "ok",
    printing_details_html: "ok",
    featured: false,
    support: h % 2 === 0,
    complexity: 0,
    complexity_name: null,
    dimensions: h % 3 === 0 ? null : "50x50x6",
    material_quantity: "5",
    images: galleryOf(object).map((image, i) => imageJson(image, i === 0)),
    views: h % 9000,
    likes: h % 700,
    published_at: object.publishedAt === null ? null : isoDate(object.publishedAt),
    tags: object.tags.map((tag) => h % 7 === 0 ? { name: tag } : tag),
    licenses: [
      { type: "share", value: false },
      { type: "attribute", value: true },
      { type: "commercial-use", value: false },
    ],
    filters: ["threedViewer"],
    file_mode: object.fileMode,
    categories: {
      total_count: 1,
      items: [{
        id: 112,
        name: category,
        url: `${SITE}/category/${slugOf(category)}`,
        slug: slugOf(category),
        popularity: 110,
        parent: null,
        banner_url: null,
      }],
    },
    files,
    prints: { total_count: 0, items: [] },
    designer: object.creator ? creatorJson(object.creator) : null,
    license: h % 4 === 0 ? null : "Creative Commons - Attribution - Noncommercial - ShareAlike",
    ...(viewer === "key" ? {} : ownerFields(object, h)),
  };
}

function ownerFields(object: SimObject, h: number) {
  return {
    archive_download_url: object.hasZip ? `${SITE}/download/${object.id}` : null,
    is_liked: h % 6 === 0,
    user_collections: [],
    is_saved: false,
    price: h % 3 === 0 ? null : { currency: "USD", symbol: "$", value: "6.00" },
    purchase_url: null,
    // False for all that came by subscription, tribe or gift.
    is_bought: object.sources.includes("PURCHASE"),
  };
}

/** The public page of the object. */
export function objectUrl(object: SimObject): string {
  return `${SITE}/object/3d-print-${slugOf(object.title)}-${object.id}`;
}

function fileJson(state: SiteState, viewer: Viewer, object: SimObject, file: SimFile) {
  const isPart = !isArchive(file);
  return {
    id: file.id,
    filename: file.name,
    description: null,
    ...(isPart ? { status: 2, status_name: "approved" } : { path: `archives/${file.id}` }),
    size: viewer === "key" ? null : listedSize(state, file),
    ...(isPart ? { thumbnail_url: null, render360_urls: [] } : {}),
    ...(isPart ? {} : { created_at: isoDate(file.updatedAt) }),
    patch_url: `${SITE}/api/v2/files/${file.id}`,
    download_url: viewer === "key" || object.access === "locked" || object.access === "revoked"
      ? null
      : downloadUrl(state, file),
    viewer_url: isPart ? `${SITE}/object/viewer/${file.id}?embedded=0` : null,
  };
}

/** The size as v2 gives it: a text, a number or null. */
function listedSize(state: SiteState, file: SimFile): string | number | null {
  const size = file.size + file.listedError;
  const dice = hash(state.settings.seed, "size", file.id) % 10;
  if (file.format === "pdf" || dice < 2) return size;
  return dice === 2 && state.settings.oddities ? null : `${size}`;
}

function downloadUrl(state: SiteState, file: SimFile): string {
  const dice = hash(state.settings.seed, "relative", file.id) % 10;
  const base = dice === 0 && state.settings.oddities ? "" : SITE;
  const query = file.isWholeZip
    ? ""
    : isArchive(file)
    ? `?archive_id=${file.id}`
    : `?downloadfile=${encodeURIComponent(file.name)}`;
  return `${base}/download/${file.objectId}${query}`;
}

function imageJson(image: SimImage, isPrimary: boolean) {
  const [tiny, thumbnail, standard, large] = IMAGE_SIZES.map((size) => ({
    url: imageUrl(image, size),
    width: size,
    height: size,
  }));
  return {
    id: image.id,
    upload_id: null,
    is_primary: isPrimary,
    original: { url: imageUrl(image), width: null, height: null },
    tiny,
    thumbnail,
    standard,
    large,
    is_print_image_selected: null,
  };
}

function creatorJson({ id, name, username }: Omit<Creator, "field">) {
  return {
    id,
    username,
    name,
    profile_url: `${SITE}/users/${encodeURIComponent(username)}`,
    avatar_url: null,
    isHobbyHunterPicked: false,
  };
}

function user() {
  return {
    ...creatorJson({ id: 4_242, name: "Sample Collector", username: "Sample Collector" }),
    is_admin: false,
    is_premium: false,
    is_store_manager: false,
    is_campaign_manager: false,
    followings: 12,
    followers: 3,
    total_collections: 2,
    printing_since: { date: "2019-05-01 00:00:00.000000", timezone_type: 3, timezone: "UTC" },
    social_networks: { total_count: 0, items: [] },
  };
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
}
