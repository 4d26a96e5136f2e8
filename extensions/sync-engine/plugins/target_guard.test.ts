import { expect, test } from "vitest";
import { parseManifest } from "./manifest.ts";
import { guardTarget, isPublicAddress } from "./target_guard.ts";

const MANIFEST = parseManifest(`
id = "site"
name = "A site"
version = "1.0.0"
api_version = 1
entry = "provider.js"
hosts = ["www.example.com"]
`);

test.each([
  ["93.184.216.34", true],
  ["2606:2800:220:1::1", true],
  ["64:ff9b::5db8:d822", true],
  ["64:ff9b::7f00:1", false],
  ["64:ff9b::a00:1", false],
  ["127.0.0.1", false],
  ["127.9.9.9", false],
  ["0.0.0.0", false],
  ["10.1.2.3", false],
  ["172.16.0.1", false],
  ["192.168.1.1", false],
  ["169.254.169.254", false],
  ["100.64.0.1", false],
  ["224.0.0.1", false],
  ["255.255.255.255", false],
  ["::1", false],
  ["::", false],
  ["fe80::1", false],
  ["fd00::1", false],
  ["ff02::1", false],
  ["::ffff:127.0.0.1", false],
  ["::ffff:93.184.216.34", true],
  ["2002:7f00:1::", false],
  ["garbage", false],
])("isPublicAddress(%j) is %j", (address, expected) => {
  expect(isPublicAddress(address)).toBe(expected);
});

test("guardTarget() refuses a declared name that leads to any private address", async () => {
  const url = new URL("https://www.example.com/");
  const guard = (...addresses: string[]) =>
    guardTarget(MANIFEST, url, () => Promise.resolve(addresses));
  await expect(guard("93.184.216.34", "2606:2800:220:1::1")).resolves.toBeUndefined();
  await expect(guard("93.184.216.34", "127.0.0.1")).rejects.toMatchObject({
    kind: "permission",
    message: expect.stringContaining("leads to 127.0.0.1"),
  });
  await expect(guardTarget(MANIFEST, url, undefined)).resolves.toBeUndefined();
});

test.each(["https://other.example.com/", "http://www.example.com/", "https://127.0.0.1/"])(
  "guardTarget() refuses %j without looking it up",
  async (url) => {
    const resolve = () => Promise.reject(new Error("looked up"));
    await expect(guardTarget(MANIFEST, new URL(url), resolve)).rejects.toMatchObject({
      kind: "permission",
    });
  },
);
