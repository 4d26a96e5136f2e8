import { join } from "node:path";
import { expect, test } from "vitest";
import { createLog, type CreateLogOptions } from "./log.ts";
import { FakeClock } from "./testing/fake_clock.ts";

const clock = new FakeClock(Date.UTC(2026, 0, 1));

function temporaryLog() {
  const dir = Deno.makeTempDirSync();
  return {
    dir,
    open: (options: Partial<CreateLogOptions> = {}) =>
      createLog({ dir, clock, salt: "salt", ...options }),
    text: (name = "mmfsync.log") => Deno.readTextFileSync(join(dir, "logs", name)),
    names: () => [...Deno.readDirSync(join(dir, "logs"))].map((entry) => entry.name).sort(),
    [Symbol.dispose]: () => Deno.removeSync(dir, { recursive: true }),
  };
}

test("createLog() writes a JSON line for each entry, with the clock's time", async () => {
  using made = temporaryLog();
  const log = made.open();
  log.info("Sync started", { files: 3, title: "Red Dragon" });
  log.warn("Paused");
  await log.close();
  const lines = made.text().trimEnd().split("\n").map((line) => JSON.parse(line));
  expect(lines).toEqual([
    {
      "@timestamp": "2026-01-01T00:00:00.000Z",
      level: "INFO",
      message: "Sync started",
      logger: "mmfsync",
      fields: { files: 3, title: expect.stringMatching(/^[\da-f]{12}$/) },
    },
    {
      "@timestamp": "2026-01-01T00:00:00.000Z",
      level: expect.stringMatching(/^WARN/),
      message: "Paused",
      logger: "mmfsync",
      fields: {},
    },
  ]);
});

test("createLog() leaves out what is below its level", async () => {
  const messages = async (level?: CreateLogOptions["level"]) => {
    using made = temporaryLog();
    const log = made.open(level ? { level } : {});
    for (const one of ["debug", "info", "warn", "error"] as const) log[one](one);
    await log.close();
    return made.text().trimEnd().split("\n").map((line) => JSON.parse(line).message);
  };
  expect(await messages()).toEqual(["info", "warn", "error"]);
  expect(await messages("debug")).toEqual(["debug", "info", "warn", "error"]);
  expect(await messages("error")).toEqual(["error"]);
});

test("createLog() goes on in the file that is there", async () => {
  using made = temporaryLog();
  for (const message of ["first", "second"]) {
    const log = made.open();
    log.info(message);
    await log.close();
  }
  expect(made.text()).toMatch(/first.*\n.*second/);
});

test("createLog() keeps five files of its size at most", async () => {
  using made = temporaryLog();
  for (let i = 0; i < 9; i++) {
    const log = made.open({ maxSize: 1000 });
    log.info(`${i} ${"x".repeat(900)}`);
    await log.close();
  }
  expect(made.names()).toEqual([
    "mmfsync.log",
    "mmfsync.log.1",
    "mmfsync.log.2",
    "mmfsync.log.3",
    "mmfsync.log.4",
  ]);
  expect(made.text()).toContain('"8 x');
  expect(made.text("mmfsync.log.4")).toContain('"4 x');
});

