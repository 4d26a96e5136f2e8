import { type Reply, type SiteRequest, storageError } from "../http/reply.ts";
import { serveContent } from "../http/serve_content.ts";
import type { SignatureFault, UrlSigner } from "../http/signed_url.ts";
import { encodeZip } from "../content/zip.ts";
import { hashHex } from "../random.ts";
import type { Contents } from "./contents.ts";
import { IMAGE_SIZES, parseImagePath } from "./image_url.ts";
import { folderOf, indexOfFile, objectOfFolder } from "./make_object.ts";
import type { SimObject } from "./sim_object.ts";
import type { SiteState } from "./world.ts";

/** What the storage hosts are made of. */
export interface StorageParts {
  readonly state: SiteState;
  readonly contents: Contents;
  readonly signer: UrlSigner;
}

/** Answers requests to dl4.myminifactory.com: presigned addresses of single files. */
export function answerStorage({ state, contents, signer }: StorageParts, request: SiteRequest) {
  const refusal = refuse(request, signer.checkStorage(request.url));
  if (refusal) return refusal;
  const id = Number(/^\/object-archives\/[0-9a-f]+\/(\d+)\//.exec(request.url.pathname)?.[1]);
  const file = state.at(indexOfFile(id))?.files.find((file) => file.id === id);
  if (!file) return noSuchKey();
  const disposition = request.url.searchParams.get("response-content-disposition");
  return serveContent({
    bytes: contents.file(file),
    etag: `"${hashHex(32, state.settings.seed, file.id, file.version)}"`,
    modified: file.updatedAt,
    type: "application/octet-stream",
    headers: disposition === null ? {} : { "content-disposition": disposition },
  }, request.headers);
}

/** Answers requests to dlcc.myminifactory.com: zips of whole models. */
export function answerZips({ state, contents, signer }: StorageParts, request: SiteRequest) {
  const refusal = refuse(request, signer.checkCdn(request.url));
  if (refusal) return refusal;
  const id = /\/generated-zips\/(\d+)\//.exec(request.url.pathname)?.[1];
  const object = state.find(Number(id));
  if (!object?.hasZip) return noSuchKey();
  const versions = object.files.map(({ id, version, name }) => `${id} ${version} ${name}`).join();
  return serveContent({
    bytes: wholeZip(contents, object, versions),
    etag: `"${hashHex(32, state.settings.seed, object.id, versions)}"`,
    modified: object.updatedAt,
    type: "application/zip",
  }, request.headers);
}

function wholeZip(contents: Contents, object: SimObject, versions: string): Uint8Array {
  const ready = object.files.find(({ isWholeZip }) => isWholeZip);
  if (ready) return contents.file(ready);
  return contents.keep(
    `zip ${object.id} ${versions}`,
    () =>
      encodeZip(object.files.map((file, i) => ({
        // Names repeat within an object, entries of a zip must not.
        name: object.files.findIndex(({ name }) => name === file.name) === i
          ? file.name
          : `${i}/${file.name}`,
        size: file.size,
        bytes: () => contents.file(file),
      }))),
  );
}

/** Answers requests to the image hosts, which are public. */
export function answerImages({ state, contents }: StorageParts, request: SiteRequest): Reply {
  if (request.method !== "GET" && request.method !== "HEAD") return noSuchKey();
  const path = parseImagePath(request.url.pathname);
  const object = path && state.find(objectOfFolder(path.folder));
  if (!path || !object || path.folder !== folderOf(state.settings.seed, object.id)) {
    return noSuchKey();
  }
  const image = object.images.find(({ name, host }) =>
    name === path.name && request.url.host === `${host}.myminifactory.com`
  );
  const isKnownSize = path.size === null || IMAGE_SIZES.some((size) => size === path.size);
  if (!image || !isKnownSize) return noSuchKey();
  return serveContent({
    bytes: contents.image(image, path.size ?? undefined),
    etag: `"${hashHex(32, state.settings.seed, "image", image.id, path.size ?? 0)}"`,
    modified: object.createdAt,
    type: "image/png",
    headers: { "cache-control": "public, max-age=31536000" },
  }, request.headers);
}

function refuse({ method, headers }: SiteRequest, fault: SignatureFault | null): Reply | null {
  if (headers["authorization"] !== undefined) {
    return storageError(
      400,
      "InvalidArgument",
      "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature " +
        "query string parameter or the Authorization header should be specified",
    );
  }
  // The signature of a GET address covers the method.
  if (fault === "mismatch" || method !== "GET") {
    return storageError(
      403,
      "SignatureDoesNotMatch",
      "The request signature we calculated does not match the signature you provided.",
    );
  }
  if (fault === "expired") return storageError(403, "AccessDenied", "Request has expired");
  if (fault === "missing") return storageError(403, "AccessDenied", "Access Denied");
  return null;
}

function noSuchKey(): Reply {
  return storageError(404, "NoSuchKey", "The specified key does not exist.");
}
