import { createHash } from "node:crypto";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { FailureKind } from "../../extensions/sync-engine/platform/errors.ts";
import type { Fault } from "../../providers/mmf/simulator/mod.ts";
import { expectPolite, failuresOf, links } from "./polite.ts";
import { expectAll, expectTally, expectTruth, fileRows } from "./truth.ts";
import { pickVictims } from "./victims.ts";
import { openWorld } from "./world.ts";

interface Mode {
  readonly name: string;
  readonly fault: Fault;
  /** How each attempt fails while the fault lasts. */
  readonly kind: FailureKind;
  readonly message: RegExp;
  /** Requests that the fault hits in one attempt. @default {1} */
  readonly requests?: number;
}

/** More files than the largest group has modes: others must come through unharmed. */
const SITE = { objects: 20 };

const MOST_REQUESTS = 6;

const cut = { kind: "retryable", message: /was cut before|ended after \d+ of \d+ bytes$/ } as const;
const silent = {
  kind: "retryable",
  message: /^Only \d+ bytes arrived within 30 seconds$/,
} as const;
const page = { kind: "retryable", message: /sent a web page instead of the file$/ } as const;
const forbidden = {
  kind: "retryable",
  message: /^The download leads to .*, where this provider may not go$/,
} as const;

function leadingTo(name: string, location: string): Mode {
  return { name, fault: { mode: "redirectElsewhere", location }, ...forbidden };
}

const GROUPS: Readonly<Record<string, readonly Mode[]>> = {
  "broken bodies": [
    { name: "short", fault: { mode: "shortBody" }, ...cut },
    { name: "empty", fault: { mode: "shortBody", bytes: 0 }, ...cut },
    { name: "shorter than announced", fault: { mode: "lyingLength", by: 1000 }, ...cut },
    { name: "longer than announced", fault: { mode: "lyingLength", by: -1000 }, ...cut },
    { name: "stalled", fault: { mode: "stall" }, ...silent },
    { name: "stalled at once", fault: { mode: "stall", bytes: 0 }, ...silent },
    { name: "torn", fault: { mode: "reset" }, ...cut },
    { name: "torn at once", fault: { mode: "reset", bytes: 0 }, ...cut },
    {
      name: "endless",
      fault: { mode: "endless" },
      kind: "integrity",
      message: /^The file goes on past its \d+ bytes$/,
    },
  ],
  "wrong headers": [
    {
      name: "another range",
      fault: { mode: "wrongContentRange" },
      kind: "integrity",
      message: /^The file server sent another part of the file than asked for$/,
    },
    {
      name: "416",
      fault: { mode: "refuse416" },
      kind: "integrity",
      message: /^The file server answered 416$/,
    },
    {
      name: "gzip",
      fault: { mode: "gzipRange" },
      kind: "retryable",
      message: /sent the file in "gzip" form unasked$/,
    },
  ],
  "pages instead of files": [
    { name: "login page", fault: { mode: "htmlInstead" }, ...page },
    { name: "bot check with 200", fault: { mode: "challenge", status: 200 }, ...page },
    { name: "JSON", fault: { mode: "wrongJson" }, ...page },
  ],
  "redirects where nobody may go": [
    leadingTo("another site", "https://evil.example/model.stl"),
    leadingTo("look-alike host", "https://dl4.myminifactory.com.evil.example/model.stl"),
    leadingTo("this machine", "http://127.0.0.1:8080/model.stl"),
    leadingTo("this machine by IPv6", "http://[::1]/model.stl"),
    leadingTo("this machine in disguise", "http://2130706433/model.stl"),
    leadingTo("metadata of the cloud", "http://169.254.169.254/latest/meta-data/"),
    leadingTo("private network", "http://192.168.0.1/model.stl"),
    leadingTo("plain http", "http://dl4.myminifactory.com/model.stl"),
    leadingTo("another port", "https://dl4.myminifactory.com:8443/model.stl"),
    leadingTo("with a user", "https://me:secret@dl4.myminifactory.com/model.stl"),
    leadingTo("local file", "file:///etc/passwd"),
    {
      name: "in circles",
      fault: { mode: "redirectLoop" },
      kind: "retryable",
      message: /^The download was redirected more than 5 times$/,
      requests: MOST_REQUESTS,
    },
    {
      name: "nowhere",
      fault: { mode: "redirectElsewhere", location: "https://" },
      kind: "retryable",
      message: /^The site gave a download address that is not one$/,
    },
  ],
  refusals: [
    {
      name: "expired",
      fault: { mode: "expired" },
      kind: "needsNewLease",
      message: /^The file server answered 403$/,
    },
    ...([500, 502, 503, 504] as const).map((status): Mode => ({
      name: `${status}`,
      fault: { mode: "serverError", status },
      kind: "retryable",
      message: new RegExp(`^The file server answered ${status}$`),
    })),
  ],
};

