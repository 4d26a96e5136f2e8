import type { Manifest } from "./manifest.ts";

/** What the manifest lets a plugin do, as sentences without an end. */
export function permissionsOf(
  { name, hosts, auth }: Pick<Manifest, "name" | "hosts" | "auth">,
): string[] {
  const signInHosts = [...new Set(auth.schemes.flatMap((scheme) => scheme.hosts))];
  return [
    `Reach ${listed(hosts.map(inWords))}`,
    ...signInHosts.length === 0
      ? []
      : [`Use your ${name} sign-in on ${listed(signInHosts)}, without seeing it`],
    "No files, no programs",
  ];
}

function inWords(host: string): string {
  return host.startsWith("*.") ? `every site that ends in ${host.slice(1)}` : host;
}

function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}
