import { SyncError } from "../../platform/errors.ts";
import { parseManifest } from "../../plugins/manifest.ts";
import type { ProviderClient } from "../../plugins/provider_client.ts";

/** A provider `mmf` that leases addresses of a `FakeSite`; what is not given fails. */
export function fakeClient(methods: Partial<ProviderClient> = {}): ProviderClient {
  const refuse = () => Promise.reject(new SyncError("bug", "This provider does not do that"));
  return {
    manifest: parseManifest(`
      id = "mmf"
      name = "MyMiniFactory"
      version = "1.0.0"
      api_version = 1
      entry = "provider.js"
      hosts = ["dl.example.com"]
      [[auth.schemes]]
      id = "session"
      header = "Cookie"
      hosts = ["dl.example.com"]
    `),
    authenticate: refuse,
    libraryPage: refuse,
    fileMeta: refuse,
    importLibrary: refuse,
    downloadUrl: ({ ref }) =>
      Promise.resolve({
        url: `https://dl.example.com/?file=${encodeURIComponent(ref)}`,
        expiresAt: null,
      }),
    close: () => Promise.resolve(),
    ...methods,
  };
}
