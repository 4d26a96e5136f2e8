import { expect, test } from "vitest";
import { MemoryFs } from "../platform/testing/memory_fs.ts";
import { type AutoLaunchOptions, createAutoLaunch } from "./auto_launch.ts";
import { fakeRun } from "./testing/fake_run.ts";

const COMMAND = ["/opt/My Apps/mmfsync", "--hidden"] as const;
const LINUX = "/home/me/.config/autostart/org.mmfsync.desktop.desktop";

function make(parts: Partial<AutoLaunchOptions> = {}) {
  const fs = new MemoryFs();
  const { run, calls } = fakeRun();
  const launch = createAutoLaunch({
    os: "linux",
    fs,
    run,
    env: (name) => ({ XDG_CURRENT_DESKTOP: "GNOME" })[name],
    home: "/home/me",
    command: COMMAND,
    ...parts,
  });
  return { fs, calls, launch };
}

const ON = { available: true, enabled: true };
const OFF = { available: true, enabled: false };
const NOT_HERE = { available: false, enabled: false };

for (
  const [os, path] of [
    ["linux", LINUX],
    ["darwin", "/home/me/Library/LaunchAgents/org.mmfsync.desktop.plist"],
  ] as const
) {
  test(`createAutoLaunch() on ${os} is switched on and off, again and again`, async () => {
    const { fs, launch } = make({ os });
    expect(await launch.get()).toEqual(OFF);
    expect(await launch.set(false)).toEqual(OFF);
    for (const _ of [1, 2]) {
      expect(await launch.set(true)).toEqual(ON);
      expect(await launch.get()).toEqual(ON);
    }
    expect([...fs.files().keys()]).toEqual([path]);
    for (const _ of [1, 2]) expect(await launch.set(false)).toEqual(OFF);
    expect([...fs.files().keys()]).toEqual([]);
  });
}

test("createAutoLaunch() on Linux honours XDG_CONFIG_HOME unless it is relative", async () => {
  for (
    const [given, path] of [["/cfg", "/cfg/autostart/"], ["cfg", "/home/me/.config/"]] as const
  ) {
    const env = { DISPLAY: ":0", XDG_CONFIG_HOME: given };
    const { fs, launch } = make({
      env: (name) => Object.entries(env).find(([n]) => n === name)?.[1],
    });
    await launch.set(true);
    expect([...fs.files().keys()][0]).toContain(path);
  }
});

test("createAutoLaunch() on Linux sees that the desktop switched it off, and switches it on", async () => {
  const { fs, launch } = make();
  await launch.set(true);
  const text = await fs.readText(LINUX) ?? "";
  await fs.writeTextAtomic(LINUX, text.replace("enabled=true", "enabled=false"));
  expect(await launch.get()).toEqual(OFF);
  expect(await launch.set(true)).toEqual(ON);
  await fs.writeTextAtomic(LINUX, `${text}Hidden=true\n`);
  expect(await launch.get()).toEqual(OFF);
});

test("createAutoLaunch() brings an old command up to date", async () => {
  const { fs, launch } = make();
  await launch.set(true);
  const newer = make({ fs, command: ["/opt/new/mmfsync"] });
  await newer.launch.set(true);
  expect(await fs.readText(LINUX)).toContain('Exec="/opt/new/mmfsync"\n');
});

test("createAutoLaunch() on Windows keeps its line in the user's registry", async () => {
  let here = false;
  const { run, calls } = fakeRun(([, verb]) => {
    if (verb === "query") return { code: here ? 0 : 1, stdout: "" };
    here = verb === "add";
    return { code: 0, stdout: "" };
  });
  const command = [String.raw`C:\My Apps\mmfsync.exe`, "--hidden"] as const;
  const { launch } = make({ os: "windows", run, command });
  expect(await launch.get()).toEqual(OFF);
  expect(await launch.set(true)).toEqual(ON);
  expect(await launch.set(false)).toEqual(OFF);
  expect(await launch.set(false)).toEqual(OFF);
  const key = String.raw`HKCU\Software\Microsoft\Windows\CurrentVersion\Run`;
  const line = String.raw`"C:\My Apps\mmfsync.exe" "--hidden"`;
  expect(calls.filter(([, verb]) => verb !== "query")).toEqual([
    ["reg.exe", "add", key, "/v", "org.mmfsync.desktop", "/t", "REG_SZ", "/d", line, "/f"],
    ["reg.exe", "delete", key, "/v", "org.mmfsync.desktop", "/f"],
  ]);
});

test("createAutoLaunch() is not available without a desktop or anything to start", async () => {
  for (const parts of [{ env: () => undefined }, { command: null }]) {
    const { fs, launch } = make(parts);
    expect(await launch.get()).toEqual(NOT_HERE);
    await expect(launch.set(true)).rejects.toMatchObject({ kind: "badInput" });
    expect(fs.files().size).toBe(0);
  }
});
