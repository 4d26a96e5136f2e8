import { expect, test } from "vitest";
import { parseManifest } from "./manifest.ts";
import { permissionsOf } from "./permissions.ts";

const manifest = (hosts: string, more = "") =>
  parseManifest(
    `id = "site"\nname = "A site"\nversion = "1.0.0"\napi_version = 1\nentry = "provider.js"\n` +
      `hosts = ${hosts}\n${more}`,
  );
const scheme = (id: string, hosts: string) =>
  `[[auth.schemes]]\nid = "${id}"\nheader = "Cookie"\nhosts = ${hosts}\n`;

test("permissionsOf() says what is reached and where the sign-in goes", () => {
  const hosts = '["www.example.com", "api.example.com", "*.example.net"]';
  const schemes = scheme("session", '["www.example.com"]') +
    scheme("token", '["www.example.com", "api.example.com"]');
  expect(permissionsOf(manifest(hosts, schemes))).toEqual([
    "Reach www.example.com, api.example.com and every site that ends in .example.net",
    "Use your A site sign-in on www.example.com and api.example.com, without seeing it",
    "No files, no programs",
  ]);
});

test("permissionsOf() promises no sign-in where there is none", () => {
  expect(permissionsOf(manifest('["www.example.com"]'))).toEqual([
    "Reach www.example.com",
    "No files, no programs",
  ]);
});
