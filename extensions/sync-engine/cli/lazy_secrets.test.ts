import { expect, test } from "vitest";
import { createMemorySecrets } from "../platform/secrets/memory.ts";
import { createLazySecrets } from "./lazy_secrets.ts";

test("createLazySecrets() opens at the first use, once", async () => {
  let opened = 0;
  const secrets = createLazySecrets(() => {
    opened++;
    return Promise.resolve(createMemorySecrets());
  });
  expect(opened).toBe(0);
  await Promise.all([secrets.set("mmf", "a", "1"), secrets.get("mmf", "a")]);
  expect(await secrets.get("mmf", "a")).toBe("1");
  await secrets.delete("mmf", "a");
  expect([await secrets.get("mmf", "a"), opened]).toEqual([null, 1]);
});

test("createLazySecrets() tries again after it could not be opened", async () => {
  let locked = true;
  const secrets = createLazySecrets(() =>
    locked ? Promise.reject(new Error("locked")) : Promise.resolve(createMemorySecrets())
  );
  await expect(secrets.get("mmf", "a")).rejects.toThrow("locked");
  locked = false;
  expect(await secrets.get("mmf", "a")).toBeNull();
});