test.each(Object.entries(GROUPS))(
  "sync() survives storage that answers once with %s",
  async (_, modes) => {
    await using world = await openWorld({ site: SITE });
    const { simulator, profile } = world;
    const victims = pickVictims(world, modes);
    for (const { mode, path } of victims) {
      simulator.faults.add({ on: "storage", path, times: mode.requests ?? 1 }, mode.fault);
    }
    const summary = await profile.engine.sync();

    for (const { mode, id } of victims) {
      expect(failuresOf(world, id()), mode.name).toEqual([
        expect.objectContaining({ code: mode.kind, message: expect.stringMatching(mode.message) }),
      ]);
    }
    await expectAll(profile, simulator, summary);
    expectPolite(world, { requestsPerAttempt: MOST_REQUESTS });
  },
);

test.each(Object.entries(GROUPS))(
  "sync() sets files aside whose storage always answers with %s",
  async (_, modes) => {
    await using world = await openWorld({ site: SITE });
    const { simulator, profile } = world;
    const { engine } = profile;
    const victims = pickVictims(world, modes);
    for (const { mode, path } of victims) {
      simulator.faults.add({ on: "storage", path }, mode.fault);
    }
    const summary = await engine.sync();

    const jobs = engine.queue.list({ offset: 0, limit: 100 }).rows;
    const history = engine.history.list({ outcome: "failed", offset: 0, limit: 100 }).rows;
    for (const { mode: { name, kind, ...mode }, id, path } of victims) {
      const message = expect.stringMatching(mode.message);
      const failure = expect.objectContaining({ code: kind, message });
      expect(failuresOf(world, id()), name).toEqual(Array(5).fill(failure));
      const job = jobs.find(({ fileId }) => fileId === id());
      expect(job, name).toMatchObject({ state: "failed", reason: kind, message });
      const told = history.filter(({ fileId }) => fileId === id());
      expect(told, name).toMatchObject([{ reason: kind, message }]);
      const asked = simulator.requests.all().filter((request) => path(request.path));
      expect(asked.length, name).toBe(5 * (mode.requests ?? 1));
    }
    expect(summary).toMatchObject({ failed: modes.length, waiting: 0, problems: [] });
    const all = [...simulator.reference()].length;
    expect(await expectTruth(profile, simulator)).toBe(all - modes.length);
    expectTally(summary, simulator);
    expectPolite(world, { requestsPerAttempt: MOST_REQUESTS });

    simulator.faults.clear();
    await expectAll(profile, simulator, await engine.sync());
  },
);

test("sync() takes whole files from a server that knows no ranges", async () => {
  await using world = await openWorld();
  const { simulator, profile } = world;
  simulator.faults.add({ on: "storage" }, { mode: "ignoreRange" });
  await expectAll(profile, simulator, await profile.engine.sync());
  const storage = simulator.requests.to("https://dl4.myminifactory.com");
  expect(storage.map(({ status }) => status)).toEqual(links(world).map(() => 200));
  expectPolite(world);
});

test("sync() treats the servers of pictures no better", async () => {
  await using world = await openWorld();
  const { simulator, profile } = world;
  const faults: readonly Fault[] = [
    { mode: "shortBody" },
    { mode: "htmlInstead" },
    { mode: "redirectElsewhere" },
    { mode: "corrupt", at: 1 },
    { mode: "endless" },
    { mode: "serverError" },
  ];
  for (const fault of faults) simulator.faults.add({ on: "images", times: 1 }, fault);
  await expectAll(profile, simulator, await profile.engine.sync());
  expect(profile.heard.filter(({ event }) => event === "fileFailed")).toHaveLength(faults.length);
  expectPolite(world);
});

test.each([0, 3])(
  "sync() notices a flipped byte %i, because it tells the kind of the file",
  async (at) => {
    await using world = await openWorld();
    const { simulator, profile } = world;
    simulator.faults.add({ on: "storage", path: /\.zip\?/, times: 1 }, { mode: "corrupt", at });
    const summary = await profile.engine.sync();
    expect(profile.heard.filter(({ event }) => event === "fileFailed")).toMatchObject([
      {
        data: { error: { code: "retryable", message: expect.stringContaining("not a zip file") } },
      },
    ]);
    await expectAll(profile, simulator, summary);
  },
);

test.each([".stl", ".zip"])(
  "sync() cannot notice a byte that is flipped inside of a new %s file: the site gives no hash",
  async (extension) => {
    await using world = await openWorld({ site: { objects: 20 } });
    const { simulator, profile } = world;
    const hit = simulator.faults.add(
      { on: "storage", path: (path) => path.split("?")[0]?.endsWith(extension) ?? false, times: 1 },
      { mode: "corrupt" },
    );
    expect(await profile.engine.sync()).toMatchObject({ failed: 0, waiting: 0 });
    expect(hit.hits).toBe(1);
    // What can be promised: one file, whose record tells the truth about what is on the disk.
    const right = new Set([...simulator.reference()].map((file) => file.sha256()));
    const wrong = fileRows(profile).filter(({ sha256 }) => !right.has(sha256 ?? ""));
    expect(wrong).toHaveLength(1);
    for (const { path, sha256 } of wrong) {
      const bytes = await Deno.readFile(join(profile.root, path));
      expect(createHash("sha256").update(bytes).digest("hex")).toBe(sha256);
    }
    expect(await profile.engine.verify()).toMatchObject({ hash: 0, size: 0, missing: 0, extra: 0 });
  },
);
