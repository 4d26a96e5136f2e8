import { expect, test } from "vitest";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("./main.ts", import.meta.url));

function start(...flags: string[]) {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", MAIN, "--objects", "20", ...flags],
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const input = child.stdin.getWriter();
  const output = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  return {
    child,
    input,
    async line() {
      while (!text.includes("\n")) text += (await output.read()).value ?? "\n";
      const end = text.indexOf("\n");
      const line = text.slice(0, end);
      text = text.slice(end + 1);
      return JSON.parse(line);
    },
    async end() {
      await output.cancel();
      return (await child.status).code;
    },
  };
}

test("main.ts serves, takes commands, logs requests and ends with its input", async () => {
  const folder = Deno.makeTempDirSync();
  try {
    const log = `${folder}/requests.ndjson`;
    const { input, line, end } = start("--log", log);
    const { connectTo, session } = await line();
    const url = `${connectTo["https://www.myminifactory.com"]}/api/v2/user`;
    const ask = async () => {
      const answer = await fetch(url, { headers: { cookie: session } });
      await answer.text();
      return answer.status;
    };
    const say = async (command: unknown) => {
      await input.write(new TextEncoder().encode(JSON.stringify(command) + "\n"));
      return await line();
    };
    expect(await ask()).toBe(200);
    expect(await say({ fault: { on: "www", mode: "serverError", times: 1 } })).toEqual({
      ok: null,
    });
    expect(await ask()).toBe(500);
    expect(await say({ world: ["addObject"] })).toEqual({ ok: 100_063 });
    expect(await say({ world: ["signIn", "session", false] })).toEqual({ ok: null });
    expect(await ask()).toBe(401);
    expect(await say({ fault: { on: "www", mode: "sulk" } })).toHaveProperty("error");
    await input.close();
    expect(await end()).toBe(0);
    const logged = Deno.readTextFileSync(log).trim().split("\n").map((row) => JSON.parse(row));
    expect(logged.map(({ status }) => status)).toEqual([200, 500, 401]);
    expect(logged[0]).toMatchObject({ path: "/api/v2/user", headers: { cookie: session } });
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

test("main.ts ends on SIGTERM", async () => {
  const { child, line, end } = start();
  await line();
  child.kill("SIGTERM");
  expect(await end()).toBe(0);
});
