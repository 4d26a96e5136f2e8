import { resolve } from "node:path";
import { expect, test } from "vitest";
import { profileOption, resolveProfile } from "./profile.ts";

/** A disk with these files. */
const disk = (...files: readonly string[]) => ({
  stat: (path: string) =>
    Promise.resolve(
      files.includes(path)
        ? { kind: "file" as const, size: 1, modifiedAt: 0, isOnlineOnly: false }
        : null,
    ),
});
const PORTABLE = disk(resolve("/lib/.mmfsync/sync.db"));

test("resolveProfile() believes --app-data first", async () => {
  expect(
    await resolveProfile({ appData: "a", home: "/h", root: "/lib", cwd: "/here", fs: PORTABLE }),
  ).toEqual({ dir: resolve("/here/a"), own: false, portableRoot: null });
});

test("resolveProfile() believes MMFSYNC_HOME next", async () => {
  expect(await resolveProfile({ home: "/h", root: "/lib", cwd: "/here", fs: PORTABLE }))
    .toEqual({ dir: resolve("/h"), own: false, portableRoot: null });
});

test("resolveProfile() finds the profile that a root carries", async () => {
  expect(await resolveProfile({ root: "../lib", cwd: "/here", fs: PORTABLE }))
    .toEqual({ dir: resolve("/lib/.mmfsync"), own: false, portableRoot: resolve("/lib") });
});

test("resolveProfile() knows a carried profile that is named outright", async () => {
  const options = { appData: "/lib/.mmfsync", root: "/lib", cwd: "/here", fs: disk() };
  expect((await resolveProfile(options)).portableRoot).toBe(resolve("/lib"));
});

test("resolveProfile() ends with the profile in the user's home", async () => {
  for (const home of [undefined, ""]) {
    const profile = await resolveProfile({ home, root: "/lib", cwd: "/here", fs: disk() });
    expect(profile).toMatchObject({ own: true, portableRoot: null });
    expect(profile.dir).toMatch(/mmfsync/);
  }
});

test("profileOption() leads another command to the same profile", () => {
  const profile = { dir: "/my dir/p", own: false, portableRoot: null };
  const posix = { windows: false };
  expect(profileOption(profile, posix)).toBe("--app-data '/my dir/p'");
  expect(profileOption({ ...profile, portableRoot: "/my dir" }, posix)).toBe("--root '/my dir'");
  expect(profileOption({ ...profile, own: true }, posix)).toBe("");
});
