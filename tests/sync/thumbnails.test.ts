import { expect, test } from "vitest";
import { startSimulator } from "../../providers/mmf/simulator/mod.ts";
import { openTestProfile } from "../support/profile.ts";

test("pictures come from the site before the first download, from the library after it", async () => {
  const site = await startSimulator({ objects: 16 });
  await using profile = await openTestProfile(site);
  const { engine } = profile;
  await engine.sync({ fetch: false });
  const { rows } = engine.library.query({
    filter: {},
    sort: "title",
    descending: false,
    offset: 0,
    limit: 100,
  });
  const listed = rows.filter(({ thumbUrl }) => thumbUrl !== null);
  expect(listed.some(({ id }) => id.startsWith("mmf:bundle-"))).toBe(true);

  const before = site.requests.all().length;
  for (const { id } of listed) {
    const picture = await engine.thumbnails.get(id);
    expect(picture?.type).toBe("image/png");
    // Width in the header of a PNG.
    expect(new DataView(picture?.bytes.buffer ?? new ArrayBuffer(24)).getUint32(16)).toBe(230);
  }
  const requests = site.requests.all().slice(before);
  expect(requests).toHaveLength(listed.length);
  for (const { headers } of requests) expect(headers).not.toHaveProperty("cookie");

  // A look at the models brings the pictures that the list did not have.
  await engine.sync();
  await site.close();
  const model = rows.find(({ thumbUrl, id }) => thumbUrl === null && !id.includes("bundle"));
  const picture = await engine.thumbnails.get(model?.id ?? "");
  expect(new DataView(picture?.bytes.buffer ?? new ArrayBuffer(24)).getUint32(16)).toBe(320);
});
