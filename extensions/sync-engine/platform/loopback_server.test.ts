import { expect, test } from "vitest";
import { listenOnLoopback } from "./loopback_server.ts";

/** A port that was free a moment ago. */
function freePort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  return port;
}

test("listenOnLoopback() answers where localhost leads, until it is closed", async () => {
  const port = freePort();
  const server = await listenOnLoopback(port, () => Promise.resolve(new Response("here")));
  expect(await (await fetch(`http://localhost:${port}/`)).text()).toBe("here");
  await server.close();
  await expect(fetch(`http://localhost:${port}/`)).rejects.toThrow();
});

test("listenOnLoopback() chooses a free port and says which", async () => {
  const server = await listenOnLoopback(0, () => Promise.resolve(new Response("here")));
  expect(await (await fetch(`http://127.0.0.1:${server.port}/`)).text()).toBe("here");
  await server.close();
});

test("listenOnLoopback() finishes an answer that is under way when it is closed", async () => {
  const port = freePort();
  const answer = Promise.withResolvers<Response>();
  const asked = Promise.withResolvers<void>();
  const server = await listenOnLoopback(port, () => {
    asked.resolve();
    return answer.promise;
  });
  const response = fetch(`http://localhost:${port}/`);
  await asked.promise;
  const closed = server.close();
  answer.resolve(new Response("the end"));
  expect(await (await response).text()).toBe("the end");
  await closed;
});

test("listenOnLoopback() says that another program uses the port", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  await expect(listenOnLoopback(port, () => Promise.resolve(new Response())))
    .rejects.toMatchObject({ kind: "badInput", message: expect.stringContaining(String(port)) });
});
