import { expect, test } from "vitest";
import { startClient } from "../testing/client.ts";
import { settingsOf } from "../options.ts";
import { previewRows } from "./previews.ts";
import { SiteState } from "./world.ts";

function rowOf(state: SiteState, objectId: number) {
  const row = previewRows(state).rows.find((row) => row.includes(`"id":"object-${objectId}"`));
  return row === undefined ? null : JSON.parse(row);
}

function makeState(objects = 30) {
  const state = new SiteState(settingsOf({ objects, oddities: false }));
  const id = state.downloadableIds()[0];
  if (id === undefined) throw new Error("Nothing to download");
  return { state, id };
}

test("SiteState moves updatedAt of the row with each change that the site dates", () => {
  const changes: ((state: SiteState, id: number) => void)[] = [
    (state, id) => state.replaceArchive(id),
    (state, id) => state.addArchive(id),
    (state, id) => state.removeArchive(id),
    (state, id) => state.renameObject(id, "Another name"),
    (state, id) => state.changeImages(id),
    (state, id) => void state.renameFile(id),
  ];
  for (const change of changes) {
    const { state, id } = makeState();
    const before = rowOf(state, id);
    change(state, id);
    const once = rowOf(state, id);
    expect(Date.parse(once.updatedAt)).toBeGreaterThan(Date.parse(before.updatedAt));
    change(state, id);
    expect(Date.parse(rowOf(state, id).updatedAt)).toBeGreaterThan(Date.parse(once.updatedAt));
  }
});

test("SiteState leaves the row as it was when only the access changes", () => {
  const { state, id } = makeState();
  const before = rowOf(state, id);
  state.withdrawObject(id);
  expect(rowOf(state, id)).toEqual(before);
  state.lockObject(id);
  expect(rowOf(state, id)).toEqual(before);
  state.revokeObject(id);
  expect(rowOf(state, id)).toBeNull();
});

test("SiteState changes id, name, size and content of files as the change says", () => {
  const { state, id } = makeState();
  const files = () => (state.find(id)?.files ?? []).map((file) => ({ ...file }));
  const [before] = files();
  state.replaceArchive(id);
  const [replaced] = files();
  expect(replaced).toMatchObject({ id: before?.id, name: before?.name });
  expect(replaced?.size).not.toBe(before?.size);
  expect(replaced?.key).not.toBe(before?.key);

  const name = state.renameFile(id);
  expect(files()[0]).toMatchObject({ id: before?.id, name, key: replaced?.key });
  expect(name).toMatch(/ \(renamed\)\.\w+$/);

  const count = files().length;
  state.addArchive(id);
  expect(files()).toHaveLength(count + 1);
  state.removeArchive(id);
  expect(files()).toHaveLength(count);
});

test("SiteState keeps changes of objects that it has not looked at for long", () => {
  const { state, id } = makeState(10_000);
  state.renameObject(id, "Kept");
  for (const _ of state.listed());
  expect(state.find(id)?.title).toBe("Kept");
});

test("SiteState adds ordinary objects, and refuses to change what is not there", () => {
  const { state } = makeState();
  const id = state.addObject();
  expect(state.objectIds()).toContain(id);
  expect(state.downloadableIds()).toContain(id);
  expect(() => state.replaceArchive(5)).toThrow("Cannot change object 5: there is none");
});

test("SiteState lists an object later when the library lags", () => {
  const { state } = makeState();
  const id = state.addObject({ isListed: false });
  expect(rowOf(state, id)).toBeNull();
  expect(state.find(id)?.files.length).toBeGreaterThan(0);
  state.listObject(id);
  expect(rowOf(state, id)).not.toBeNull();
});

test("A withdrawn object is gone from v2 and can still be downloaded", async () => {
  await using client = await startClient();
  const { world } = client.simulator;
  const id = world.downloadableIds()[0] ?? 0;
  world.withdrawObject(id);
  expect((await client.get(`/api/v2/objects/${id}`)).status).toBe(404);
  const { url, bytes } = await client.lease(id);
  const answer = await client.get(url, {});
  expect((await answer.arrayBuffer()).byteLength).toBe(bytes.length);
  expect([...client.simulator.reference()].filter((file) => file.objectId === id)[0]?.kind)
    .toBe("model");
});

test("A deleted object is listed, and found nowhere", async () => {
  await using client = await startClient();
  const { world } = client.simulator;
  const id = world.downloadableIds()[0] ?? 0;
  world.deleteObject(id);
  expect(world.objectIds()).toContain(id);
  expect(world.downloadableIds()).not.toContain(id);
  for (
    const path of [
      `/api/v2/objects/${id}`,
      `/api/data-library/myObjects/object-${id}/downloadables`,
      `/download/${id}`,
    ]
  ) expect((await client.get(path)).status).toBe(404);
  expect([...client.simulator.reference()].some((file) => file.objectId === id)).toBe(false);
});

test("A locked object answers 403 on its files and is no part of the reference", async () => {
  await using client = await startClient();
  const { world } = client.simulator;
  const id = world.downloadableIds()[0] ?? 0;
  world.lockObject(id);
  expect((await client.get(`/api/data-library/myObjects/object-${id}/downloadables`)).status)
    .toBe(403);
  expect((await client.get(`/download/${id}?archive_id=1`)).status).toBe(403);
  const object = await client.json(`/api/v2/objects/${id}`);
  expect(object).toHaveProperty("files.items.0.download_url", null);
  expect(object).toHaveProperty("images", []);
  expect([...client.simulator.reference()].some((file) => file.objectId === id)).toBe(false);
});
