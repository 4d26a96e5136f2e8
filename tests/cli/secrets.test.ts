import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Simulator, startSimulator } from "../../providers/mmf/simulator/mod.ts";
import {
  HAS_KEYCHAIN,
  startInKeychain,
} from "../../extensions/sync-engine/platform/secrets/testing/keychain_session.ts";
import { freePort, Visitor } from "../support/visitor.ts";

const MAIN = "extensions/sync-engine/cli/main.ts";

let site: Simulator;
let home: string;
/** Command lines and environments of all programs that ran below a command. */
const seen: string[] = [];

beforeAll(async () => {
  home = await Deno.makeTempDir({ prefix: "mmfsync-secrets-" });
  site = await startSimulator({
    objects: 12,
    filesPerObject: 1,
    oddities: false,
    accessSeconds: 30,
    rotatesRefresh: true,
  });
});
afterAll(async () => {
  await site.close();
  await Deno.remove(home, { recursive: true });
});

/** Runs a command with the real keychain; `onLine` hears its events as they come. */
async function mmfsync(
  args: string,
  input = "",
  onLine: (event: Record<string, unknown>) => void = () => {},
): Promise<{ code: number; text: string }> {
  const child = await startInKeychain(home, ["run", "-A", MAIN, ...args.split(" "), "--json"], {
    env: {
      MMFSYNC_CONNECT_TO: JSON.stringify(site.connectTo),
      MMFSYNC_HOME: join(home, "profile"),
    },
  });
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(input));
  await writer.close();
  const errors = new Response(child.stderr).text();
  let text = "";
  let line = "";
  for await (const piece of child.stdout.pipeThrough(new TextDecoderStream())) {
    text += piece;
    line += piece;
    const lines = line.split("\n");
    line = lines.pop() ?? "";
    for (const one of lines) onLine(JSON.parse(one));
    watch();
  }
  const { code } = await child.status;
  return { code, text: text + await errors };
}

/** Remembers what anybody on this computer can see of running programs. */
function watch(): void {
  for (const { name } of Deno.readDirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const cwd = Deno.readLinkSync(`/proc/${name}/cwd`);
      if (cwd !== Deno.cwd() || Number(name) === Deno.pid) continue;
      seen.push(Deno.readTextFileSync(`/proc/${name}/cmdline`));
    } catch {
      // It has ended meanwhile.
    }
  }
}

/** Every byte below a folder, as text. */
function* filesBelow(folder: string): Generator<{ path: string; text: string }> {
  for (const { name, isDirectory, isFile } of Deno.readDirSync(folder)) {
    const path = join(folder, name);
    if (isDirectory) yield* filesBelow(path);
    if (isFile) yield { path, text: new TextDecoder("latin1").decode(Deno.readFileSync(path)) };
  }
}

test.skipIf(!HAS_KEYCHAIN)(
  "A sign-in through the browser and a whole sync leave no secret outside of the keychain",
  async () => {
    const port = freePort();
    site.auth.registerRedirect(`http://localhost:${port}/callback`);
    const outputs: string[] = [];
    const run = async (...given: Parameters<typeof mmfsync>) => {
      const { code, text } = await mmfsync(...given);
      outputs.push(text);
      expect([code, text]).toEqual([0, expect.any(String)]);
    };
    await run(`settings set sign-in-port ${port}`);
    const { app } = site.auth;
    const visits: Promise<string>[] = [];
    await run(
      `login mmf --scheme oauth --client-id ${app.id} --no-browser`,
      app.secret,
      (event) => {
        if (event["event"] === "signInAddress") {
          visits.push(new Visitor(site.connectTo).signIn(String(event["url"])));
        }
      },
    );
    expect(await Promise.all(visits)).toEqual([expect.stringContaining("You can close this tab")]);
    await run("login mmf", site.session);
    // Two models are enough: addresses of files are asked for at the real site's pace.
    await run("settings set new-wanted false");
    await run("sync --headless");
    const [one, other] = site.world.downloadableIds();
    await run(`want mmf:object-${one} mmf:object-${other}`);
    await run("sync --headless");
    await run("verify");
    // Tokens of half a minute are always about to end.
    expect(site.auth.renewals).toBeGreaterThan(0);

    const secrets = [app.secret, site.session.split("=")[1] ?? "", ...site.auth.issued];
    expect(secrets.length).toBeGreaterThanOrEqual(6);
    const files = [...filesBelow(home)];
    expect(files.some(({ path }) => path.endsWith("sync.db"))).toBe(true);
    expect(files.some(({ path }) => path.endsWith("datapackage.json"))).toBe(true);
    expect(files.some(({ path }) => path.endsWith(".keyring"))).toBe(true);
    expect(seen.some((line) => line.includes(MAIN))).toBe(true);
    const addresses = site.requests.all().map(({ path }) => path);
    for (const secret of secrets) {
      expect(files.filter(({ text }) => text.includes(secret)).map(({ path }) => path)).toEqual([]);
      expect(seen.filter((line) => line.includes(secret))).toEqual([]);
      expect(outputs.filter((text) => text.includes(secret))).toEqual([]);
      expect(addresses.filter((path) => path.includes(secret))).toEqual([]);
    }
  },
  120_000,
);
