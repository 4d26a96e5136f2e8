/**
 * MyMiniFactory.
 *
 * The library comes from the website's own interface (`/api/data-library`), which only a website session opens, or from
 * what the user's browser has saved of it; models come from the documented API v2, and from the former again where the
 * latter is silent.
 *
 * @module
 */

import type { Provider } from "../sdk/mod.ts";
import { authenticate } from "./account.ts";
import { downloadUrl } from "./download_link.ts";
import { fileMeta } from "./file_meta.ts";
import { type Library, pageOf, readLibrary } from "./library.ts";
import { readSavedLibrary } from "./saved_library.ts";

/** A provider of its own: it remembers the library between the pages of one scan, or of saved documents. */
export function createProvider(): Provider {
  let library: Library | null = null;
  let saved: Library | null = null;
  return {
    authenticate,
    async libraryPage(host, cursor, named) {
      // The first page always asks anew. A later one asks only when this worker has been started since.
      if (cursor === null || library === null) {
        library = await readLibrary(host, new Set(named));
      }
      const page = pageOf(library, cursor);
      if (page.next === null) library = null;
      return page;
    },
    fileMeta,
    downloadUrl,
    importLibrary: (host, documents, cursor) =>
      new Promise((resolve) => {
        if (cursor === null) saved = readSavedLibrary(host, documents);
        // The documents came with the first page only, and this worker has been started since.
        if (saved === null) {
          throw host.error("retryable", "Reading what was saved broke off: start it again");
        }
        const page = pageOf(saved, cursor);
        if (page.next === null) {
          saved = null;
        }
        resolve(page);
      }),
  };
}

export default createProvider();
