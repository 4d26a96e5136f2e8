/**
 * MyMiniFactory.
 *
 * The library comes from the website's own interface (`/api/data-library`), which only a website session opens; models
 * come from the documented API v2, and from the former again where the latter is silent.
 *
 * @module
 */

import type { Provider } from "../sdk/mod.ts";
import { authenticate } from "./account.ts";
import { downloadUrl } from "./download_link.ts";
import { fileMeta } from "./file_meta.ts";
import { type Library, pageOf, readLibrary } from "./library.ts";

/** A provider of its own: it remembers the library between the pages of one scan. */
export function createProvider(): Provider {
  let library: Library | null = null;
  return {
    authenticate,
    async libraryPage(host, cursor) {
      // The first page always asks anew. A later one asks only when this worker has been started since.
      if (cursor === null || library === null) library = await readLibrary(host);
      const page = pageOf(library, cursor);
      if (page.next === null) library = null;
      return page;
    },
    fileMeta,
    downloadUrl,
  };
}

export default createProvider();
