import { expect, test } from "vitest";
import type { HostResponse } from "../../sdk/mod.ts";
import { collectLibrary } from "./collect_library.ts";
import { PAUSE_MS } from "./page_host.ts";

const ROWS = [
  row(1, "type:tribes-tier;owner:7;tribe:1;tier:2;yearmonth:202606", "TRIBE"),
  row(2, null, "PURCHASE"),
];

function row(n: number, release: string | null, source: string) {
  return { id: `object-${n}`, originalId: n, type: "object", name: `Model ${n}`, source, release };
}

function json(value: unknown): Partial<HostResponse> {
  return { headers: { "content-type": "application/json" }, body: JSON.stringify(value) };
}

const page = (body: string, status = 200, headers = {}): Partial<HostResponse> => ({
  status,
  headers: { "content-type": "text/html", ...headers },
  body,
});

/** Collects from a site of these answers, by path; others are not there. */
async function collect(answers: Readonly<Record<string, Partial<HostResponse>>>) {
  const asked: string[] = [];
  const told: number[] = [];
  const text = await collectLibrary({
    get(path) {
      asked.push(path);
      const answer = answers[path] ?? { status: 404, ...json({}) };
      return Promise.resolve({ status: 200, url: path, headers: {}, body: "", ...answer });
    },
    sleep: (ms) => Promise.resolve(void asked.push(`pause ${ms}`)),
    onRequest: (before) => void told.push(before),
  });
  return { asked, told, text };
}

const LIST = "/api/data-library/objectPreviews";

test("asks for the list once, then for the names that occur, with a pause before each", async () => {
  const { asked, told, text } = await collect({
    [LIST]: json(ROWS),
    "/api/data-library/tribes_metadata": json([{ id: "7", name: "Elders", source: "TRIBE" }]),
    "/api/data-library/tribe_releases_metadata/7": json([{ id: "x", label: "06/2026" }]),
  });
  expect(asked).toEqual([
    LIST,
    `pause ${PAUSE_MS}`,
    "/api/data-library/tribes_metadata",
    `pause ${PAUSE_MS}`,
    "/api/data-library/tribe_releases_metadata/7",
  ]);
  expect(told).toEqual([0, 1, 2]);
  const { log: { entries } } = JSON.parse(text);
  expect(entries[0]).toEqual({
    request: { method: "GET", url: `https://www.myminifactory.com${LIST}` },
    response: { status: 200, content: { text: JSON.stringify(ROWS) } },
  });
  expect(entries).toHaveLength(3);
});

test("hands over what the site says and nothing of the browser", async () => {
  const { text } = await collect({ [LIST]: json(ROWS) });
  expect(text).not.toMatch(/cookie|header|storage/i);
});

test.each([
  ["the sign-in page", page("<form><input type=password></form>"), "needsAuth"],
  ["a check for robots", page("<title>Just a moment...</title>", 403), "challenged"],
  ["a check by its header", page("", 403, { "cf-mitigated": "challenge" }), "challenged"],
  ["a refusal", page("<title>403 Forbidden</title>", 403), "throttled"],
  ["a limit", { status: 429 }, "throttled"],
  ["a text that breaks off", { ...json([]), body: "[{" }, "badResponse"],
])("stops at %s and asks nothing more", async (_, answer, code) => {
  await expect(collect({ [LIST]: answer })).rejects.toMatchObject({ code });
});

test("a limit among the names ends the asking, and the list goes over without them", async () => {
  const { asked, text } = await collect({
    [LIST]: json(ROWS),
    "/api/data-library/tribes_metadata": { status: 429 },
  });
  expect(asked.filter((path) => path.startsWith("/"))).toHaveLength(2);
  expect(JSON.parse(text).log.entries).toHaveLength(1);
});