test("createLog() lets no secret and no name into the file", async () => {
  using made = temporaryLog();
  const log = made.open({ level: "debug" });
  const secret = "s3cr3tVALUE";
  const name = "Zyglarth";
  for (
    const text of [
      `Authorization: Bearer ${secret}`,
      `authorization: Basic ${secret}`,
      `sent Bearer ${secret}`,
      `Cookie: PHPSESSID=${secret}; REMEMBERME=${secret}; cf_clearance=${secret}`,
      `Set-Cookie: PHPSESSID=${secret}; path=/`,
      `PHPSESSID=${secret}`,
      `https://dl4.example/${name}.zip?X-Amz-Signature=${secret}&X-Amz-Credential=${secret}`,
      `https://user:${secret}@a.example/`,
      `GET /api/v2/search?q=x&key=${secret}`,
      `{"access_token":"${secret}","refresh_token":"${secret}"}`,
      `grant_type=refresh_token&refresh_token=${secret}&client_secret=${secret}`,
      `http://localhost:9090/callback?code=${secret}&state=${secret}`,
      `http://localhost:9090/#access_token=${secret}`,
      `Cannot write "/home/${name}/${name}'s Dragon.zip": the disk is full`,
      `Cannot open "C:\\Models\\${name}.stl": denied`,
      `${name}@mail.example signed in`,
      `https://www.example/users/${name}/objects and https://www.example/object/3d-${name}-12`,
    ]
  ) {
    log.info(text);
    log.error("x", { reason: text, url: text, detail: text });
  }
  for (const key of ["title", "creator", "name", "path", "file", "asset", "account", "fileName"]) {
    log.warn("x", { [key]: name });
  }
  for (const key of ["token", "cookie", "password", "apiKey", "authorization", "clientSecret"]) {
    log.debug("x", { [key]: secret });
  }
  await log.close();
  const text = made.text();
  expect(text.trimEnd().split("\n")).toHaveLength(17 * 2 + 8 + 6);
  expect(text.split("\n").filter((line) => line.includes(secret))).toEqual([]);
  expect(text.split("\n").filter((line) => line.toLowerCase().includes("zyglarth"))).toEqual([]);
});

test("createLog() keeps an entry on one line, whatever is in it", async () => {
  using made = temporaryLog();
  const log = made.open();
  log.info('a\nb\r\n{"level":"ERROR"}\u2028', { reason: "c\nd" });
  await log.close();
  expect(made.text().trimEnd().split("\n")).toHaveLength(1);
  expect(JSON.parse(made.text()).fields.reason).toBe("c\nd");
});

test("createLog() does not take braces in a message for places to fill", async () => {
  using made = temporaryLog();
  const log = made.open();
  log.info("{title} {{x}}", { title: "Red Dragon" });
  await log.close();
  expect(JSON.parse(made.text()).message).toBe("{title} {{x}}");
});

test("createLog() does not let fields overwrite its own", async () => {
  using made = temporaryLog();
  const log = made.open();
  log.info("true message", { message: "false", level: "FALSE", "@timestamp": "false" });
  await log.close();
  expect(JSON.parse(made.text())).toMatchObject({
    "@timestamp": "2026-01-01T00:00:00.000Z",
    level: "INFO",
    message: "true message",
  });
});

test("createLog().close() may come twice, and nothing is written after it", async () => {
  using made = temporaryLog();
  const log = made.open();
  log.info("before");
  await log.close();
  log.info("after");
  await log.close();
  expect(made.text()).toContain("before");
  expect(made.text()).not.toContain("after");
});

test("createLog() tells when its folder cannot be made", async () => {
  using made = temporaryLog();
  await Deno.writeTextFile(join(made.dir, "logs"), "in the way");
  expect(() => made.open()).toThrow(expect.objectContaining({ kind: "permission" }));
});

test("createLog() prints the same cleaned line on the error output when asked to", async () => {
  using made = temporaryLog();
  const program = `
    import { createLog } from ${JSON.stringify(new URL("./log.ts", import.meta.url).href)};
    const log = createLog({ dir: Deno.args[0], clock: { now: () => 0 }, salt: "s", alsoStderr: true });
    log.info("key=s3cr3t", { title: "Zyglarth" });
    await log.close();`;
  const path = join(made.dir, "program.ts");
  await Deno.writeTextFile(path, program);
  const { stderr, success } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--quiet", "--no-config", "--node-modules-dir=manual", path, made.dir],
    cwd: import.meta.dirname ?? ".",
  }).output();
  expect(new TextDecoder().decode(stderr)).toBe(made.text());
  expect(success).toBe(true);
  expect(made.text()).toContain('"key=[redacted]"');
});
