import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import type { ReferenceFile } from "../mod.ts";
import { startClient } from "../testing/client.ts";

function line({ objectId, kind, name, size, sha256 }: ReferenceFile) {
  return JSON.stringify([objectId, kind, name, size, sha256()]);
}

test("The reference is what a patient client gets, by v2 or by downloadables where v2 is blind", async () => {
  await using client = await startClient({ objects: 70, oddities: true });
  const { session, reference, world } = client.simulator;
  const got: string[] = [];
  const save = async (objectId: number, kind: string, name: string, url: string) => {
    const link = kind === "image" ? url : (await client.get(url)).headers.get("location") ?? "";
    const answer = await client.get(link, {});
    expect(answer.status, `${url} ${link}`).toBe(200);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    got.push(JSON.stringify([objectId, kind, name, bytes.length, sha256]));
  };
  let nullSizes = 0;
  let relative = 0;
  for (const id of world.objectIds()) {
    const answer = await client.get(`/api/v2/objects/${id}`, { cookie: session });
    const object = await answer.json();
    if (answer.status === 200) {
      const { items } = await (await client.get(`/api/v2/objects/${id}/files?per_page=100`)).json();
      expect(object.files.total_count).toBe(items.length);
      for (const file of items) {
        if (file.download_url === null) continue;
        if (file.size === null) nullSizes++;
        if (file.download_url.startsWith("/")) relative++;
        await save(id, "model", file.filename, file.download_url);
      }
      for (const { original } of object.images) {
        const name = decodeURIComponent(new URL(original.url).pathname.split("/").at(-1) ?? "");
        await save(id, "image", name, original.url);
      }
      continue;
    }
    const { archives, parts } = await (await client.get(
      `/api/data-library/myObjects/object-${id}/downloadables`,
    )).json();
    for (const { id: archive, name } of archives) {
      const query = archive === null ? "" : `?archive_id=${archive}`;
      await save(id, "model", name, `/download/${id}${query}`);
    }
    for (const part of parts) {
      await save(id, "model", part.name, `/download/${id}?downloadfile=${part.id}`);
    }
  }
  const expected = [...reference()].map(line);
  expect(got.toSorted()).toEqual(expected.toSorted());
  expect(got.length).toBeGreaterThan(200);
  expect(nullSizes).toBeGreaterThan(0);
  expect(relative).toBeGreaterThan(0);
});

test("The reference is the same for the same seed, and another for another", async () => {
  const take = async (seed: number) => {
    await using client = await startClient({ seed, objects: 10 });
    return [...client.simulator.reference()].map(line);
  };
  const first = await take(3);
  expect(await take(3)).toEqual(first);
  expect(await take(4)).not.toEqual(first);
});
